"""Reads from ended live generations how each provider does: when it last made a video, how often not, how long."""

from __future__ import annotations

import sqlalchemy as sa
from pydantic import BaseModel

from components.catalog import MODELS
from components.library.records import State
from components.library.tables import generation

COUNTED: tuple[State, ...] = ("done", "failed", "uncertain")
"""How a generation can end that a provider had to do with."""
NEWEST = 1000
"""So many runs, the last ones, say how long it takes."""


class ProviderHealth(BaseModel, frozen=True):
    """Of one provider; times are unix seconds."""

    provider: str
    last_success: float | None
    """When a video was last saved, however long ago."""
    ended: int
    without_video: int
    """How many of those that ended lately failed or are uncertain."""
    seconds: tuple[float, ...]
    """From submission to saved video, of the lately finished, shortest first."""


class Health:
    """One owner's generations."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner

    def by_provider(self, since: float) -> list[ProviderHealth]:
        """Of those that were ever used live, in the catalog's order; lately is from a moment on (unix seconds)."""
        with self._engine.connect() as connection:
            counts = connection.execute(self._counts(since)).all()
            runs = connection.execute(self._runs(since)).all()
        found = []
        for name in dict.fromkeys(spec.provider for spec in MODELS.values()):
            of_it = [row for row in counts if _is_of(row.model, name)]
            if of_it:
                seconds = sorted(float(row.seconds) for row in runs if _is_of(row.model, name))
                found.append(
                    ProviderHealth(
                        provider=name,
                        last_success=max((row.success for row in of_it if row.success), default=None),
                        ended=sum(row.ended for row in of_it),
                        without_video=sum(row.without for row in of_it),
                        seconds=tuple(seconds),
                    )
                )
        return found

    def _counts(self, since: float) -> sa.Select[tuple[str, float, int, int]]:
        its, lately = generation.c, generation.c.finished_at >= since
        return (
            sa.select(
                its.model,
                sa.func.max(sa.case((its.state == "done", its.finished_at))).label("success"),
                sa.func.sum(sa.case((lately, 1), else_=0)).label("ended"),
                sa.func.sum(sa.case((lately & (its.state != "done"), 1), else_=0)).label("without"),
            )
            .where(*self._live())
            .group_by(its.model)
        )

    def _runs(self, since: float) -> sa.Select[tuple[str, float]]:
        its = generation.c
        return (
            sa.select(its.model, (its.finished_at - its.submitted_at).label("seconds"))
            .where(*self._live(), its.state == "done", its.submitted_at.is_not(None), its.finished_at >= since)
            .order_by(its.finished_at.desc())
            .limit(NEWEST)
        )

    def _live(self) -> tuple[sa.ColumnElement[bool], ...]:
        its = generation.c
        return its.owner == self._owner, its.sandbox.is_(False), its.state.in_(COUNTED)


def _is_of(model_id: str, provider: str) -> bool:
    return model_id in MODELS and MODELS[model_id].provider == provider
