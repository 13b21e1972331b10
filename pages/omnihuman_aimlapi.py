"""OmniHuman through AI/ML API: make a portrait speak."""

from components.ui.create.page import model_page

model_page("aimlapi/omnihuman")
