"""Writes tables that a spreadsheet opens and does not run. It does not know what they hold."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

SIGNS = "=+\\-@\u2212\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet run a cell (owasp.org, CSV injection), and the full-width forms, which some take
for the same."""
FORMULA = re.compile(rf"""(^|[;\t\r\n|])([\s"']*)(?=[{SIGNS}])""")
"""Where a cell begins that would run. Spreadsheets of other languages split at ; or tabs instead of commas, and
then a quoted cell is no longer one: so what stands behind such a sign counts as the beginning of a cell."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads accents in another alphabet."""


def written(rows: Iterable[Iterable[object]]) -> str:
    """CSV, the headings first."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    csv.writer(out).writerows(map(_harmless, row) for row in rows)
    return out.getvalue()


def _harmless(cell: object) -> str:
    """The cell's text; an apostrophe, which spreadsheets hide, makes it text where it would run."""
    text = str(cell)
    safe = FORMULA.sub(r"\1'\2", text)
    return f"'{safe}" if safe.startswith(("\t", "\r", "\n")) else safe
