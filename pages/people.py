"""People: who comes in and as what, and what was done in the studio. For its admins."""

from components.ui.people.page import people_page

people_page()
