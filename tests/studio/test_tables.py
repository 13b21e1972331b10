"""Tables of people as the form has them, from a file or from what was pasted."""

from __future__ import annotations

import pytest

from components.errors import InvalidFile
from components.studio.tables import People, Tables

PEOPLE = People(["name", "company"], [["Ann", "Öl AG"], ["Bob", ""]])


@pytest.mark.parametrize(
    "given", ["name\tcompany\nAnn\tÖl AG\nBob\t\n", "name,company\nAnn,Öl AG\nBob,\n".encode()]
)
def test_table_when_pasted_or_uploaded_then_the_same_people(given):
    assert Tables().read(given, "people.csv") == PEOPLE


def test_table_when_nothing_was_pasted_then_the_sentence_says_what_holds_none():
    with pytest.raises(InvalidFile, match="What you pasted holds no table"):
        Tables().read("", "What you pasted")
