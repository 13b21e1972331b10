"""Keys of providers: from the environment, else as typed on the settings page and kept sealed in the database.

What opens them is the studio's secret, which the database does not hold: a copy of the one is no key without the
other. A key never leaves this module but into a provider's header.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import sqlalchemy as sa
from pydantic import SecretStr

from components.library.clock import moment
from components.library.database import INSERTS
from components.library.seals import CannotOpen, Seals
from components.library.tables import provider_key
from components.settings import Settings

log = logging.getLogger(__name__)

Source = Literal["environment", "typed"]
TEAM = ""
"""Whose keys everybody's work uses; no person's name, because theirs are e-mail addresses."""
FRESH_SECONDS = 1.0
"""For so long a process takes its own word for what was typed; another one may have changed it."""
FILE = "keys.json"
"""Where earlier versions kept typed keys, in the data folder."""


class Keys:
    """Secrets by the name of their setting, e.g. `segmind_api_key`; of the team's, the environment wins.

    Args:
        settings: of this process; they hold the secret that seals.
        database: with the newest tables.
    """

    def __init__(self, settings: Settings, database: sa.Engine) -> None:
        self._settings, self._database = settings, database
        self._seals = Seals(settings, "keys")
        self._lock = threading.Lock()
        self._read_at, self._typed = 0.0, dict[tuple[str, str], str]()
        self._closed: set[str] = set()

    def get(self, names: Sequence[str], owner: str = TEAM) -> dict[str, SecretStr] | None:
        """All the named secrets of the team or of one person alone, or None where one is missing."""
        found = {name: key for name in names if (key := self._one(name, owner))}
        return found if len(found) == len(names) else None

    def source(self, names: Sequence[str]) -> Source | None:
        """Where the team's key comes from, or None where there is no whole key."""
        if self.get(names) is None:
            return None
        return "environment" if all(self._settings.secret(name) for name in names) else "typed"

    def keep(self, secrets: Mapping[str, str], owner: str = TEAM) -> None:
        """Keeps typed secrets; an empty one is forgotten."""
        given = {name: value.strip() for name, value in secrets.items()}
        with self._lock, self._database.begin() as connection:
            mine = (provider_key.c.owner == owner) & provider_key.c.name.in_(list(given))
            connection.execute(sa.delete(provider_key).where(mine))
            rows = [self._row(owner, name, value) for name, value in given.items() if value]
            if rows:
                connection.execute(sa.insert(provider_key).values(rows))
            self._read_at = 0.0  # whoever asks next waits for the lock, and so for the end of the transaction

    def take_in(self) -> None:
        """Brings the file of an earlier version into the database and removes it; what was typed since stays."""
        file = self._settings.data_dir / FILE
        if not file.is_file():
            return
        typed = json.loads(file.read_text(encoding="utf-8"))
        rows = [self._row(TEAM, str(name), str(value)) for name, value in typed.items() if value]
        if rows:
            new = INSERTS[self._database.dialect.name](provider_key).values(rows)
            with self._database.begin() as connection:
                connection.execute(new.on_conflict_do_nothing())
        file.unlink()

    def _one(self, name: str, owner: str) -> SecretStr | None:
        typed = self._all().get((owner, name))
        kept = SecretStr(typed) if typed else None
        return kept if owner != TEAM else self._settings.secret(name) or kept

    def _all(self) -> dict[tuple[str, str], str]:
        """A page asks for a dozen in one drawing; that is one query."""
        with self._lock:
            if not self._read_at or time.monotonic() - self._read_at >= FRESH_SECONDS:
                try:
                    self._typed = self._read()
                except sa.exc.SQLAlchemyError:
                    if not self._read_at:
                        raise
                    # A database that is away for a moment takes no key away from work that is under way.
                self._read_at = time.monotonic()
            return self._typed

    def _read(self) -> dict[tuple[str, str], str]:
        with self._database.connect() as connection:
            rows = connection.execute(sa.select(provider_key)).all()
        opened = {(row.owner, row.name): self._open(row) for row in rows}
        return {of: value for of, value in opened.items() if value}

    def _row(self, owner: str, name: str, value: str) -> dict[str, object]:
        sealed = self._seals.seal(f"{owner} {name}", value)
        return {"owner": owner, "name": name, "sealed": sealed, "changed_at": moment(self._database)}

    def _open(self, row: sa.Row[Any]) -> str:
        try:
            return self._seals.open(f"{row.owner} {row.name}", row.sealed)
        except CannotOpen:
            if row.name not in self._closed:
                self._closed.add(row.name)
                log.warning("a kept %s was sealed with another secret: it counts as none, type it again", row.name)
            return ""


def open_keys(settings: Settings, database: sa.Engine) -> Keys:
    """The keys of a studio that starts, those of an earlier version too."""
    keys = Keys(settings, database)
    keys.take_in()
    return keys
