"""Compare: several videos, one clock."""

from components.ui.compare_page import compare_page

compare_page()
