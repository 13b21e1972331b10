"""The table of people: typed, pasted from a spreadsheet, or read from a file. Keeps it in the draft."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from components.catalog.models.bhuman import variable_problem
from components.errors import StudioError
from components.ui.frame import notices, visitor
from components.ui.frame.state import Draft

SHOWN_ROWS = 330
QUESTIONS = {"sheet": "Which sheet has the people?", "headings": "Which row names the columns?"}


@dataclass(frozen=True)
class _Given:
    """A table as it was brought, and what the person answered about it."""

    table: bytes | str
    name: str
    sheet: str | None = None
    headings: int | None = None


def people(draft: Draft, problems: dict[str, str]) -> None:
    """Draws the table; every change is taken into `variables` and `names` at once."""
    columns = list(draft.at("columns") or ["name"])
    names = draft.at("rows") or [["" for _ in columns]]
    st.html('<div class="st-head"><b>People</b><span>one row a video, 1 to 2,000</span></div>')
    _bring(draft)
    _ask(draft)
    edited = st.data_editor(
        # By number: Streamlit refuses to draw headings that repeat, or that it uses itself (`_index`).
        pd.DataFrame(names, columns=[str(number) for number in range(len(columns))], dtype=str),
        column_config={str(number): heading for number, heading in enumerate(columns)},
        key=f"{draft.key('people')}:{draft.get('people:version') or 0}",
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        height=min(SHOWN_ROWS, 80 + 36 * len(names)),
    )
    draft.set("rows", _rows(edited))
    if notes := draft.get("people:notes"):
        notices.quiet(" ".join(notes))
    notices.problem(
        draft.get("people:refused") or problems.get(draft.named("columns")) or problems.get(draft.named("rows"))
    )


def taken(draft: Draft) -> list[list[str]]:
    """The rows as they stand in the editor; wholly empty ones are left out."""
    return [row for row in draft.get("rows") or [] if any(cell.strip() for cell in row)]


def use_table(draft: Draft, columns: list[str], rows: list[list[str]]) -> None:
    """Puts a table in place of the one that is there."""
    draft.fill({draft.named("columns"): columns, draft.named("rows"): rows, "people:refused": None})
    # A fresh editor: the old one would lay its edits over the new table.
    draft.set("people:version", (draft.get("people:version") or 0) + 1)


def _bring(draft: Draft) -> None:
    with st.container(horizontal=True, gap="small"):
        with st.popover("Upload CSV or XLSX", icon=":material/upload:"):
            key = draft.upload_key("people")
            st.file_uploader(
                "Table", type=["csv", "tsv", "txt", "xlsx"], key=key, on_change=_uploaded, args=(draft, key)
            )
        with st.popover("Paste", icon=":material/content_paste:"):
            st.text_area("Copied from a spreadsheet, with its heading line", key=draft.key("people:pasted"))
            st.button("Use this table", key=draft.key("people:use"), on_click=_pasted, args=(draft,))
        with st.popover("Columns", icon=":material/view_column:"):
            st.text_input(
                "Names of the columns, as the template's variables are called, with commas between",
                key=draft.key("people:columns"),
                placeholder=", ".join(draft.at("columns") or ["name"]),
                on_change=_renamed,
                args=(draft,),
            )


def _uploaded(draft: Draft, key: str) -> None:
    upload: Any = st.session_state.get(key)
    if upload is not None:
        _read(draft, _Given(upload.getvalue(), upload.name))
        draft.next_upload("people")


def _pasted(draft: Draft) -> None:
    _read(draft, _Given(str(draft.get("people:pasted") or ""), "What you pasted"))


def _read(draft: Draft, given: _Given) -> None:
    draft.fill({"people:refused": None, "people:asked": None, "people:notes": ()})
    try:
        table = visitor.studio().tables.read(given.table, given.name, sheet=given.sheet, headings=given.headings)
    except StudioError as refused:
        draft.set("people:refused", str(refused))
        return
    if table.question:
        draft.set("people:asked", (given, table.question))
        return
    use_table(draft, table.columns, table.rows)
    draft.set("people:notes", table.notes)


def _ask(draft: Draft) -> None:
    """What the file leaves open, until it is answered or another one is given."""
    if not draft.get("people:asked"):
        return
    given, question = draft.get("people:asked")
    answers = dict(question.choices)
    st.radio(
        QUESTIONS[question.about],
        list(answers),
        format_func=answers.__getitem__,
        index=None,
        key=draft.key(f"people:{question.about}"),
        on_change=_answered,
        args=(draft, given, question.about),
    )


def _answered(draft: Draft, given: _Given, about: str) -> None:
    answer = draft.get(f"people:{about}")
    if answer is None:
        return
    _read(draft, replace(given, headings=int(answer)) if about == "headings" else replace(given, sheet=answer))


def _renamed(draft: Draft) -> None:
    """New names for the columns; their values stay where they are."""
    given = [name.strip() for name in str(draft.get("people:columns") or "").split(",") if name.strip()]
    if given and (wrong := variable_problem(given)):
        draft.set("people:refused", wrong)
    elif given:
        rows = taken(draft) or [[""]]
        use_table(draft, given, [(row + [""] * len(given))[: len(given)] for row in rows])


def _rows(edited: pd.DataFrame) -> list[list[str]]:
    return [["" if pd.isna(cell) else str(cell) for cell in row] for row in edited.to_numpy().tolist()]
