"""Tables that people open in a spreadsheet: nothing in them runs, whatever it splits cells at."""

from __future__ import annotations

import csv
import io

import pytest

from components.library.spreadsheet import written


def cell(text: str) -> str:
    table = written([["name"], [text]]).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(table, newline="")))[1][0]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "−"])
@pytest.mark.parametrize("before", ["", "a;", "a\t", "a\n", 'a;"', "a; ", "a|", " "])
def test_cell_when_a_spreadsheet_would_run_it_then_it_is_text(before, sign):
    text = f"{before}{sign}cmd()"
    found = cell(text)
    assert found.replace("'", "") == text.replace("'", "")
    assert "'" in found[: found.index(sign)]


@pytest.mark.parametrize("text", ["Ann", "3 + 4", "a-b", "me@example.com", "x=y", "Ann; Bob", "", "12:30"])
def test_cell_when_nothing_would_run_it_then_it_stays_as_it_is(text):
    assert cell(text) == text


def test_table_when_written_then_excel_reads_its_accents():
    assert written([["Zoë"]]).encode().startswith(b"\xef\xbb\xbf")
