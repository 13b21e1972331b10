"""What files are called when they are given away: names of people in any script stay readable."""

from __future__ import annotations

import unicodedata

import pytest

from components.library.names import row_name
from components.library.records import Output


def called(label: str) -> str:
    return row_name(Output.model_construct(position=2, key="outputs/a.mp4", facts={"label": label}))


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Ann", "003-Ann.mp4"),
        (unicodedata.normalize("NFD", "José Müller"), "003-José-Müller.mp4"),
        ("प्रिया", "003-प्रिया.mp4"),
        ("น้ำผึ้ง", f"003-{unicodedata.normalize('NFC', 'น้ำผึ้ง')}.mp4"),
        ("../a\\b: c", "003-a-b-c.mp4"),
        ("", "003.mp4"),
    ],
    ids=["plain", "decomposed", "hindi", "thai", "path", "none"],
)
def test_row_when_its_label_is_a_name_then_its_file_keeps_every_letter(label, name):
    assert called(label) == name


def test_row_when_its_label_is_long_then_no_letter_loses_its_marks():
    assert called("x" * 39 + "प्रि") == f"003-{'x' * 39}.mp4"
