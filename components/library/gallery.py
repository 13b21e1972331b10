"""Queries on the gallery: what came back, by model, mark, date and words; and the marks themselves.

Videos in the bin stay on the disk until the studio empties it; see `claim`.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from datetime import time as clock
from typing import Any, Literal
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from pydantic import BaseModel, ConfigDict
from sqlalchemy.dialects import postgresql, sqlite

from components.catalog import MODELS
from components.errors import NotFound
from components.library.records import ENDED, Entry, Generation, Output
from components.library.tables import generation, output, tag

Sort = Literal["newest", "oldest", "rating", "longest", "cost"]
LONGEST_TAG, LONGEST_NOTE, MOST_TAGS = 40, 4000, 20
BIN_SECONDS = 7 * 86400.0
"""How long what was deleted can be had back."""


class View(BaseModel):
    """Which cards, in which order; the default is all that are not in the bin, newest first."""

    model_config = ConfigDict(frozen=True)

    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    """done, failed, uncertain, cancelled, and running for all that are under way."""
    rating: int = 0
    """At least so many stars."""
    favourite: bool = False
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    """Both days included."""
    zone: ZoneInfo | None = None
    """Where those days are counted; None is where the server stands."""
    text: str = ""
    """Words of the prompt, or of the name that a personalised video is for."""
    sort: Sort = "newest"
    deleted: bool = False
    """The bin."""


class Gallery:
    """One owner's cards and marks."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def entries(self, view: View, *, limit: int, offset: int = 0) -> list[Entry]:
        """A page of cards."""
        # First which, from the indexes alone; then those few rows whole.
        which = sa.select(generation.c.id, output.c.id.label("video")).select_from(_CARDS)
        which = which.where(*self._fitting(view)).order_by(*_ORDERS[view.sort]).limit(limit).offset(offset)
        with self._engine.connect() as connection:
            ids = [row.video or row.id for row in connection.execute(which)]
        return self._these(ids)

    def count(self, view: View) -> int:
        """How many cards fit."""
        query = sa.select(sa.func.count()).select_from(_CARDS).where(*self._fitting(view))
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
        return [entry for entry in self._these(ids) if entry.output]

    def tags(self) -> list[str]:
        """Every tag in use, in the order of the alphabet."""
        query = sa.select(tag.c.name).where(tag.c.owner == self._owner).distinct().order_by(tag.c.name)
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    # --- marks

    def favour(self, ids: Sequence[str], value: bool) -> None:
        self._mark(ids, favourite=value)

    def rate(self, ids: Sequence[str], value: int | None) -> None:
        """1 to 5 stars; None takes them away."""
        if value is not None and not 1 <= value <= 5:
            raise ValueError("a rating is 1 to 5")
        self._mark(ids, rating=value)

    def note(self, output_id: str, text: str) -> None:
        self._mark([output_id], note=text.replace("\0", "").strip()[:LONGEST_NOTE])

    def examined(self, output_id: str, facts: dict[str, Any]) -> None:
        """Keeps what was measured."""
        self._mark([output_id], examined=facts)

    def tag(self, ids: Sequence[str], name: str) -> int:
        """Adds a tag, and tells how many have MOST_TAGS others already and stay as they are."""
        name = " ".join(name.replace("\0", "").split())[:LONGEST_TAG].strip()
        if not name:
            return 0
        carried = sa.select(sa.func.count()).where(tag.c.output_id == output.c.id).scalar_subquery()
        has = sa.exists().where(tag.c.output_id == output.c.id, tag.c.name == name)
        mine = (output.c.id.in_(list(ids)), output.c.owner == self._owner)
        values = sa.select(output.c.id, sa.literal(name), output.c.owner).where(*mine, carried < MOST_TAGS)
        # Locked, so that one removed at this moment is left out; where another tab adds the same tag, it is there.
        locked = values.with_for_update(read=True, key_share=True)
        new = _INSERTS[self._engine.dialect.name](tag).from_select(["output_id", "name", "owner"], locked)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_nothing())
            return int(connection.execute(sa.select(sa.func.count(output.c.id)).where(*mine, ~has)).scalar_one())

    def untag(self, ids: Sequence[str], name: str) -> None:
        gone = sa.delete(tag).where(tag.c.output_id.in_(list(ids)), tag.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(gone.where(tag.c.name == name))

    # --- the bin

    def delete(self, ids: Sequence[str]) -> None:
        """Into the bin; what is under way stays, because it is paid for."""
        self._bin(ids, time.time())

    def restore(self, ids: Sequence[str]) -> None:
        """Out of the bin."""
        self._bin(ids, None)

    def claim(self, before: float) -> dict[str, list[str]]:
        """Videos that are to go for good: no page shows them, and nobody can have them back.

        They are those that went into the bin before a moment, and those claimed but not forgotten yet.
        One of a generation that is still under way stays: the engine must know that it is home.

        Returns:
            the keys of their files, by id.
        """
        ended = sa.select(generation.c.id).where(generation.c.state.in_(ENDED))
        old = sa.update(output).where(output.c.owner == self._owner, output.c.generation_id.in_(ended))
        claimed = sa.select(output.c.id, output.c.key, output.c.poster_key)
        claimed = claimed.where(output.c.owner == self._owner, output.c.deleted_at < 0)
        with self._engine.begin() as connection:
            connection.execute(old.where(output.c.deleted_at.between(0, before)).values(deleted_at=-time.time()))
            rows = connection.execute(claimed).all()
        return {row.id: [key for key in (row.key, row.poster_key) if key] for row in rows}

    def forget(self, output_id: str, before: float) -> None:
        """Takes away the row of a video that was claimed before a moment, once its files are gone."""
        gone = sa.delete(output).where(output.c.id == output_id, output.c.owner == self._owner)
        gone = gone.where(output.c.deleted_at.between(-before, 0))
        with self._engine.begin() as connection:
            whose = connection.execute(gone.returning(output.c.generation_id)).scalars().all()
            # With its last video a failed generation is forgotten too; else its card would come back.
            bare = ~sa.exists().where(output.c.generation_id == generation.c.id)
            last = sa.update(generation).where(generation.c.id.in_(whose), bare)
            connection.execute(last.values(deleted_at=0.0))

    def _bin(self, ids: Sequence[str], moment: float | None) -> None:
        wanted = list(ids)
        videos = sa.update(output).where(output.c.id.in_(wanted), output.c.owner == self._owner)
        others = sa.update(generation).where(generation.c.id.in_(wanted), generation.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(videos.where(_here(output)).values(deleted_at=moment))
            ended = others.where(_here(generation), generation.c.state.in_(ENDED))
            connection.execute(ended.values(deleted_at=moment))

    def _mark(self, ids: Sequence[str], **values: Any) -> None:
        change = sa.update(output).where(output.c.id.in_(list(ids)), output.c.owner == self._owner)
        with self._engine.begin() as connection:
            connection.execute(change.values(**values))

    # --- reading

    def _fitting(self, view: View) -> Iterable[sa.ColumnElement[bool]]:
        yield generation.c.owner == self._owner
        yield _in_the_bin() if view.deleted else _shown()
        yield from _of_models(view)
        yield from _asked(view)
        if view.rating:
            yield output.c.rating >= view.rating
        if view.favourite:
            yield output.c.favourite
        for name in view.tags:
            yield output.c.id.in_(sa.select(tag.c.output_id).where(tag.c.owner == self._owner, tag.c.name == name))

    def _these(self, ids: Sequence[str]) -> list[Entry]:
        """Cards by the id of their video, or of their generation where there is none; in this order."""
        # Whose they are is told here: asked in the query, it would read every row that the owner has.
        videos = sa.select(*_COLUMNS).select_from(output.join(generation))
        videos = videos.where(output.c.id.in_(list(ids)), _here(output))
        others = sa.select(*_COLUMNS[: len(generation.c)]).where(generation.c.id.in_(list(ids)))
        with self._engine.connect() as connection:
            rows = [row for query in (videos, others) for row in connection.execute(query).mappings()]
            tags = self._tags(connection, [row["output_id"] for row in rows if "output_id" in row])
        entries = [_entry(row, tags) for row in rows]
        by_id = {entry.id: entry for entry in entries if entry.generation.owner == self._owner}
        return [by_id[one] for one in dict.fromkeys(ids) if one in by_id]

    @staticmethod
    def _tags(connection: sa.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        query = sa.select(tag.c.output_id, tag.c.name).where(tag.c.output_id.in_(ids)).order_by(tag.c.name)
        found: dict[str, tuple[str, ...]] = {}
        for output_id, name in connection.execute(query) if ids else ():
            found[output_id] = (*found.get(output_id, ()), name)
        return found


_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_CARDS = generation.outerjoin(output, output.c.generation_id == generation.c.id)
_COLUMNS = [
    *(column.label(f"generation_{column.name}") for column in generation.c),
    *(column.label(f"output_{column.name}") for column in output.c),
]
_NEWEST = (generation.c.created_at.desc(), generation.c.id, output.c.position)
_ORDERS: dict[Sort, tuple[sa.ColumnElement[Any], ...]] = {
    "newest": _NEWEST,
    "oldest": (generation.c.created_at, generation.c.id, output.c.position),
    "rating": (sa.func.coalesce(output.c.rating, 0).desc(), *_NEWEST),
    "longest": (sa.func.coalesce(output.c.seconds, 0).desc(), *_NEWEST),
    "cost": (sa.func.coalesce(generation.c.cost_micros, 0).desc(), *_NEWEST),
}


def _here(table: sa.Table) -> sa.ColumnElement[bool]:
    """Shown or in the bin. What is to go for good has minus the moment of its claim; what went with it, 0."""
    return table.c.deleted_at.is_(None) | (table.c.deleted_at > 0)


def _shown() -> sa.ColumnElement[bool]:
    """A video that is not in the bin, or a generation that has none and tells why."""
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
