"""The frame around every page, and what several pages share."""
