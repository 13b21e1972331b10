"""Reads the sheets of an XLSX file as a person sees them, with suspicion. It does not know what the cells mean."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import IO, Any

from components.errors import InvalidFile
from components.media.number_format import shown

MAX_UNPACKED = 100 * 1024**2
"""An XLSX file is a ZIP: what it unpacks to is counted before it is unpacked."""
MOST_MARKS, MOST_OTHERS = 2_000_000, 100_000
"""Tags in all parts: 2,000 full rows of 50 cells have half of them. Those about no cell take longer to read."""
OF_CELLS = re.compile(rb"<(?:/|(?:\w+:)?(?:c|f|is|r|row|si|t|v)[ />])")
ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*>")
HIDDEN, NUMBER = re.compile(rb'\bhidden="(?:1|true)"'), re.compile(rb'\br="(\d+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
LAST_ROW = 1_048_576
"""A sheet has no more (ECMA-376 and Excel's specifications); a row's number in the file is not believed."""
CHUNK, OVERLAP = 1 << 20, 1024


@dataclass(frozen=True)
class Sheet:
    """One sheet: the rows that hold something, by number, as words; what is `broken`; which of them are hidden.

    Without `lines` several sheets could be meant, which `choices` names.
    """

    name: str = ""
    lines: tuple[tuple[int, tuple[str, ...]], ...] = ()
    broken: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()


def read_sheet(data: bytes, most: tuple[int, int], wanted: str | None = None) -> Sheet:
    """The wanted sheet; without a wish the only one that a person sees and that holds something.

    Args:
        data: the file.
        most: rows that hold something, and columns, that are looked at.
        wanted: the sheet's name.

    Raises:
        InvalidFile: it is damaged, or unpacks to more than a table can be.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
                raise InvalidFile("The table unpacks to more than 100 MB.", "Save it as CSV and add it again.")
            refuse_marks(packed)
        return _chosen(data, most, wanted)
    except InvalidFile:
        raise
    except Exception:
        # openpyxl lets many kinds of errors through on damaged files; to a person they are one.
        raise InvalidFile("The file is not a readable XLSX table.", "Save it as CSV and add it again.") from None


def refuse_marks(packed: zipfile.ZipFile) -> None:
    """Counts before anything is taken apart; a byte more or less for other alphabets does not matter."""
    marks = of_cells = 0
    for name in packed.namelist():
        with packed.open(name) as part:
            while piece := part.read(CHUNK):
                marks += piece.count(b"<")
                of_cells += len(OF_CELLS.findall(piece))
                if marks > MOST_MARKS or marks - of_cells > MOST_OTHERS:
                    raise InvalidFile(
                        "The file holds far more cells than a table of people.",
                        "Keep the sheet with the people only, at most 2,000 rows, and add it again.",
                    )


def _chosen(data: bytes, most: tuple[int, int], wanted: str | None) -> Sheet:
    book = _opened(data, data_only=True)
    try:
        named = [sheet for sheet in book.worksheets if sheet.title == wanted]
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        full = named or [sheet for sheet in seen if next(_rows(sheet, most), None)]
        if len(full) > 1:
            return Sheet(choices=tuple(sheet.title for sheet in full))
        return _read(data, full[0], most) if full else Sheet()
    finally:
        book.close()


def _opened(data: bytes, *, data_only: bool = False) -> Any:
    # Here and not above: a fifth of what a process needs to start, and few ever read a workbook.
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)


def _rows(sheet: Any, most: tuple[int, int]) -> Iterator[tuple[int, list[Any]]]:
    """Rows that hold something, with their numbers; what the file says of its own size is not believed."""
    sheet.reset_dimensions()
    rows = enumerate(islice(sheet.iter_rows(), LAST_ROW), 1)
    full = ((number, list(row[: most[1]])) for number, row in rows if any(cell.value is not None for cell in row))
    return islice(full, most[0])


def _read(data: bytes, sheet: Any, most: tuple[int, int]) -> Sheet:
    with sheet.parent._archive.open(sheet._worksheet_path) as part:
        formulas, hidden = _marks(part)
    lines = dict(_rows(sheet, most))
    words = {number: tuple(_words(cell) for cell in cells) for number, cells in lines.items()}
    broken = [
        (number, column, f"shows the error {cell.value}")
        for number, cells in lines.items()
        for column, cell in enumerate(cells, 1)
        if cell.data_type == "e"
    ]
    if formulas:
        broken += [(*at, "holds a formula without a value") for at in _formulas(data, sheet, most, words)]
    from openpyxl.utils import get_column_letter

    said = [f"Row {number}, column {get_column_letter(at)} {wrong}" for number, at, wrong in sorted(broken)]
    kept = tuple(number for number in sorted(hidden) if number in lines)
    return Sheet(sheet.title, tuple(words.items()), tuple(said), kept)


def _words(cell: Any) -> str:
    return shown(cell.value, cell.number_format if cell.value is not None else None)


def _formulas(
    data: bytes, sheet: Any, most: tuple[int, int], words: dict[int, tuple[str, ...]]
) -> Iterator[tuple[int, int]]:
    """Rows and columns of formulas whose value no program has worked out: it would stand beside the formula."""
    book = _opened(data)
    try:
        for number, cells in _rows(book[sheet.title], most):
            for column, cell in enumerate(cells, 1):
                if cell.data_type == "f" and not (number in words and words[number][column - 1]):
                    yield number, column
    finally:
        book.close()


def _marks(part: IO[bytes]) -> tuple[bool, set[int]]:
    """Whether a sheet holds formulas, and the numbers of its hidden rows, neither of which openpyxl gives here."""
    formulas, hidden, left = False, set(), b""
    while piece := part.read(CHUNK):
        text = left + piece
        formulas = formulas or bool(FORMULA.search(text))
        for row in ROW.findall(text):
            number = NUMBER.search(row)
            if number and HIDDEN.search(row):
                hidden.add(int(number[1][:9]))
        left = text[-OVERLAP:]
    return formulas, hidden
