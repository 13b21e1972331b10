"""Compare: several videos, one clock."""

from components.ui.compare.page import compare_page

compare_page()
