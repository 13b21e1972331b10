"""Acme Scene."""

from components.ui.create.page import model_page

model_page("acme/scene")
