"""What the compare page's address says: which videos, in which order, with names or blind.

The player keeps its own part of the address (view, loop, offsets); see `components/ui/player`. All of it comes
from outside: what does not fit is left out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from components.studio.comparisons import MOST

T = TypeVar("T")
HIDDEN = "Name hidden"
"""The title of a video in a blind comparison; the player gives it a number."""
ID = re.compile(r"[A-Za-z0-9-]{1,40}")
BLIND_ORDERS = 1_000_000


@dataclass(frozen=True)
class Asked:
    """The page's own part of the address."""

    ids: tuple[str, ...]
    blind: bool = False
    order: int | None = None
    """The number that a shuffled order comes from; None keeps the order of `ids`."""


def read_address(query: Mapping[str, str]) -> Asked:
    """The videos asked for, at most nine, each once."""
    named = [one for one in query.get("v", "").split(",") if ID.fullmatch(one)]
    order = query.get("order", "")
    known = int(order) % BLIND_ORDERS if order.isascii() and order.isdigit() and len(order) < 9 else None
    return Asked(tuple(dict.fromkeys(named))[:MOST], query.get("blind") == "1", known)


def in_order(things: Sequence[T], order: int | None) -> list[T]:
    """The same shuffle for the same number, whoever opens the address."""
    shuffled = list(things)
    if order is not None:
        random.Random(order).shuffle(shuffled)  # noqa: S311 -- an order of play, not a secret
    return shuffled


def new_order(before: int | None, count: int) -> int:
    """Another number, one that gives another order than before."""
    known, places = in_order(range(count), before), range(count)
    others = (random.randrange(BLIND_ORDERS) for _ in range(100))  # noqa: S311 -- see above
    return next(number for number in others if in_order(places, number) != known)
