"""Tables of people: the usual separators and sheets are read, the rest gets a sentence."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook

from components.errors import InvalidFile
from components.media.table import MAX_ROWS, read_table


def sheet(*rows: tuple[object, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_when_separated_as_usual_then_columns_and_rows_are_found(separator):
    text = separator.join(("name", "company")) + "\n" + separator.join(("Don", "Apple")) + "\n\n"
    table = read_table(text.encode("utf-8-sig"))
    assert (table.columns, table.rows) == (("name", "company"), (("Don", "Apple"),))


def test_csv_when_in_an_old_encoding_then_letters_survive():
    assert read_table("name,city\nJosé,Köln\n".encode("cp1252")).rows == (("José", "Köln"),)


def test_rows_when_ragged_then_they_are_as_wide_as_the_heading():
    assert read_table(b"name,company\nDon\nAnn,Acme,more\n").rows == (("Don", ""), ("Ann", "Acme"))


def test_xlsx_when_it_holds_numbers_then_whole_ones_have_no_point():
    table = read_table(sheet(("name", "year"), ("Ann", 2026.0), ("Bo", None)))
    assert table.rows == (("Ann", "2026"), ("Bo", ""))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"PK\x03\x04 no zip", b"\x00\x01\x02", b",,\na,b,c\n"])
def test_table_when_there_is_none_then_a_sentence_says_so(data):
    with pytest.raises(InvalidFile) as refused:
        read_table(data, "people.csv")
    assert refused.value.message
    assert refused.value.hint


def test_table_when_too_long_then_refused():
    with pytest.raises(InvalidFile, match="more than 2000 rows"):
        read_table(b"name\n" + b"Ann\n" * (MAX_ROWS + 1))
