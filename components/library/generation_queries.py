"""Reads generations and their outputs, within one owner. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, get_args

import sqlalchemy as sa

from components.errors import NotFound
from components.library.clock import now
from components.library.records import ENDED, MAYBE_CHARGED, Change, Generation, Output, State
from components.library.tables import generation, output

UNDER_WAY: tuple[State, ...] = tuple(state for state in get_args(State) if state not in ENDED)
"""The states that the engine still moves. Named one by one, because an index answers no NOT IN."""


class GenerationQueries:
    """What can be asked of `generation` and `output`. `owner=None` is the engine, which works for everyone."""

    def __init__(self, engine: sa.Engine, owner: str | None) -> None:
        self._engine, self._owner = engine, owner

    def get(self, generation_id: str) -> Generation:
        found = self._read(sa.select(generation).where(generation.c.id == generation_id, self._mine()))
        if not found:
            raise NotFound("There is no such generation.", "It may have been made with another data folder.")
        return found[0]

    def recent(
        self, model: str | None = None, *, limit: int = 20, offset: int = 0, first_output: bool = False
    ) -> list[Generation]:
        """Newest first, of one model or of all; without what is in the bin.

        With `first_output` each has at most its first output: a table of people brings thousands.
        """
        query = sa.select(generation).where(self._mine(), *_kept()).order_by(generation.c.created_at.desc())
        query = query.where(generation.c.model == model) if model else query
        return self._read(query.limit(limit).offset(offset), first_output=first_output)

    def ended(self, states: Iterable[State], limit: int, since: float = 0.0) -> list[Generation]:
        """Those that ended so at `since` (unix seconds) or later, the last first; each with its first output."""
        query = sa.select(generation).where(generation.c.state.in_(list(states)), self._mine(), *_kept())
        query = query.where(generation.c.changed_at >= since).order_by(generation.c.changed_at.desc())
        return self._read(query.limit(limit), first_output=True)

    def under_way(self, *, first_output: bool = False) -> list[Generation]:
        query = sa.select(generation).where(*self._is_under_way()).order_by(generation.c.created_at)
        return self._read(query, first_output=first_output)

    def any_under_way(self) -> bool:
        query = sa.select(generation.c.id).where(*self._is_under_way()).limit(1)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

    def output(self, output_id: str) -> Output:
        query = sa.select(output).where(output.c.id == output_id, self._my_outputs())
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("There is no such video.", "It may have been made with another data folder.")
        return Output.model_validate(row)

    def doubtful(self) -> list[Generation]:
        """All that a person has to settle, the last first; each with its first output."""
        code = sa.func.coalesce(generation.c.error["code"].as_string(), "")
        failed = (generation.c.state == "failed") & code.in_(MAYBE_CHARGED)
        query = sa.select(generation).where(
            self._mine(),
            generation.c.settled_at.is_(None),
            generation.c.deleted_at.is_(None),
            generation.c.state.in_(("uncertain", "failed")),
            (generation.c.state == "uncertain") | failed,
        )
        return self._read(query.order_by(generation.c.changed_at.desc()), first_output=True)

    def followed(self, generation_id: str, since: float) -> bool:
        """Whether one that was sent in its place is under way, or was sent at `since` (unix seconds) or later."""
        open_yet = generation.c.state.in_(UNDER_WAY) | (generation.c.created_at >= since)
        query = sa.select(generation.c.id).where(generation.c.follows == generation_id, self._mine(), open_yet)
        with self._engine.connect() as connection:
            return connection.execute(query).first() is not None

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

    def now(self) -> float:
        """This moment, to be held against `changed_at` and `changes`: by the database's clock."""
        return now(self._engine)

    def changes(self, since: float, limit: int = 500) -> list[Change]:
        """What changed at `since` (unix seconds, as `now` gives them) or later, oldest first."""
        its = generation.c
        columns = (its.id, its.owner, its.model, its.state, its.changed_at)
        query = sa.select(*columns).where(generation.c.changed_at >= since, self._mine())
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(generation.c.changed_at).limit(limit))
            return [Change.model_validate(row) for row in rows]

    def _mine(self) -> sa.ColumnElement[bool]:
        return sa.true() if self._owner is None else generation.c.owner == self._owner

    def _my_outputs(self) -> sa.ColumnElement[bool]:
        return sa.true() if self._owner is None else output.c.owner == self._owner

    def _is_under_way(self) -> Iterable[sa.ColumnElement[bool]]:
        yield generation.c.state.in_(UNDER_WAY)
        if self._owner is not None:
            # Asked plainly, SQLite would look by owner, whose rows may be all, and not by state, where few are.
            yield sa.func.coalesce(generation.c.owner, "") == self._owner

    def _read(self, query: sa.Select[Any], *, first_output: bool = False) -> list[Generation]:
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
            ids = [row["id"] for row in rows]
            outputs = self._outputs(connection, self._first(ids) if first_output else self._all(ids))
        return [Generation(**{**row, "outputs": tuple(outputs.get(row["id"], ()))}) for row in rows]

    @staticmethod
    def _outputs(connection: sa.Connection, query: sa.Select[Any]) -> dict[str, list[Output]]:
        found: dict[str, list[Output]] = {}
        for row in connection.execute(query):
            found.setdefault(row.generation_id, []).append(Output.model_validate(row))
        return found

    def _all(self, ids: Sequence[str]) -> sa.Select[Any]:
        here = (output.c.generation_id.in_(ids), self._is_shown(output))
        return sa.select(output).where(*here).order_by(output.c.position)

    def _first(self, ids: Sequence[str]) -> sa.Select[Any]:
        """The first of each, found in an index without a look at the others."""
        its = output.alias("its")
        first = sa.select(its.c.id).where(its.c.generation_id == generation.c.id, self._is_shown(its))
        first = first.order_by(its.c.position).limit(1).correlate(generation)
        found = generation.join(output, output.c.id == first.scalar_subquery())
        return sa.select(output).select_from(found).where(generation.c.id.in_(ids))

    def _is_shown(self, its: sa.FromClause) -> sa.ColumnElement[bool]:
        """A person has put the others away; the engine must know that they are kept."""
        return sa.true() if self._owner is None else its.c.deleted_at.is_(None)


def _kept() -> Iterable[sa.ColumnElement[bool]]:
    """Not in the bin itself, nor done with all of its videos there."""
    there = sa.exists().where(output.c.generation_id == generation.c.id, output.c.deleted_at.is_(None))
    return generation.c.deleted_at.is_(None), (generation.c.state != "done") | there
