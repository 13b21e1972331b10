"""OmniHuman-1.5 through Runware: make a portrait speak, and direct it."""

from components.ui.create.page import model_page

model_page("runware/omnihuman-1.5")
