"""Keeps where each person is told of what has ended, and what they are still to be told. Sends nothing.

    a generation ends --same transaction--> due --claim--> told, or lost with the process that had claimed it

A row of `notice` is one end of one generation, so nobody is told of it twice, whichever process sends.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import sqlalchemy as sa

from components.library.clock import moment, now
from components.library.database import INSERTS
from components.library.records import NoticeAddress, NoticeEvent, NoticeTrouble
from components.library.tables import generation, notice, notice_address, output

EVENTS: tuple[NoticeEvent, ...] = get_args(NoticeEvent)
TOLD_OF = frozenset({"done", "failed", "uncertain"})
"""States of which somebody may want to be told."""
COLLECT, APART = 20.0, 60.0
"""Seconds for which what ends is collected into one notice, and between two to the same person at the least."""
CEILINGS_APART = 3600.0
LATE, REMEMBERED = 86400.0, 30 * 86400.0
"""Seconds after which nobody is told any more, and for which it is known who was told of what."""
TESTS_APART = 10.0


@dataclass(frozen=True)
class Kept:
    """An owner's address as it lies in its row."""

    sealed: str
    shown: NoticeAddress


class NoticeAddresses:
    """One owner's row of `notice_address`."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def get(self) -> Kept | None:
        """None where they are told of nothing."""
        query = sa.select(notice_address).where(self._mine())
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _kept(row)

    def save(self, kind: str, sealed: str, events: Collection[NoticeEvent], words: bool) -> None:
        """In the place of the one before."""
        known = {"kind": kind, "sealed": sealed, "saved_at": moment(self._engine), **_wishes(events, words)}
        anew = known | dict.fromkeys(("told_at", "failed_at", "trouble"))
        new = INSERTS[self._engine.dialect.name](notice_address).values(owner=self._owner, **anew)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["owner"], set_=anew))

    def change(self, events: Collection[NoticeEvent], words: bool) -> None:
        """What is told, and how much of it; the address stays."""
        self._update(_wishes(events, words))

    def remove(self) -> None:
        """They are told of nothing more, of what waits neither."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(notice_address).where(self._mine()))
            connection.execute(_dropped(self._owner))

    def may_test(self) -> bool:
        """Whether a test may leave now; from here on the next one has to wait."""
        at = now(self._engine)
        free = notice_address.c.tested_at.is_(None) | (notice_address.c.tested_at <= at - TESTS_APART)
        return self._update({"tested_at": at}, free)

    def delivered(self) -> None:
        self._update({"told_at": moment(self._engine), "failed_at": None, "trouble": None})

    def not_delivered(self, trouble: NoticeTrouble) -> None:
        self._update({"failed_at": moment(self._engine), "trouble": trouble})

    def _update(self, values: dict[str, Any], *where: sa.ColumnElement[bool]) -> bool:
        with self._engine.begin() as connection:
            change = sa.update(notice_address).where(self._mine(), *where)
            return connection.execute(change.values(values)).rowcount == 1

    def _mine(self) -> sa.ColumnElement[bool]:
        return notice_address.c.owner == self._owner


@dataclass(frozen=True)
class Ended:
    """A generation of which somebody is told."""

    event: NoticeEvent
    model: str = ""
    parameters: dict[str, Any] | None = None
    outputs: tuple[str, ...] = ()
    """Ids of its videos."""


