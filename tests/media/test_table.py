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


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_csv_when_separated_as_usual_then_columns_and_rows_are_found(separator):
    text = separator.join(("name", "company")) + "\n" + separator.join(("Don", "Apple")) + "\n\n"
    table = read_table(text.encode("utf-8-sig"))
    assert (table.columns, table.rows) == (("name", "company"), (("Don", "Apple"),))


def test_csv_when_in_an_old_encoding_then_letters_survive():
    assert read_table("name,city\nJosé,Köln\n".encode("cp1252")).rows == (("José", "Köln"),)


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


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('\ufeffname;company\r\nAnaïs;"Müller; Söhne"\r\nBob;Globex\r\n', ("Anaïs", "Müller; Söhne")),
        ('name,company\r\nAnn,"Bob\'s ""Garage"""\r\nBob,Acme\r\n', ("Ann", 'Bob\'s "Garage"')),
        ('name, company\nAnn, "Acme, Inc"\nBob, Globex\n', ("Ann", "Acme, Inc")),
        ("\ufeffsep=;\r\nname;company\r\nAnn;Acme, Inc\r\n", ("Ann", "Acme, Inc")),
        ("name,company\rAnn,Acme\rBob,Globex\r", ("Ann", "Acme")),
        ("name;price\nAnn;1,5\nBob;2,5\n", ("Ann", "1,5")),
    ],
    ids=["semicolons", "doubled", "spaces", "said", "carriage-returns", "decimal-commas"],
)
def test_csv_when_written_as_programs_do_then_each_cell_is_right(written, expected):
    table = read_table(written.encode())
    assert (len(table.columns), table.rows[0]) == (2, expected)


def test_csv_when_quotes_are_doubled_only_far_below_then_they_are_read_there_too():
    written = "name,company\n" + "Ann,Acme\n" * 1000 + 'Bob,"a ""late"" quote"\n'
    assert read_table(written.encode()).rows[-1] == ("Bob", 'a "late" quote')


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_text_when_saved_as_unicode_then_it_is_read(encoding):
    table = read_table("name\tcity\r\nAnaïs\tNîmes\r\n".encode(encoding))
    assert (table.columns, table.rows) == (("name", "city"), (("Anaïs", "Nîmes"),))


def test_csv_when_from_an_old_mac_then_letters_survive():
    assert read_table("name,city\rJosé,Köln\r".encode("mac_roman")).rows == (("José", "Köln"),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("name,company\nBob,Globex\nAnn,Acme, Inc\n", "Row 3 has a cell beyond the headings: Inc"),
        ("name,,,company\nAnn,x,y,Acme\n", "Columns 2 and 3 have values but no heading"),
        ("name,name\nAnn,Acme\n", "Two columns are called name"),
        ('name,company\nBob,Globex\n"Ann,Acme\nCy,Initech\n', "Below row 2 a quotation mark is opened"),
    ],
)
def test_table_when_a_cell_has_no_place_then_refused_with_the_row(written, said):
    with pytest.raises(InvalidFile, match=said):
        read_table(written.encode())


def test_rows_when_shorter_than_the_headings_then_they_are_named():
    table = read_table(b"name,company\nAnn,Acme\n\nDon\n")
    assert table.rows == (("Ann", "Acme"), ("Don", ""))
    assert "Row 4 is shorter" in " ".join(table.notes)


def test_title_when_an_empty_row_follows_then_the_headings_are_found_below():
    table = read_table(sheet(("Contacts 2026",), (), ("name", "company"), ("Ann", "Acme")))
    assert (table.columns, table.rows) == (("name", "company"), (("Ann", "Acme"),))
    assert "row 3" in " ".join(table.notes)


def test_title_when_the_headings_follow_at_once_then_it_is_asked():
    written = b"Contacts\nname,company\nAnn,Acme\n"
    question = read_table(written).question
    assert question.about == "headings"
    assert [answer for answer, _ in question.choices] == ["1", "2"]
    assert read_table(written, headings=2).columns == ("name", "company")
