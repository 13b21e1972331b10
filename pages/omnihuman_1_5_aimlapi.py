"""OmniHuman 1.5 through AI/ML API: make a portrait speak in full HD."""

from components.ui.create.page import model_page

model_page("aimlapi/omnihuman-1.5")
