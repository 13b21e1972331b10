"""Queries on generations and their outputs; every change of state is a compare-and-set."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from components.errors import ErrorInfo, NotFound
from components.library.records import ENDED, Change, Generation, Output, State
from components.library.tables import generation, output, searched


class Generations:
    """Rows of `generation` and `output`. `owner=None` is the engine, which works for everyone."""

    def __init__(self, engine: sa.Engine, owner: str | None) -> None:
        self._engine, self._owner = engine, owner

    def insert(self, connection: sa.Connection, **values: Any) -> None:
        """Adds a queued generation within the caller's transaction, which also holds its job."""
        words, now = searched(values["parameters"].get("prompt")), time.time()
        row = {"owner": self._owner, "state": "queued", "created_at": now, "changed_at": now, "words": words}
        connection.execute(sa.insert(generation).values(**row | values))

    def get(self, generation_id: str) -> Generation:
        found = self._read(sa.select(generation).where(generation.c.id == generation_id))
        if not found:
            raise NotFound("There is no such generation.", "It may have been made with another data folder.")
        return found[0]

    def recent(self, model: str | None, limit: int, offset: int = 0) -> list[Generation]:
        """Newest first, of one model or of all; without what is in the bin."""
        query = sa.select(generation).where(generation.c.deleted_at.is_(None), _not_emptied())
        query = query.order_by(generation.c.created_at.desc()).limit(limit).offset(offset)
        return self._read(query.where(generation.c.model == model) if model else query)

    def under_way(self) -> list[Generation]:
        query = sa.select(generation).where(generation.c.state.not_in(ENDED))
        return self._read(query.order_by(generation.c.created_at))

    def move(self, generation_id: str, source: State | Sequence[State], target: State, **values: Any) -> bool:
        """Compare-and-set: moves the state only if it is a source; tells whether it did."""
        sources = [source] if isinstance(source, str) else list(source)
        if target in ENDED:
            values.setdefault("finished_at", time.time())
        change = (
            sa.update(generation)
            .where(generation.c.id == generation_id, generation.c.state.in_(sources), self._mine())
            .values(state=target, changed_at=time.time(), **values)
        )
        with self._engine.begin() as connection:
            return connection.execute(change).rowcount == 1

    def note(self, generation_id: str, error: ErrorInfo | None) -> None:
        """Keeps what hinders a generation at the moment; its state stays."""
        change = sa.update(generation).where(generation.c.id == generation_id, self._mine())
        with self._engine.begin() as connection:
            connection.execute(change.values(error=error.model_dump() if error else None, changed_at=time.time()))

    def count_try(self, generation_id: str, error: ErrorInfo) -> int:
        """Counts one more try that started nothing, keeps why, and returns how many there were.

        0 where it no longer waits, because it was cancelled meanwhile.
        """
        change = (
            sa.update(generation)
            .where(generation.c.id == generation_id, generation.c.state == "queued", self._mine())
            .values(tries=generation.c.tries + 1, error=error.model_dump(), changed_at=time.time())
            .returning(generation.c.tries)
        )
        with self._engine.begin() as connection:
            return int(connection.execute(change).scalar_one_or_none() or 0)

    def add_output(self, **values: Any) -> None:
        """Adds an output, or leaves the one that is there: saving may run again after a crash."""
        with self._engine.begin() as connection:
            there = sa.select(output.c.id).where(
                output.c.generation_id == values["generation_id"], output.c.position == values["position"]
            )
            if connection.execute(there).first() is not None:
                return
            now, facts = time.time(), values["facts"]
            told = {"seconds": float(facts.get("seconds") or 0), "words": searched(facts.get("label"))}
            connection.execute(sa.insert(output).values(created_at=now, **told, **values))
            whose = sa.update(generation).where(generation.c.id == values["generation_id"])
            connection.execute(whose.values(changed_at=now))

    def output(self, output_id: str) -> Output:
        query = sa.select(output).where(output.c.id == output_id)
        query = query.where(output.c.owner == self._owner) if self._owner else query
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such video.", "It may have been made with another data folder.")
        return Output.model_validate(row)

    def durations(self, model: str, *, sandbox: bool, limit: int = 50) -> list[float]:
        """Seconds from submission to saved video of the newest finished runs."""
        query = (
            sa.select(generation.c.finished_at - generation.c.submitted_at)
            .where(generation.c.model == model, generation.c.sandbox == sandbox, self._mine())
            .where(generation.c.state == "done", generation.c.submitted_at.is_not(None))
            .order_by(generation.c.created_at.desc())
            .limit(limit)
        )
        with self._engine.connect() as connection:
            return [float(seconds) for seconds in connection.execute(query).scalars()]

    def changes(self, since: float, limit: int = 500) -> list[Change]:
        """What changed at `since` (unix seconds) or later, oldest first."""
        columns = (generation.c.id, generation.c.model, generation.c.state, generation.c.changed_at)
        query = sa.select(*columns).where(generation.c.changed_at >= since, self._mine())
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(generation.c.changed_at).limit(limit))
            return [Change.model_validate(row) for row in rows]

    def _mine(self) -> sa.ColumnElement[bool]:
        return sa.true() if self._owner is None else generation.c.owner == self._owner

    def _read(self, query: sa.Select[Any]) -> list[Generation]:
        with self._engine.connect() as connection:
            rows = connection.execute(query.where(self._mine())).mappings().all()
            outputs = self._outputs(connection, [row["id"] for row in rows])
        return [Generation(**{**row, "outputs": outputs.get(row["id"], ())}) for row in rows]

    def _outputs(self, connection: sa.Connection, ids: Iterable[str]) -> dict[str, tuple[Output, ...]]:
        query = sa.select(output).where(output.c.generation_id.in_(list(ids))).order_by(output.c.position)
        if self._owner is not None:
            # A person has put these away; the engine must know that they are kept.
            query = query.where(output.c.deleted_at.is_(None))
        found: dict[str, tuple[Output, ...]] = {}
        for row in connection.execute(query):
            found[row.generation_id] = (*found.get(row.generation_id, ()), Output.model_validate(row))
        return found


def _not_emptied() -> sa.ColumnElement[bool]:
    """Whether there is something to show: not where all videos were put into the bin."""
    there = sa.exists().where(output.c.generation_id == generation.c.id, output.c.deleted_at.is_(None))
    return (generation.c.state != "done") | there
