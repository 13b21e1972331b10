"""InfiniteTalk through Segmind: make a picture speak."""

from components.ui.create.page import model_page

model_page("segmind/infinite-talk")
