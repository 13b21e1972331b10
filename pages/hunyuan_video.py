"""Hunyuan Video: film a scene from words."""

from components.ui.model_page import model_page

model_page("segmind/hunyuan-video")
