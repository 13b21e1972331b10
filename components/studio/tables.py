"""Tables of people that are uploaded or pasted, as the form has them."""

from __future__ import annotations

from dataclasses import dataclass

from components.media.table import read_table


@dataclass(frozen=True)
class People:
    """A heading a column, a row a person."""

    columns: list[str]
    rows: list[list[str]]


class Tables:
    """Reads tables; keeps none."""

    def read(self, given: bytes | str, name: str) -> People:
        """The people of a CSV or XLSX file, or of text copied from a spreadsheet.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        data = given.encode("utf-8") if isinstance(given, str) else given
        table = read_table(data, name)
        return People(list(table.columns), [list(row) for row in table.rows])
