"""Reads tables of people from CSV and XLSX files, with suspicion. Knows no model and no provider."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from components.errors import InvalidFile
from components.media.delimited import text_lines
from components.media.workbook import read_sheet

MAX_ROWS, MAX_COLUMNS, MAX_CELL = 2000, 50, 1000
MAX_BYTES = 10 * 1024**2
ABOVE = 30
"""Rows that may stand above the headings."""
SHOWN = 3
"""Problems of a table that are shown at once."""
Lines = dict[int, list[str]]
"""Those that hold something, by the number that a spreadsheet gives them."""


@dataclass(frozen=True)
class Question:
    """What only a person can say of a file: which sheet, or which row holds the headings."""

    about: Literal["sheet", "headings"]
    choices: tuple[tuple[str, str], ...]
    """An answer and its words, for each that there is."""


@dataclass(frozen=True)
class Table:
    """A heading a column, and rows of words; empty rows are left out. With a `question` it holds neither yet.

    `notes` are sentences on what was done that a person might not expect.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    question: Question | None = None


def read_table(data: bytes, name: str = "", sheet: str | None = None, headings: int | None = None) -> Table:
    """The people of an XLSX file, or of a CSV file with any usual separator and letters.

    Args:
        data: the file.
        name: what the person calls it.
        sheet: the sheet's name, where that was asked.
        headings: the number of the row that names the columns, where that was asked.

    Raises:
        InvalidFile: a sentence that says what is wrong with it, and in which row.
    """
    if len(data) > MAX_BYTES:
        raise InvalidFile("The table is larger than 10 MB.", "Split it into smaller ones.")
    notes: list[str] = []
    if data[:4] == b"PK\x03\x04":
        found = read_sheet(data, (MAX_ROWS + ABOVE, MAX_COLUMNS + 1), sheet)
        if found.choices:
            return Table(question=Question("sheet", tuple((one, one) for one in found.choices)))
        _refuse(found.broken, "Give the cells values in the spreadsheet, save it and add it again.")
        if found.hidden_rows:
            notes.append(f"{_rows(found.hidden_rows)} hidden in the spreadsheet; taken all the same.")
        lines = {number: [_tidy(cell) for cell in line] for number, line in found.lines}
    else:
        text = text_lines(data, MAX_ROWS + ABOVE)
        lines = {number: [_tidy(cell) for cell in line] for number, line in text}
        notes += _short(lines)
    return _table(lines, notes, headings, name or "The file")


def _table(lines: Lines, notes: list[str], headings: int | None, name: str) -> Table:
    full = [number for number, line in lines.items() if any(line)]
    if not full:
        raise InvalidFile(f"{name} holds no table.", "The first line must name the columns.")
    at = headings if headings in full else _headings(lines, full)
    if isinstance(at, Question):
        return Table(question=at)
    if at > full[0]:
        notes.append(f"The headings were found in row {at}; what stands above was left out.")
    below = [number for number in full if number > at]
    if not below:
        raise InvalidFile(f"{name} holds no rows below its headings.", "Give each person a row.")
    if len(below) > MAX_ROWS:
        raise InvalidFile(f"The table has more than {MAX_ROWS} rows.", "Split it into smaller ones.")
    kept = _columns(lines, at, below)
    columns = tuple(lines[at][index] for index in kept)
    rows = tuple(tuple(_cell(lines[number], index) for index in kept) for number in below)
    return Table(columns, rows, tuple(notes))


def _headings(lines: Lines, full: Sequence[int]) -> int | Question:
    """The row that names the columns: the first, unless a title stands above it, with an empty row between.

    Without the empty row a title and a heading of one column look alike, and a person is asked.
    """
    first = full[0]
    wide = next((number for number in full if _filled(lines[number]) > 1), first)
    if wide == first or wide > first + ABOVE:
        return first
    above = [number for number in full if number < wide]
    if wide - above[-1] > 1:
        return wide
    if len(above) > 1 and any(after - before > 1 for before, after in pairwise(above)):
        return wide
    choices = [*above[:SHOWN], wide]
    return Question("headings", tuple((str(number), _excerpt(lines, number)) for number in choices))


def _columns(lines: Lines, at: int, below: Sequence[int]) -> list[int]:
    """The columns that are used; refuses cells without a heading, and headings that are not of one column."""
    heads = lines[at]
    width = max(index for index, heading in enumerate(heads, 1) if heading)
    if width > MAX_COLUMNS:
        raise InvalidFile(f"The table has {width} columns.", f"At most {MAX_COLUMNS} can be used.")
    beyond = [number for number in below if any(lines[number][width:])]
    _refuse(
        [_beyond(lines[number], number, width) for number in beyond],
        "Give its column a heading. In a CSV file, a cell that holds the separator needs quotation marks.",
    )
    blank = [
        index + 1
        for index in range(width)
        if not heads[index] and any(_cell(lines[number], index) for number in below)
    ]
    if blank:
        places = " and ".join(str(number) for number in blank[:SHOWN])
        one = len(blank) == 1
        raise InvalidFile(
            f"{'Column' if one else 'Columns'} {places} {'has' if one else 'have'} values but no heading.",
            "Give each column a heading, or empty it, and add the table again.",
        )
    kept = [index for index in range(width) if heads[index]]
    twice = next((h for n, i in enumerate(kept) if (h := heads[i]) in [heads[k] for k in kept[:n]]), None)
    if twice is not None:
        raise InvalidFile(
            f"Two columns are called {twice}.", "Give each a name of its own and add the table again."
        )
    return kept


def _short(lines: Lines) -> list[str]:
    """Rows of a text file that end early are filled with empty cells, and said."""
    width = len(next(iter(lines.values()), ()))
    short = [number for number, line in lines.items() if len(line) < width]
    return [f"{_rows(short)} shorter than the headings; the cells that are missing are empty."] if short else []


def _refuse(problems: Sequence[str], hint: str) -> None:
    if problems:
        more = [f"and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
        raise InvalidFile("; ".join([*problems[:SHOWN], *more]) + ".", hint)


def _beyond(line: Sequence[str], number: int, width: int) -> str:
    cell = next(cell for cell in line[width:] if cell)
    return f"Row {number} has a cell beyond the headings: {cell[:40]}"


def _rows(numbers: Sequence[int]) -> str:
    said = ", ".join(str(number) for number in numbers[:SHOWN])
    more = f" and {len(numbers) - SHOWN} more" if len(numbers) > SHOWN else ""
    return f"Row {said} is" if len(numbers) == 1 else f"Rows {said}{more} are"


def _excerpt(lines: Lines, number: int) -> str:
    return f"Row {number}: {' · '.join(cell for cell in lines[number] if cell)[:60]}"


def _filled(line: Sequence[str]) -> int:
    return sum(bool(cell) for cell in line)


def _cell(line: Sequence[str], index: int) -> str:
    return line[index] if index < len(line) else ""


def _tidy(cell: str) -> str:
    """A cell as words on one line."""
    return " ".join(cell.split())[:MAX_CELL]
