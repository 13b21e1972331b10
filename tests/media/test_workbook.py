"""Sheets are read as a person sees them: what is hidden, worked out or shown with a format."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook

from components.errors import InvalidFile
from components.media.table import read_table
from components.media.workbook import refuse_marks
from tests.media.bombs import many_cells_xlsx

PEOPLE = (("name", "company"), ("Ann", "Acme"), ("Bob", "Globex"))


def book(**sheets: tuple[tuple[object, ...], ...]) -> Workbook:
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        page = made.create_sheet(title)
        for row in rows:
            page.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The file as another program writes it: one place of one part is different."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.namelist():
            content = source.read(item)
            target.writestr(item, re.sub(old, new, content) if item.endswith(part) else content)
    return out.getvalue()


@pytest.mark.parametrize("claim", [b'<dimension ref="A1"/>', b'<dimension ref="A1:B2"/>', b""])
def test_sheet_when_its_dimension_lies_then_every_row_is_read(claim):
    data = rewritten(saved(book(People=PEOPLE)), "sheet1.xml", rb"<dimension[^>]*>", claim)
    assert read_table(data).rows == PEOPLE[1:]


def test_sheet_when_the_first_is_hidden_then_the_visible_one_is_read():
    made = book(Notes=(("internal",), ("x",)), People=PEOPLE)
    made["Notes"].sheet_state, made.active = "hidden", 1
    assert read_table(saved(made)).columns == PEOPLE[0]


def test_sheet_when_several_are_visible_then_it_is_asked_which():
    data = saved(book(Clients=(("client",), ("Zoe",)), Empty=(), People=PEOPLE))
    question = read_table(data).question
    assert (question.about, question.choices) == ("sheet", (("Clients", "Clients"), ("People", "People")))
    assert read_table(data, sheet="People").rows == PEOPLE[1:]


def test_row_when_hidden_then_it_is_taken_and_named():
    made = book(People=PEOPLE)
    made["People"].row_dimensions[3].hidden = True
    table = read_table(saved(made))
    assert table.rows == PEOPLE[1:]
    assert "Row 3 is hidden" in " ".join(table.notes)


def test_cell_when_a_formula_has_no_value_or_an_error_then_it_is_named():
    rows = (("name", "greeting", "city"), ("Ann", '=A2&"!"', "Bonn"), ("Bob", "Hi", "#N/A"))
    with pytest.raises(
        InvalidFile, match=r"Row 2, column B holds a formula.*Row 3, column C shows the error #N/A"
    ):
        read_table(saved(book(People=rows)))


def test_cell_when_a_formula_was_worked_out_then_its_value_is_read():
    data = saved(book(People=(("name", "greeting"), ("Ann", '=A2&"!"'))))
    known = rewritten(data, "sheet1.xml", rb'r="B2">(.*?)<v ?/>', rb'r="B2" t="str">\1<v>Ann!</v>')
    assert read_table(known).rows == (("Ann", "Ann!"),)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (date(2026, 3, 1), "dd/mm/yyyy", "01/03/2026"),
        (date(2026, 3, 1), "mm-dd-yy", "2026-03-01"),
        (date(2026, 3, 1), "[$-407]d. mmmm yyyy", "2026-03-01"),
        (datetime.fromisoformat("2026-03-01T14:05"), "d mmm yyyy h:mm AM/PM", "1 Mar 2026 2:05 PM"),
        (0.3958333333333333, "h:mm", "9:30"),
        (1.25, "[h]:mm", "30:00"),
        (501, "00000", "00501"),
        (0.15, "0%", "15%"),
        (19.9, "0.00", "19.90"),
        (1234567.5, "#,##0.00 €", "1,234,567.50 €"),
        (-5.5, '"$"#,##0.00_);[Red]("$"#,##0.00)', "($5.50)"),
        (5.5, '_("$"* #,##0.00_)_("$"* \\(#,##0.00\\)_("$"* "-"??_)_(@_)', "$5.50"),
        (5551234567, "(000) 000-0000", "(555) 123-4567"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (1234567, '#,##0,"k"', "1,235k"),
        (4915112345678, "General", "4915112345678"),
        (0.1 + 0.2, "General", "0.3"),
        (1e20, "General", "1E+20"),
        (True, "General", "TRUE"),
        ("Ann", '"Dear "@', "Dear Ann"),
        (0, "0;-0;;@", ""),
    ],
)
def test_cell_when_it_has_a_format_then_it_is_read_as_it_is_seen(value, code, expected):
    made = book(People=(("name", "value"), ("Ann", value)))
    made["People"]["B2"].number_format = code
    assert read_table(saved(made)).rows == (("Ann", expected),)


def test_sheet_when_it_is_full_then_its_tags_are_not_too_many() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(2001):
        sheet.append([f"words {number} {column}" for column in range(50)])
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as packed:
        refuse_marks(packed)


def test_sheet_when_many_of_its_tags_are_about_no_cell_then_refused() -> None:
    with pytest.raises(InvalidFile, match="more cells"):
        read_table(many_cells_xlsx(b"<x/>" * 150_000))
