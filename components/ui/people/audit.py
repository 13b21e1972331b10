"""What was done in the studio, the last first: who, what, to what, and when where the visitor is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

import streamlit as st

from components.catalog import MODELS
from components.library.records import Audited
from components.studio import Studio
from components.studio.people import AUDIT_PAGE
from components.ui.frame import notices, visitor

PAGES = "people:audit-pages"
"""The last entry of each page that was turned, so that the way back is known."""


def audit(studio: Studio) -> None:
    turned: list[int] = st.session_state.setdefault(PAGES, [])
    entries = studio.people.audit(turned[-1] if turned else None)
    if not entries and not turned:
        notices.quiet("Nothing was done yet. Sign-ins, changes and everything that is sent will stand here.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        notices.quiet("Kept for good; nobody can change or remove a line.")
        st.download_button(
            "Download as CSV",
            # Made at the press, which is noted too.
            data=studio.people.audit_csv,
            file_name="screentest-audit.csv",
            mime="text/csv",
            key="people:audit-csv",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    _table(entries)
    with st.container(horizontal=True, gap="small"):
        if turned:
            st.button("Newest", key="people:audit-newest", type="tertiary", on_click=turned.clear)
        if len(entries) == AUDIT_PAGE:
            st.button("Earlier", key="people:audit-earlier", on_click=turned.append, args=(entries[-1].id,))


def _table(entries: Sequence[Audited]) -> None:
    if not entries:
        notices.quiet("Nothing earlier.")
        return
    heads = "".join(f"<th>{name}</th>" for name in ("When", "Who", "What", "About"))
    rows = "".join(_row(entry) for entry in entries)
    st.html(f'<table class="st-table st-audit"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def _row(entry: Audited) -> str:
    cells = (_moment(entry.at), entry.person, entry.action, _about(entry.about))
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _about(about: str) -> str:
    """A model by its name, and of a generation as much of its number as tells it from others."""
    model, _, rest = about.partition(" ")
    return f"{MODELS[model].name} {rest[:8]}" if model in MODELS else about


def _moment(at: float) -> str:
    return f"{datetime.fromtimestamp(at, visitor.zone()):%d %b %Y, %H:%M:%S}"
