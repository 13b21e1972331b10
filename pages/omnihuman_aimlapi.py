"""OmniHuman through AI/ML API: make a portrait speak."""

from components.ui.model_page import model_page

model_page("aimlapi/omnihuman")
