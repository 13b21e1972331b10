"""Writes generations and their outputs; every change of state is a compare-and-set."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from components.catalog import MODELS
from components.errors import ErrorInfo
from components.library.clock import moment
from components.library.generation_queries import GenerationQueries
from components.library.notices import TOLD_OF, note_ceiling, note_end
from components.library.records import ENDED, State
from components.library.tables import generation, output, searched
from components.logs import about
from components.tally import ERRORS

log = logging.getLogger(__name__)

ADOPTING = 0x61646F7074
"""The number of the lock; any, as long as no other program on the same database takes it."""


class Generations(GenerationQueries):
    """Rows of `generation` and `output`, to be read and moved on. `owner=None` is the engine."""

    def insert(self, connection: sa.Connection, **values: Any) -> None:
        """Adds a queued generation within the caller's transaction, which also holds its job."""
        spec, now = MODELS.get(values["model"]), moment(self._engine)
        words = searched(spec.asked(values["parameters"]) if spec else "")
        row = {"owner": self._owner, "state": "queued", "created_at": now, "changed_at": now, "words": words}
        connection.execute(sa.insert(generation).values(**row | values))

    def move(self, generation_id: str, source: State | Sequence[State], target: State, **values: Any) -> bool:
        """Compare-and-set: moves the state only if it is a source; whether it did."""
        with self._engine.begin() as connection:
            moved = self.move_within(connection, generation_id, source, target, **values)
        if moved:
            self._log(generation_id, f"is {target}", values.get("error"))
        return moved

    def move_within(
        self,
        connection: sa.Connection,
        generation_id: str,
        source: State | Sequence[State],
        target: State,
        **values: Any,
    ) -> bool:
        """The same within the caller's transaction."""
        sources = [source] if isinstance(source, str) else list(source)
        if target in ENDED:
            values.setdefault("finished_at", time.time())
        if target != "queued":
            values.setdefault("next_try_at", None)
        if target in ("saving", "done"):
            values |= {"troubled_since": None, "missing_since": None}
        change = (
            sa.update(generation)
            .where(generation.c.id == generation_id, generation.c.state.in_(sources), self._mine())
            .values(state=target, changed_at=moment(self._engine), **values)
        )
        moved = connection.execute(change).rowcount == 1
        # What a person ends on the page they know.
        if moved and self._owner is None and target in TOLD_OF:
            self._note_end(connection, generation_id, target)
        return moved

    def _note_end(self, connection: sa.Connection, generation_id: str, state: State) -> None:
        """In the transaction, so that none is lost; in a part of it, so that none holds up the end itself."""
        try:
            with connection.begin_nested():
                note_end(connection, generation_id, state, moment(self._engine))
        except sa.exc.SQLAlchemyError as trouble:
            log.warning("noting an end: %s", type(trouble).__name__)

    def stopped_by_ceiling(self) -> None:
        """A ceiling had no room for one of this owner's: they may want to be told. It never fails a press more."""
        try:
            note_ceiling(self._engine, str(self._owner))
        except sa.exc.SQLAlchemyError as trouble:
            log.warning("noting what a ceiling stopped: %s", type(trouble).__name__)

    def adopt(
        self,
        generation_id: str,
        source: State | Sequence[State],
        operation: dict[str, Any],
        key: str,
        *,
        searched: bool,
        **values: Any,
    ) -> bool:
        """Takes for its own what was found at the provider, and runs; not where another has an id of it already.

        Args:
            generation_id: whose answer was lost.
            source: the states in which it may be.
            operation: what was found.
            key: where such an operation holds its id, or a list of them.
            searched: whether it was found by what it asks for: then it may be that of another one that asks for
                the same and is out.
            values: further columns.
        """
        with self._engine.begin() as connection:
            adopted = self.adopt_within(
                connection, generation_id, source, operation, key, searched=searched, **values
            )
        if adopted:
            self._log(generation_id, "is found", None)
        return adopted

    def adopt_within(
        self,
        connection: sa.Connection,
        generation_id: str,
        source: State | Sequence[State],
        operation: dict[str, Any],
        key: str,
        *,
        searched: bool,
        **values: Any,
    ) -> bool:
        """The same within the caller's transaction; two that look at once cannot both take the same."""
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(ADOPTING)))
        # On SQLite a transaction that writes first holds the whole database.
        own = sa.update(generation).where(generation.c.id == generation_id)
        connection.execute(own.values(state=generation.c.state))
        if self.has_operation_within(connection, operation, key, but=generation_id):
            return False
        if searched and self._is_twin_out(connection, generation_id):
            return False
        return self.move_within(connection, generation_id, source, "running", operation=operation, **values)

    def has_operation(self, operation: dict[str, Any], key: str, *, but: str) -> bool:
        """Whether another generation, whoever's it is, shares an id with this operation: one is enough.

        Args:
            operation: what a provider is to be asked by.
            key: where its operations hold their id, or a list of them.
            but: the generation that it is meant for.
        """
        with self._engine.connect() as connection:
            return self.has_operation_within(connection, operation, key, but=but)

    @staticmethod
    def has_operation_within(connection: sa.Connection, operation: dict[str, Any], key: str, *, but: str) -> bool:
        """The same within the caller's transaction."""
        ids = _ids(operation, key)
        query = sa.select(generation.c.operation).where(
            generation.c.id != but, generation.c.operation.is_not(None)
        )
        return any(not ids.isdisjoint(_ids(known, key)) for known in connection.execute(query).scalars())

    @staticmethod
    def _is_twin_out(connection: sa.Connection, generation_id: str) -> bool:
        """Whether the same request is out for another generation, whose answer may name what was found."""
        columns = sa.select(generation.c.model, generation.c.parameters)
        own = connection.execute(columns.where(generation.c.id == generation_id)).one_or_none()
        out = columns.where(generation.c.id != generation_id, generation.c.state == "submitting")
        return own is not None and own in connection.execute(out).all()

    def note(self, generation_id: str, error: ErrorInfo | None, **values: Any) -> None:
        """Keeps what hinders a generation under way at the moment; its state stays."""
        change = sa.update(generation).where(generation.c.id == generation_id, self._mine())
        stored = error.model_dump() if error else None
        with self._engine.begin() as connection:
            connection.execute(
                change.where(generation.c.state.not_in(ENDED)).values(
                    error=stored, changed_at=moment(self._engine), **values
                )
            )
        if error:
            self._log(generation_id, "is hindered", stored)

    def count_try(self, generation_id: str, error: ErrorInfo, wait: float) -> bool:
        """Counts one more try that started nothing, and keeps why and when the next one comes.

        Args:
            generation_id: a queued one.
            error: what a person reads while it waits.
            wait: seconds until the next try.

        Returns:
            False where it no longer waits, because it was cancelled meanwhile.
        """
        now = time.time()
        change = (
            sa.update(generation)
            .where(generation.c.id == generation_id, generation.c.state == "queued", self._mine())
            .values(
                tries=generation.c.tries + 1,
                error=error.model_dump(),
                next_try_at=now + wait,
                troubled_since=sa.func.coalesce(generation.c.troubled_since, now),
                changed_at=moment(self._engine),
            )
        )
        with self._engine.begin() as connection:
            counted = connection.execute(change).rowcount == 1
        if counted:
            self._log(generation_id, f"is sent again in {wait:.0f} s", {"code": error.code})
        return counted

    def add_output(self, **values: Any) -> None:
        """Adds an output, or leaves the one that is there: saving may run again after a crash."""
        with self._engine.begin() as connection:
            there = sa.select(output.c.id).where(
                output.c.generation_id == values["generation_id"], output.c.position == values["position"]
            )
            if connection.execute(there).first() is not None:
                return
            now, facts = time.time(), values["facts"]
            its = sa.update(generation).where(generation.c.id == values["generation_id"])
            its = its.values(changed_at=moment(self._engine))
            # Whose it is by now: it may have been handed over since the job was read.
            owner = connection.execute(its.returning(generation.c.owner)).scalar() or values["owner"]
            derived = {"seconds": float(facts.get("seconds") or 0), "words": searched(facts.get("label"))}
            connection.execute(sa.insert(output).values(created_at=now, **values | derived | {"owner": owner}))

    def _log(self, generation_id: str, what: str, error: Mapping[str, Any] | None) -> None:
        """Of an error its code: its words may quote a person's."""
        if error:
            # What was committed stands: a figure that cannot be read must not look like its failure.
            with suppress(sa.exc.SQLAlchemyError), self._engine.connect() as connection:
                its = sa.select(generation.c.model).where(generation.c.id == generation_id)
                ERRORS.add(str(connection.execute(its).scalar()), error["code"])
        with about(generation_id):
            log.info("%s%s", what, f": {error['code']}" if error else "")


def _ids(operation: dict[str, Any], key: str) -> set[str]:
    found = operation.get(key) or []
    return set(map(str, found if isinstance(found, list) else [found]))
