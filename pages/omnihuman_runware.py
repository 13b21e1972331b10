"""OmniHuman-1 through Runware: make a portrait speak."""

from components.ui.create.page import model_page

model_page("runware/omnihuman-1")
