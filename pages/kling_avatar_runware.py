"""Kling Avatar 2.0 through Runware: make a portrait speak for minutes."""

from components.ui.create.page import model_page

model_page("runware/kling-avatar-2")
