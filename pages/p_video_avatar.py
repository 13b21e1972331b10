"""P-Video Avatar through Runware: make a portrait speak, quickly."""

from components.ui.create.page import model_page

model_page("runware/p-video-avatar")
