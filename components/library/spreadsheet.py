"""Writes tables that a spreadsheet opens and does not run. It does not know what they hold."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell; a name from outside must not (owasp.org, CSV injection)."""


def written(rows: Iterable[Iterable[object]]) -> str:
    """CSV, the headings first."""
    out = io.StringIO()
    csv.writer(out).writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
