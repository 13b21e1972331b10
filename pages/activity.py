"""Activity: what is under way, what needs you, what ended lately, what it cost."""

from components.ui.activity.page import activity_page

activity_page()
