"""HuMo: direct a person with voice and text."""

from components.ui.create.page import model_page

model_page("segmind/humo")
