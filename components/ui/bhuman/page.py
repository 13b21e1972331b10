"""BHuman's page: a template or campaign, a table of people, a video for each; the store and the past videos."""

from __future__ import annotations

from functools import partial

import streamlit as st

from components.catalog import model
from components.catalog.check import validate
from components.errors import InvalidRequest, StudioError
from components.studio import Studio
from components.ui.bhuman import people
from components.ui.bhuman.lists import past_videos, store
from components.ui.bhuman.results import rows
from components.ui.bhuman.source import choose, kind_of, source
from components.ui.create.page import hindrances
from components.ui.frame import notices, visitor, words
from components.ui.frame.sides import side_by_side
from components.ui.frame.state import Draft


def bhuman_page(model_id: str) -> None:
    """Draws the page of a model that makes a video for each row of a table."""
    studio, spec = visitor.studio(), model(model_id)
    side = studio.accounts.side(spec.id)
    st.title(spec.title, anchor=False)
    own = studio.accounts.has_own_key(spec.provider)
    notices.quiet(f"{spec.name} · {words.where(side, knows_keys=visitor.knows_keys(), own_key=own)}")
    notices.quiet(f"{spec.pitch} It needs {spec.needs}.")
    notices.undocumented(spec)
    if not studio.person.may("make"):
        notices.looks_on()
        rows(studio, spec)
        return
    draft = Draft(spec)
    empty = {draft.named("columns"): ["name", "company"], draft.named("rows"): [["", ""]]}
    draft.begin(studio, empty)
    make, shop, past = st.tabs(["New videos", "Store", "Past videos"])
    with make:
        _make(studio, draft)
    draft.keep(studio)
    if side == "off":
        return
    with shop:
        store(studio, draft, partial(choose, draft, "template"))
    with past:
        past_videos(studio, kind := kind_of(draft), draft.at(kind), draft.key("past:page"))


def _make(studio: Studio, draft: Draft) -> None:
    problems = _problems(draft)
    left, right = side_by_side([6, 8], gap="medium")
    with left:
        with st.container(border=True):
            source(studio, draft, problems)
        with st.container(border=True):
            people.people(draft, problems)
            st.button("Fill in an example", on_click=_example, args=(draft,), type="tertiary")
        with st.container(key=draft.key("generate-bar")):
            _generate_bar(studio, draft, len(problems))
    with right:
        st.html('<div id="videos"></div>')
        rows(studio, draft.spec)


def _example(draft: Draft) -> None:
    example, spec = draft.spec.example, draft.spec
    rows = [list(row) for row in spec.value(example, "rows")]
    people.use_table(draft, list(spec.value(example, "columns")), rows)


def _request(draft: Draft) -> dict[str, object]:
    return draft.values() | {draft.named("rows"): people.taken(draft)}


def _problems(draft: Draft) -> dict[str, str]:
    if not draft.attempted:
        return {}
    try:
        validate(draft.spec, _request(draft))
    except InvalidRequest as refused:
        return refused.problems
    return {}


def _generate_bar(studio: Studio, draft: Draft, to_correct: int) -> None:
    count, side = len(people.taken(draft)), studio.accounts.side(draft.spec.id)
    button, cost = st.columns([5, 7], vertical_alignment="center")
    with button:
        st.button(
            f"Generate {count} video{'' if count == 1 else 's'}" if count else "Generate",
            key=draft.key("generate"),
            type="primary",
            on_click=_submit,
            args=(studio, draft),
            disabled=side == "off",
            width="stretch",
        )
    with cost:
        price, _ = words.price(draft.spec, side, None, visitor.knows_keys(draft.spec.provider))
        said = "a video for each row" if side == "sandbox" else "each row takes credits of your BHuman plan"
        st.html(f'<div class="st-price"><b>{price}</b><span class="st-quiet">{said}</span></div>')
    hindrances(studio, draft, side, to_correct, _request(draft))


def _submit(studio: Studio, draft: Draft) -> None:
    request = _request(draft)
    if draft.pressed_again(request):
        return
    draft.set("failure", None)
    try:
        studio.generations.submit(draft.spec.id, request)
    except InvalidRequest:
        draft.attempted = True
    except StudioError as failure:
        draft.set("failure", failure)
    else:
        draft.attempted = False
