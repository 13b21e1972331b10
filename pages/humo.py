"""HuMo: direct a person with voice and text."""

from components.ui.model_page import model_page

model_page("segmind/humo")
