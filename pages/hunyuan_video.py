"""Hunyuan Video: film a scene from words."""

from components.ui.create.page import model_page

model_page("segmind/hunyuan-video")
