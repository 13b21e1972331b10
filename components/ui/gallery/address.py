"""Reads the gallery's filters and page out of an address, and writes them into one. Knows no widget.

Whatever stands in an address may be hostile: what is not known, or not in range, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import get_args
from zoneinfo import ZoneInfo

from components.catalog import MODELS
from components.library.records import LONGEST_TAG, Sort, Space, State, View

STATES: tuple[State, ...] = ("done", "running", "failed", "uncertain", "cancelled")
SORTS: tuple[Sort, ...] = get_args(Sort)
SPACES: tuple[Space, ...] = get_args(Space)
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
LONGEST_TEXT, MOST_TAGS = 200, 10
OUTPUT = "output"
"""The parameter that names one output, in place of the cards."""

PROVIDERS = {spec.provider: spec.provider_name for spec in MODELS.values()}
_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")

Values = Callable[[str], list[str]]
"""All values of a parameter of the address, by its name."""


@dataclass(frozen=True)
class Place:
    """Which cards, and which page of them, counted from 1."""

    view: View
    page: int = 1


def place(values: Values, zone: ZoneInfo | None = None, usual: Space = "mine") -> Place:
    """What an address asks for; its days are those of a zone, and the cards those of the usual space."""
    since, until = _day(values("from")), _day(values("to"))
    view = View(
        models=_known(values("model"), MODELS),
        providers=_known(values("provider"), PROVIDERS),
        states=_known(values("state"), STATES),
        rating=_number(values("rating"), 5) or 0,
        favourite="1" in values("favourite"),
        tags=_tags(values("tag")),
        since=since,
        until=until,
        # Without a day it filters nothing, and must not tell a view from the one that shows all.
        zone=zone if since or until else None,
        text=_text(values("text")),
        space=next((space for space in SPACES if space in values("space")), usual),
        sort=_sort(values("sort")),
        deleted="1" in values("deleted"),
    )
    return Place(view, _number(values("page"), 100_000) or 1)


def address(asked: Place, usual: Space = "mine") -> dict[str, str | list[str]]:
    """The parameters that lead back here; what is as usual is left out."""
    view = asked.view
    found: dict[str, str | list[str]] = {
        "text": view.text,
        "model": list(view.models),
        "provider": list(view.providers),
        "state": list(view.states),
        "rating": str(view.rating or ""),
        "favourite": "1" if view.favourite else "",
        "tag": list(view.tags),
        "from": view.since.isoformat() if view.since else "",
        "to": view.until.isoformat() if view.until else "",
        "space": "" if view.space == usual else view.space,
        "sort": "" if view.sort == "newest" else view.sort,
        "deleted": "1" if view.deleted else "",
        "page": "" if asked.page == 1 else str(asked.page),
    }
    return {name: value for name, value in found.items() if value}


def wanted_output(values: Values) -> str | None:
    """The one output that an address asks for."""
    named = next(iter(values(OUTPUT)), "")
    return named if _ID.fullmatch(named) else None


def filtered(view: View) -> bool:
    """Whether it leaves anything out, order aside, of those whose cards it shows."""
    return view.model_copy(update={"sort": "newest", "space": "mine"}) != View()


def _known(values: list[str], known: Iterable[str]) -> tuple[str, ...]:
    """In the order of what is known, so that one view has one address."""
    return tuple(one for one in known if one in values)


def _number(values: list[str], most: int) -> int | None:
    given = next(iter(values), "")
    return int(given) if re.fullmatch(r"[0-9]{1,6}", given) and 1 <= int(given) <= most else None


def _tags(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for one in values if (tag := one.strip()[:LONGEST_TAG])))[:MOST_TAGS]


def _day(values: list[str]) -> date | None:
    try:
        day = date.fromisoformat(next(iter(values), ""))
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _text(values: list[str]) -> str:
    given = next(iter(values), "")
    return "".join(letter if letter.isprintable() else " " for letter in given).strip()[:LONGEST_TEXT]


def _sort(values: list[str]) -> Sort:
    return next((sort for sort in SORTS if sort in values), "newest")
