"""Reads the gallery: cards of what came back, by model, mark, date and words. Changes nothing."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from components.catalog import MODELS
from components.errors import NotFound
from components.library.bin import BIN_SECONDS, here
from components.library.records import ENDED, Entry, Generation, Output, Sort, View
from components.library.sight import Sight
from components.library.tables import generation, output, tag

UNMARKED: dict[str, Any] = {"favourite": False, "rating": None, "note": "", "tags": ()}


class GalleryQueries:
    """One person's cards, and those that others let them see."""

    def __init__(self, engine: sa.Engine, sight: Sight) -> None:
        self._engine, self._owner, self._sight = engine, sight.owner, sight

    def entries(self, view: View, *, limit: int, offset: int = 0) -> list[Entry]:
        """A page of cards."""
        # First which, from the indexes alone; then those few rows whole.
        which = sa.select(generation.c.id, output.c.id.label("video")).select_from(_CARDS)
        which = which.where(*self._matching(view)).order_by(*_ORDERS[view.sort]).limit(limit).offset(offset)
        with self._engine.connect() as connection:
            ids = [row.video or row.id for row in connection.execute(which)]
        return self._entries(ids)

    def count(self, view: View) -> int:
        """How many cards fit."""
        query = sa.select(sa.func.count()).select_from(_CARDS).where(*self._matching(view))
        with self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def entry(self, output_id: str) -> Entry:
        """One video, in the bin or not.

        Raises:
            NotFound: no such video.
        """
        found = self.some([output_id])
        if not found:
            raise NotFound("There is no such video.", "It may have been made with another data folder.")
        return found[0]

    def some(self, ids: Sequence[str]) -> list[Entry]:
        """Videos in the order of `ids`; unknown ones are left out."""
        return [entry for entry in self._entries(ids) if entry.output]

    def tags(self) -> list[str]:
        """Every tag in use, in the order of the alphabet."""
        query = sa.select(tag.c.name).where(tag.c.owner == self._owner).distinct().order_by(tag.c.name)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def _matching(self, view: View) -> Iterable[sa.ColumnElement[bool]]:
        yield self._of_space(view)
        yield _in_the_bin() if view.deleted else _shown()
        yield from _of_models(view)
        yield from _asked(view)
        if view.rating:
            yield output.c.rating >= view.rating
        if view.favourite:
            yield output.c.favourite
        for name in view.tags:
            yield output.c.id.in_(sa.select(tag.c.output_id).where(tag.c.owner == self._owner, tag.c.name == name))

    def _of_space(self, view: View) -> sa.ColumnElement[bool]:
        """The bin is not shared, and everybody's cards are for those who see them."""
        if view.space == "team" and not view.deleted:
            return generation.c.shared
        if view.space == "all" and self._sight.sees_all():
            return sa.true()
        return generation.c.owner == self._owner

    def _entries(self, ids: Sequence[str]) -> list[Entry]:
        """Cards by the id of their video, or of their generation where there is none; in this order."""
        # Whose they are is looked at here: asked in the query, it would read every row that the owner has.
        videos = sa.select(*_COLUMNS).select_from(output.join(generation))
        videos = videos.where(output.c.id.in_(list(ids)), here(output))
        others = sa.select(*_COLUMNS[: len(generation.c)]).where(generation.c.id.in_(list(ids)))
        with self._engine.connect() as connection:
            rows = [row for query in (videos, others) for row in connection.execute(query).mappings()]
            tags = self._tags(connection, [row["output_id"] for row in rows if "output_id" in row])
        entries = [self._seen(_entry(row, tags)) for row in rows]
        by_id = {entry.id: entry for entry in entries if self._sight.admits(entry.generation, entry.output)}
        return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]

    def _seen(self, entry: Entry) -> Entry:
        """What somebody noted of their video is theirs alone."""
        if entry.output is None or entry.generation.owner == self._owner:
            return entry
        return entry.model_copy(update={"output": entry.output.model_copy(update=UNMARKED)})

    @staticmethod
    def _tags(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        query = sa.select(tag.c.output_id, tag.c.name).where(tag.c.output_id.in_(ids)).order_by(tag.c.name)
        found: dict[str, tuple[str, ...]] = {}
        for output_id, name in connection.execute(query) if ids else ():
            found[output_id] = (*found.get(output_id, ()), name)
        return found


_CARDS = generation.outerjoin(output, output.c.generation_id == generation.c.id)
_COLUMNS = [
    *(column.label(f"generation_{column.name}") for column in generation.c),
    *(column.label(f"output_{column.name}") for column in output.c),
]
_NEWEST = (generation.c.created_at.desc(), generation.c.id, output.c.position)
_PAID = sa.case((generation.c.sandbox, 0), else_=sa.func.coalesce(generation.c.cost_micros, 0))
"""What the sandbox would have cost is no cost."""
_ORDERS: dict[Sort, tuple[sa.ColumnElement[Any], ...]] = {
    "newest": _NEWEST,
    "oldest": (generation.c.created_at, generation.c.id, output.c.position),
    "rating": (sa.func.coalesce(output.c.rating, 0).desc(), *_NEWEST),
    "longest": (sa.func.coalesce(output.c.seconds, 0).desc(), *_NEWEST),
    "cost": (_PAID.desc(), *_NEWEST),
}


def _shown() -> sa.ColumnElement[bool]:
    """A video that is not in the bin, or a generation that has none and says why."""
    without = output.c.generation_id.is_(None) & (generation.c.state != "done") & generation.c.deleted_at.is_(None)
    return (output.c.generation_id.is_not(None) & output.c.deleted_at.is_(None)) | without


def _in_the_bin() -> sa.ColumnElement[bool]:
    without = output.c.generation_id.is_(None) & (generation.c.deleted_at > time.time() - BIN_SECONDS)
    return (output.c.deleted_at > 0) | without


def _in_states(states: Sequence[str]) -> sa.ColumnElement[bool]:
    named = generation.c.state.in_([state for state in states if state in ENDED])
    return named | generation.c.state.not_in(ENDED) if "running" in states else named


def _of_models(view: View) -> Iterable[sa.ColumnElement[bool]]:
    if view.models:
        yield generation.c.model.in_(view.models)
    if view.providers:
        theirs = [name for name, spec in MODELS.items() if spec.provider in view.providers]
        yield generation.c.model.in_(theirs)


def _asked(view: View) -> Iterable[sa.ColumnElement[bool]]:
    """By what was asked for, when, and what became of it."""
    if view.states:
        yield _in_states(view.states)
    if view.since:
        yield generation.c.created_at >= _midnight(view.since, view.zone)
    if view.until:
        yield generation.c.created_at < _midnight(view.until + timedelta(days=1), view.zone)
    if view.text.strip():
        words = view.text.strip().casefold()
        yield generation.c.words.contains(words, autoescape=True) | output.c.words.contains(words, autoescape=True)


def _midnight(day: date, zone: ZoneInfo | None) -> float:
    return datetime.combine(day, clock.min, zone).timestamp()


def _entry(row: Any, tags: dict[str, tuple[str, ...]]) -> Entry:
    request = Generation.model_validate({c.name: row[f"generation_{c.name}"] for c in generation.c})
    if "output_id" not in row:
        return Entry(generation=request, output=None)
    values = {c.name: row[f"output_{c.name}"] for c in output.c}
    return Entry(generation=request, output=Output.model_validate(values | {"tags": tags.get(values["id"], ())}))
