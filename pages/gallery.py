"""Gallery: all outputs of all models, or the one that the address names."""

from components.ui.gallery.page import gallery_page

gallery_page()
