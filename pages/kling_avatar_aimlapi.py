"""Kling Avatar through AI/ML API: make a portrait speak, standard or pro."""

from components.ui.create.page import model_page

model_page("aimlapi/kling-avatar")
