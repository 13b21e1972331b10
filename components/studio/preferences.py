"""What a person has chosen for the whole studio, each switch by name and with its default."""

from __future__ import annotations

import sqlalchemy as sa

from components.library.preferences import Preferences as Rows

TAGGING = "settings_in_files"


class Preferences:
    """One owner's switches."""

    def __init__(self, database: sa.Engine, owner: str) -> None:
        self._rows = Rows(database, owner)

    @property
    def tagging(self) -> bool:
        """Whether downloaded videos carry their settings inside."""
        return bool(self._rows.get(TAGGING, True))

    @tagging.setter
    def tagging(self, value: bool) -> None:
        self._rows.set(TAGGING, value)
