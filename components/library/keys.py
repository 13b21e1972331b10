"""Keys of providers: from the environment, else as typed on the settings page and kept in the data folder.

The file is readable by its owner only. A key never leaves this module but into a provider's header.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pydantic import SecretStr

from components.settings import Settings

Source = Literal["environment", "typed"]


class Keys:
    """Secrets by the name of their setting, e.g. `segmind_api_key`; the environment wins."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._file = settings, folder / "keys.json"
        self._lock = threading.Lock()
        self._typed = self._read()

    def get(self, names: Sequence[str]) -> dict[str, SecretStr] | None:
        """All the named secrets, or None where one is missing."""
        found = {name: secret for name in names if (secret := self._one(name))}
        return found if len(found) == len(names) else None

    def source(self, names: Sequence[str]) -> Source | None:
        """Where the key comes from, or None where there is no whole key."""
        if self.get(names) is None:
            return None
        return "environment" if all(self._settings.secret(name) for name in names) else "typed"

    def keep(self, secrets: Mapping[str, str]) -> None:
        """Keeps typed secrets; an empty one is forgotten."""
        with self._lock:
            typed = {**self._typed, **{name: value.strip() for name, value in secrets.items()}}
            self._write({name: value for name, value in typed.items() if value})

    def _one(self, name: str) -> SecretStr | None:
        typed = self._typed.get(name)
        return self._settings.secret(name) or (SecretStr(typed) if typed else None)

    def _read(self) -> dict[str, str]:
        if not self._file.is_file():
            return {}
        found = json.loads(self._file.read_text(encoding="utf-8"))
        return {str(name): str(value) for name, value in found.items()}

    def _write(self, typed: dict[str, str]) -> None:
        """A draft, owner-only from its first byte, then one rename."""
        descriptor, draft = tempfile.mkstemp(dir=self._file.parent, prefix="keys-")
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(typed, file)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(self._file)
        self._typed = typed
