"""Tables of people that are uploaded or pasted, as the form has them."""

from __future__ import annotations

from dataclasses import dataclass, field

from components.media import gate
from components.media.table import Question


@dataclass(frozen=True)
class People:
    """A heading a column, a row a person; `notes` say what was done that a person might not expect.

    With a `question` there is no table yet: only a person can say which sheet, or which row holds the headings.
    """

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    question: Question | None = None


class Tables:
    """Reads tables; keeps none."""

    def read(
        self, given: bytes | str, name: str, *, sheet: str | None = None, headings: int | None = None
    ) -> People:
        """The people of a CSV or XLSX file, or of text copied from a spreadsheet.

        Args:
            given: the file, or the text.
            name: what the person calls it.
            sheet: the answer to the question which sheet.
            headings: the answer to the question which row names the columns.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        data = given.encode("utf-8") if isinstance(given, str) else given
        table = gate.read_table(data, name, sheet, headings)
        return People(list(table.columns), [list(row) for row in table.rows], table.notes, table.question)
