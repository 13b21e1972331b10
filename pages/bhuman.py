"""BHuman: one video, many names."""

from components.ui.bhuman.page import bhuman_page

bhuman_page("bhuman/personalized-video")
