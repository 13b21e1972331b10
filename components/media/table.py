"""Reads tables of people from CSV and XLSX files, with suspicion. Knows no model and no provider."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from components.errors import InvalidFile

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 2000, 50, 1000
MAX_BYTES, MAX_UNPACKED = 10 * 1024**2, 100 * 1024**2
"""An XLSX file is a ZIP: what it unpacks to is counted before it is unpacked."""


@dataclass(frozen=True)
class Table:
    """A heading a column, and rows of words; empty rows at the end are left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_table(data: bytes, name: str = "") -> Table:
    """The first sheet of an XLSX file, or a CSV file with any usual separator.

    Raises:
        InvalidFile: a sentence that says what is wrong with it.
    """
    if len(data) > MAX_BYTES:
        raise InvalidFile("The table is larger than 10 MB.", "Split it into smaller ones.")
    lines = _sheet(data) if data[:4] == b"PK\x03\x04" else _csv(data)
    table = [[_tidy(cell) for cell in line] for line in lines]
    while table and not any(table[-1]):
        table.pop()
    if not table or not any(table[0]):
        raise InvalidFile(f"{name or 'The file'} holds no table.", "The first line must name the columns.")
    return _table(table)


def _table(lines: list[list[str]]) -> Table:
    width = max(index for index, heading in enumerate(lines[0], 1) if heading)
    if width > MAX_COLUMNS:
        raise InvalidFile(f"The table has {width} columns.", f"At most {MAX_COLUMNS} can be used.")
    if len(lines) - 1 > MAX_ROWS:
        raise InvalidFile(f"The table has more than {MAX_ROWS} rows.", "Split it into smaller ones.")
    rows = tuple(tuple((line + [""] * width)[:width]) for line in lines[1:])
    return Table(tuple(lines[0][:width]), rows)


def _csv(data: bytes) -> list[list[str]]:
    if b"\x00" in data:
        raise InvalidFile("The file is neither CSV nor XLSX.", "Save the table as CSV and add it again.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    try:
        dialect: Any = csv.Sniffer().sniff(text[:8192], delimiters=",;\t")
    except csv.Error:
        dialect = csv.excel
    try:
        return list(islice(csv.reader(io.StringIO(text), dialect), MAX_ROWS + 2))
    except csv.Error:
        raise InvalidFile("The CSV file is damaged.", "Save the table again and add it anew.") from None


def _sheet(data: bytes) -> list[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise InvalidFile("The table unpacks to more than 100 MB.", "Save it as CSV and add it again.")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
        found = [list(row) for row in islice(rows, MAX_ROWS + 2)]
        book.close()
    except InvalidFile:
        raise
    except Exception:
        # openpyxl lets many kinds of errors through on damaged files; to a person they are one.
        raise InvalidFile("The file is not a readable XLSX table.", "Save it as CSV and add it again.") from None
    return found


def _tidy(cell: Any) -> str:
    """A cell as words on one line; whole numbers without the point that spreadsheets add."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())[:MAX_CELL]
