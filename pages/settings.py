"""Settings: which keys are there, live or sandbox, where things are kept."""

from components.ui.settings.page import settings_page

settings_page()