class Outbox:
    """Rows of `notice` that wait, whoever's they are."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def due(self) -> list[str]:
        """The owners for whom enough was collected."""
        with self._engine.connect() as connection:
            return list(connection.execute(self._due()).scalars())

    def claim(self, owner: str) -> list[Ended]:
        """All that this owner is to be told now; nobody else tells it. Nothing where another was quicker."""
        with self._engine.begin() as connection:
            # Two processes come here one after the other: an UPDATE locks in both databases.
            alone = sa.update(notice_address).where(notice_address.c.owner == owner)
            connection.execute(alone.values(owner=owner))
            if connection.execute(self._due().where(notice.c.owner == owner)).first() is None:
                return []
            mine = sa.update(notice).where(notice.c.owner == owner, notice.c.claimed_at.is_(None))
            claimed = mine.values(claimed_at=moment(self._engine)).returning(*notice.c)
            rows = sorted(connection.execute(claimed), key=lambda row: row.at)
            return list(_ended(connection, rows))

    def drop(self, owner: str) -> None:
        """They are told of nothing that waits."""
        with self._engine.begin() as connection:
            connection.execute(_dropped(owner))

    def forget_old(self) -> int:
        """Removes what is too late to be told, and what was told long ago; how many these were."""
        at = now(self._engine)
        late = notice.c.claimed_at.is_(None) & (notice.c.at < at - LATE)
        with self._engine.begin() as connection:
            return connection.execute(sa.delete(notice).where(late | (notice.c.at < at - REMEMBERED))).rowcount

    def _due(self) -> sa.Select[Any]:
        at, before = now(self._engine), notice.alias("before")
        lately = sa.exists().where(before.c.owner == notice.c.owner, before.c.claimed_at > at - APART)
        waiting = sa.select(notice.c.owner).where(notice.c.claimed_at.is_(None), ~lately)
        return waiting.group_by(notice.c.owner).having(sa.func.min(notice.c.at) <= at - COLLECT)


def note_end(
    connection: sa.Connection, generation_id: str, event: str, at: sa.ColumnElement[float] | float
) -> None:
    """Notes an end, for its owner if they want to know of it, within the transaction that brought it about."""
    its = generation.c
    wanted = sa.select(its.id, sa.literal(event), its.owner, sa.literal(at) if isinstance(at, float) else at)
    wanted = wanted.join(notice_address, notice_address.c.owner == its.owner)
    wanted = wanted.where(its.id == generation_id, its.deleted_at.is_(None), notice_address.c[f"on_{event}"])
    new = INSERTS[connection.dialect.name](notice).from_select(["about", "event", "owner", "at"], wanted)
    connection.execute(new.on_conflict_do_nothing())


def note_ceiling(engine: sa.Engine, owner: str) -> None:
    """Notes that a ceiling stopped one of theirs, if they want to know, at most once an hour."""
    its, at = notice_address.c, now(engine)
    free = its.ceiling_at.is_(None) | (its.ceiling_at <= at - CEILINGS_APART)
    change = sa.update(notice_address).where(its.owner == owner, its.on_ceiling, free)
    with engine.begin() as connection:
        if connection.execute(change.values(ceiling_at=at)).rowcount:
            row = {"about": uuid.uuid4().hex, "event": "ceiling", "owner": owner, "at": at}
            connection.execute(sa.insert(notice).values(row))


def _ended(connection: sa.Connection, claimed: Sequence[sa.Row[Any]]) -> Iterable[Ended]:
    """What was claimed, with what a notice says of it; of a generation that ended twice meanwhile the last end."""
    its, events = generation.c, {row.about: row.event for row in claimed if row.event != "ceiling"}
    yield from [Ended("ceiling") for row in claimed if row.event == "ceiling"][:1]
    videos: dict[str, list[str]] = {}
    shown = sa.select(output.c.generation_id, output.c.id).order_by(output.c.position)
    shown = shown.where(output.c.generation_id.in_(events), output.c.deleted_at.is_(None))
    for generation_id, output_id in connection.execute(shown):
        videos.setdefault(generation_id, []).append(output_id)
    made = sa.select(its.id, its.model, its.parameters).where(its.id.in_(events)).order_by(its.created_at)
    for generation_id, model, parameters in connection.execute(made):
        yield Ended(events[generation_id], model, parameters, tuple(videos.get(generation_id, ())))


def _dropped(owner: str) -> sa.Delete:
    return sa.delete(notice).where(notice.c.claimed_at.is_(None), notice.c.owner == owner)


def _wishes(events: Collection[NoticeEvent], words: bool) -> dict[str, Any]:
    return {f"on_{event}": event in events for event in EVENTS} | {"words": words}


def _kept(row: sa.Row[Any]) -> Kept:
    found = row._mapping
    events = tuple(event for event in EVENTS if found[f"on_{event}"])
    names = ("kind", "words", "told_at", "failed_at", "trouble")
    return Kept(found["sealed"], NoticeAddress(events=events, **{name: found[name] for name in names}))
