"""Fills a model's form with a whole request and opens its page: of a kept video, a file, another model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from components.catalog import model
from components.catalog.carry import fitting
from components.catalog.models.bhuman import variable_problem
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.studio import Studio
from components.ui.bhuman import people, source
from components.ui.frame.places import MODEL_PAGES
from components.ui.frame.state import Draft

MOST = 2**53 - 1
"""The largest whole number that a browser's field can hold."""
BESIDE = ("failure", *source.BESIDE, "people:refused", "press")
"""What stood beside the old values and says nothing of the new ones."""


def use_settings(
    studio: Studio, model_id: str, parameters: Mapping[str, Any], refused: Mapping[str, str] | None = None
) -> None:
    """Opens the model's page with exactly these settings; what is absent or does not fit has its default.

    Call it from the page's own run: Streamlit changes no page from a callback.

    Args:
        studio: the visitor's.
        model_id: whose page.
        parameters: by documented name.
        refused: why files stay behind, which the page says where it asks for them anew.
    """
    spec = model(model_id)
    draft = Draft(spec)
    values = fitting(spec, {name: value for name, value in parameters.items() if not _is_beyond(value)})
    for name in spec.files():
        values[name], wrong = _file(studio, spec, name, values[name])
        draft.set(f"{name}:refused", wrong or (refused or {}).get(name))
    draft.fill({**dict.fromkeys(BESIDE), **values})
    if spec.parameters("table"):
        _table(draft, values)
    draft.attempted = False
    # The form counts as begun, so that the last request does not go over these.
    draft.set("begun", True)
    st.switch_page(MODEL_PAGES[spec.id].page)


def _is_beyond(value: Any) -> bool:
    return isinstance(value, int | float) and not abs(value) <= MOST


def _file(studio: Studio, spec: ModelSpec, name: str, value: Any) -> tuple[str | None, str | None]:
    """A file that the library still has and the model takes, or an address; else nothing, and why.

    The page asks anew for what is gone.
    """
    if not isinstance(value, str):
        return None, None
    if value.startswith("https://"):
        return value, None
    asset = studio.assets.find(value)
    if asset is None or asset.kind != spec.control(name).kind:
        return None, None
    try:
        return studio.assets.fit(asset.id, spec.id).id, None
    except StudioError as refused:
        return None, str(refused)


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
