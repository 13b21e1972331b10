"""Counts generations for whoever runs the studio: by state, how long they took, what they cost. Of all owners."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from components.library.tables import generation

BOUNDS = (5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0)
"""Seconds; the steps in which the time to a saved video is counted."""


@dataclass(frozen=True)
class Took:
    """Of one model on one side: how many finished runs took at most so long, for each of `BOUNDS`; all; in all."""

    model: str
    sandbox: bool
    within: tuple[int, ...]
    runs: int
    seconds: float


@dataclass(frozen=True)
class RowFigures:
    """What the rows say. Rows of generations are never removed, so what is done only grows."""

    states: tuple[tuple[str, bool, str, int], ...]
    """Model, whether in the sandbox, state, how many."""
    took: tuple[Took, ...]
    dollars: tuple[tuple[str, float], ...]
    """Model, and what its live generations cost as far as it was told."""


def read_figures(engine: sa.Engine) -> RowFigures:
    """All of them, as of now."""
    its = generation.c
    seconds = its.finished_at - its.submitted_at
    states = sa.select(its.model, its.sandbox, its.state, sa.func.count()).group_by(
        its.model, its.sandbox, its.state
    )
    steps = [sa.func.sum(sa.case((seconds <= bound, 1), else_=0)) for bound in BOUNDS]
    took = (
        sa.select(its.model, its.sandbox, sa.func.count(), sa.func.sum(seconds), *steps)
        .where(its.state == "done", its.submitted_at.is_not(None), its.finished_at.is_not(None))
        .group_by(its.model, its.sandbox)
    )
    dollars = sa.select(its.model, sa.func.sum(its.cost_micros)).where(its.sandbox.is_(False)).group_by(its.model)
    with engine.connect() as connection:
        return RowFigures(
            states=tuple((row[0], row[1], row[2], row[3]) for row in connection.execute(states)),
            took=tuple(
                Took(row[0], row[1], tuple(map(int, row[4:])), int(row[2]), float(row[3]))
                for row in connection.execute(took)
            ),
            dollars=tuple((row[0], int(row[1] or 0) / 1_000_000) for row in connection.execute(dollars)),
        )
