"""Fills a model's form with a whole request and opens its page: of a kept video, a file, another model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.catalog import model
from components.catalog.carry import fitting
from components.catalog.models.bhuman import variable_problem
from components.catalog.spec import ModelSpec
from components.studio import Studio
from components.ui.bhuman import people, source
from components.ui.frame.places import MODEL_PAGES
from components.ui.frame.state import Draft

MOST = 2**53 - 1
"""The largest whole number that a browser's field can hold."""
BESIDE = ("failure", *source.BESIDE, "people:refused", "press")
"""What stood beside the old values and says nothing of the new ones."""


def use_settings(studio: Studio, model_id: str, parameters: Mapping[str, Any]) -> None:
    """Opens the model's page with exactly these settings; what is absent or does not fit has its default.

    Call it from the page's own run: Streamlit changes no page from a callback.
    """
    spec = model(model_id)
    draft = Draft(spec)
    values = fitting(spec, {name: value for name, value in parameters.items() if not _is_beyond(value)})
    for name in spec.files():
        values[name] = _here(studio, values[name], spec.control(name).kind)
        draft.set(f"{name}:refused", None)
    draft.fill({**dict.fromkeys(BESIDE), **values})
    if spec.parameters("table"):
        _table(draft, values)
    draft.attempted = False
    # The form counts as begun, so that the last request does not go over these.
    draft.set("begun", True)
    st.switch_page(MODEL_PAGES[spec.id].page)


def _is_beyond(value: Any) -> bool:
    return isinstance(value, int | float) and not abs(value) <= MOST


def _here(studio: Studio, value: Any, kind: str) -> str | None:
    """A file that the library still has, or an address; the page asks for it anew where it is neither."""
    if not isinstance(value, str):
        return None
    if value.startswith("https://"):
        return value
    asset = studio.assets.find(value)
    return value if asset and asset.kind == kind else None


def _table(draft: Draft, values: Mapping[str, Any]) -> None:
    """The table of people goes through its editor, which must have a cell for each column."""
    columns = draft.spec.value(values, "columns") or []
    rows = draft.spec.value(values, "rows") or []
    if variable_problem(columns) or any(len(row) != len(columns) for row in rows):
        columns, rows = ["name"], [[""]]
    people.use_table(draft, list(columns), [list(row) for row in rows] or [[""] * len(columns)])


def titles_of(spec: ModelSpec, names: tuple[str, ...]) -> str:
    """Parameters as people call them, e.g. `Portrait, Voice and Length`."""
    titles = list(dict.fromkeys(spec.control(name).title for name in names))
    return " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else "".join(titles)
