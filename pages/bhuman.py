"""BHuman: one video, many names."""

from components.ui.bhuman_page import bhuman_page

bhuman_page()
