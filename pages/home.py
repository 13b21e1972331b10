"""Home: what the studio does, in a line, and a card for each model."""

from components.ui.home.page import home

home()
