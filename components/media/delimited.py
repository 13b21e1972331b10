"""Reads tables written as text: which letters, which separator, then cells by Python's own CSV reader.

The whole file decides, not its beginning. Cells follow RFC 4180, as every spreadsheet writes them: inside a quoted
cell a quotation mark is doubled. It does not know what the cells mean.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from components.errors import InvalidFile

SEPARATORS = ("\t", ";", ",", "|")
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""What a file begins with that says its letters; Excel writes "Unicode Text" as UTF-16 with tabs."""
SAID = re.compile(r'\A\s*"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|\Z)', re.IGNORECASE)
"""Excel's own first line that names the separator."""

MOST_LINES = 200_000
"""Empty ones included: all are gone over several times, to find the separator."""


def text_lines(data: bytes, most: int) -> list[tuple[int, list[str]]]:
    """The first `most` lines that hold something: the number that a spreadsheet gives each, and its cells.

    Raises:
        InvalidFile: it is no text, or a quotation mark is never closed.
    """
    text = _letters(data)
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise InvalidFile(f"The table has more than {MOST_LINES:,} lines.", "Split it into smaller ones.")
    said = SAID.match(text)
    if not said:
        return _cells(text, _separator(text, most), most)
    return [(number + 1, cells) for number, cells in _cells(text[said.end() :], said[1], most)]


def _letters(data: bytes) -> str:
    try:
        for mark, encoding in MARKS.items():
            if data.startswith(mark):
                return data.decode(encoding)
        if b"\x00" in data:
            return data.decode(_unmarked(data))
    except UnicodeDecodeError:
        raise _no_table() from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # Excel for Mac saved "CSV (Macintosh)" with lines that end in CR, in an alphabet of its own.
        old = "mac_roman" if b"\r" in data and b"\n" not in data else "cp1252"
        return data.decode(old, errors="replace")


def _unmarked(data: bytes) -> str:
    """UTF-16 without its mark has a zero beside each Latin letter; other zeros are no text."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    if len(data) % 2 or max(even, odd) < len(data) // 5 or min(even, odd):
        raise _no_table()
    return "utf-16-be" if even else "utf-16-le"


def _no_table() -> InvalidFile:
    return InvalidFile("The file is neither CSV nor XLSX.", "Save the table as CSV and add it again.")


def _separator(text: str, most: int) -> str:
    """The sign that gives most lines the same number of cells; of equals, the one without a space behind it."""
    best, found = (0.0, 0.0, 0), ","
    for sign in SEPARATORS:
        if sign not in text:
            continue
        widths = Counter(len(cells) for _, cells in _cells(text, sign, most))
        several = {width: count for width, count in widths.items() if width > 1}
        if several:
            width = max(several, key=lambda one: (several[one], one))
            spaced = text.count(f"{sign} ") / text.count(sign)
            rank = (several[width] / widths.total(), -spaced, width)
            if rank > best or found not in text:
                best, found = rank, sign
    return found


def _cells(text: str, separator: str, most: int) -> list[tuple[int, list[str]]]:
    try:
        lines = list(islice(_lines(text, separator, strict=False), most))
    except csv.Error:
        raise InvalidFile("The CSV file is damaged.", "Save the table again and add it anew.") from None
    _closed(text, separator, most)
    return lines


def _lines(text: str, separator: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=separator, skipinitialspace=True, strict=strict)
    return ((number, cells) for number, cells in enumerate(reader, 1) if any(map(str.strip, cells)))


def _closed(text: str, separator: str, most: int) -> None:
    """A quotation mark that is never closed would swallow the rows below it."""
    row = 0
    try:
        for number, _ in islice(_lines(text, separator, strict=True), most):
            row = number
    except csv.Error as wrong:
        if "unexpected end" in str(wrong):
            raise InvalidFile(
                f"Below row {row} a quotation mark is opened and never closed.",
                "Close it, or double it where it belongs to the text.",
            ) from None
