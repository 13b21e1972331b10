"""What a child process of ours is told of this one's environment: what it needs to run, and no key."""

from __future__ import annotations

import os
from collections.abc import Mapping

NEEDED = frozenset(
    {
        *("PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONUTF8", "PYTHONWARNINGS", "PYTHONDONTWRITEBYTECODE"),
        *("VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
        *("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"),
        *("HOME", "USER", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP"),
        # Without these Windows starts no process and finds no folder.
        *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
    }
)
"""Variables that a Python process of ours may see; all others may hold somebody's secret."""


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: this one's, by an allow-list, and what is said here.

    Args:
        more: further variables.
    """
    return {**filtered(os.environ), **more}


def filtered(given: Mapping[str, str]) -> dict[str, str]:
    """Of these variables those that a child may see."""
    return {name: value for name, value in given.items() if name.upper() in NEEDED or name.startswith("LC_")}
