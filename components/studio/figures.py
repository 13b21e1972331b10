"""Figures for whoever runs the studio, from its rows and from this process. Of all owners; names no person."""

from __future__ import annotations

from components.engine.runtime import Engine
from components.library.figures import BOUNDS, RowFigures, read_figures
from components.tally import CHILDREN_LOST, ERRORS


class Figures:
    """What is counted, read when somebody asks."""

    bounds = BOUNDS

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rows(self) -> RowFigures:
        return read_figures(self._engine.database)

    @property
    def sends_out(self) -> int:
        """Paid requests that have left and are not answered yet."""
        return self._engine.context.sends.out

    @property
    def errors(self) -> dict[tuple[str, ...], int]:
        """By model and kind, since the server started."""
        return ERRORS.read()

    @property
    def children_lost(self) -> int:
        """Since the server started."""
        return sum(CHILDREN_LOST.read().values())
