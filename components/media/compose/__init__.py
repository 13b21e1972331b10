"""Composes two to four videos to ONE MP4 to send away: a grid, or a wipe from one to the other.

plan.py    what is wanted          places.py  where everything stands    labels.py    the words, drawn once
canvas.py  the picture's planes    scene.py   what is seen, and when    prefetch.py  decodes it side by side
sound.py   what is heard           film.py    the work itself            readers.py   opens the videos
single_scene.py  one video as it is, for a copy that every browser plays
"""

from components.media.compose.film import compose, playable_copy
from components.media.compose.plan import Cell, Layout, Plan

__all__ = ["Cell", "Layout", "Plan", "compose", "playable_copy"]
