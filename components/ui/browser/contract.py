"""What Python and the browser's side must agree on: limits, names and choices that both of them read.

`docs/generate.py` writes it into `shared/constants.js`; nothing here is repeated by hand on the other side.
"""

from __future__ import annotations

BELL_ITEMS = 10
"""Pieces of finished work in the bell's list."""
MOST_STARS = 5
SHIFT_LIMIT = 60.0
"""Seconds by which one video of a comparison may be shifted against the others."""
SPEEDS = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
VIEWS = {
    "grid": ("Grid", "Grid"),
    "pair": ("Side by side", "Two"),
    "wipe": ("Wipe", "Wipe"),
    "diff": ("Difference", "Diff"),
    "large": ("One large", "Large"),
}
"""The views of a comparison by their name in the address: as they are called, and in short for a narrow page."""
ADDRESS_PARAMETERS = ("view", "pair", "wipe", "at", "loop", "speed", "sound", "follow", "shift", "large")
"""Parameters of the page's address that belong to a comparison, written as `address.js` says. Hostile."""

COMPARISON_STATE = "state"
"""Value of the player: the comparison's parameters as one query."""
MARKS, OPEN, TURN = "marks", "open", "turn"
"""Values of the gallery's cards: what was marked, which poster was pressed, which page was asked for."""
CHANGED, PUSHED = "changed", "pushed"
"""Values of a page that watches: something on it changed; whether it hears of changes by itself."""
RENEW = "renew"
"""Value of the bell: it needs a fresh pass or a fresh run. `OPEN` is the other one: where to go."""
