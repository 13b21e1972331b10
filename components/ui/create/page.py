"""A model's page: inputs and controls on one side, the videos on the other. The same for every model."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from components.catalog import model
from components.catalog.check import validate
from components.catalog.price import estimate
from components.catalog.spec import ModelSpec
from components.errors import CeilingReached, InvalidRequest, StudioError
from components.studio import Plan, Side, Studio
from components.ui.create import form, inputs
from components.ui.create.results import results
from components.ui.frame import ceiling, notices, visitor, words
from components.ui.frame.sides import side_by_side
from components.ui.frame.state import Draft


def model_page(model_id: str) -> None:
    """Draws the page of a model of the catalog."""
    studio, spec = visitor.studio(), model(model_id)
    side = studio.accounts.side(model_id)
    draft = Draft(spec)
    draft.begin(studio)
    _title(studio, spec, side)
    if not studio.person.may("make"):
        notices.looks_on()
        results(studio, spec)
        return
    problems = _problems(draft)
    left, right = side_by_side([6, 8], gap="medium")
    with left:
        _inputs(studio, draft, problems)
        _generate(studio, draft, side, len(problems))
    with right:
        st.html('<div id="videos"></div>')
        results(studio, spec)
    draft.keep(studio)


def _title(studio: Studio, spec: ModelSpec, side: Side) -> None:
    st.title(spec.title, anchor=False)
    own = studio.accounts.has_own_key(spec.provider)
    where = words.where(side, knows_keys=visitor.knows_keys(), own_key=own)
    with st.container(gap="xxsmall"):
        notices.quiet(f"{words.through(spec)} · {_size(spec)} · {where}")
        notices.quiet(f"{spec.pitch} It needs {spec.needs}.")
        notices.undocumented(spec)


def _size(spec: ModelSpec) -> str:
    """How long its clips are."""
    if spec.durations:
        return f"{spec.durations[0].label} to {spec.durations[-1].label} clips at {spec.fps} fps"
    return f"as long as the voice, {words.voice_limit(spec.voice)}" if spec.voice else "one length"


def _inputs(studio: Studio, draft: Draft, problems: dict[str, str]) -> None:
    spec = draft.spec
    with st.container(border=True, key=f"{spec.page}-inputs"):
        for name in spec.parameters("text"):
            if spec.control(name).main:
                form.text(draft, name, problems.get(name))
        for name, column in zip(spec.files(), st.columns(max(1, len(spec.files()))), strict=False):
            with column:
                inputs.file_input(studio, draft, name, problems.get(name))
        if _untouched(draft):
            st.button(
                "Fill in a good example",
                key=draft.key("example"),
                on_click=_fill_example,
                args=(studio, draft),
                icon=":material/auto_fix_high:",
                type="tertiary",
            )
    if not (spec.resolutions or form.has(draft, main=True) or form.has(draft, main=False)):
        return
    with st.container(border=True, key=f"{spec.page}-controls"):
        form.controls(draft, problems, main=True)
        if form.has(draft, main=False):
            with st.expander("More controls"):
                form.controls(draft, problems, main=False)


def _problems(draft: Draft) -> dict[str, str]:
    """What does not fit, by parameter; missing things are told only after a try."""
    if not draft.attempted:
        return {}
    try:
        validate(draft.spec, draft.values())
    except InvalidRequest as refused:
        return refused.problems
    return {}


def _untouched(draft: Draft) -> bool:
    """Whether the good example would still add something: a file, or words in place of none or the default."""
    return bool(_bare_texts(draft)) or any(not draft.get(name) for name in draft.spec.files())


def _bare_texts(draft: Draft) -> set[str]:
    spec = draft.spec
    texts = [name for name in spec.parameters("text") if spec.control(name).main]
    return {name for name in texts if draft.get(name) in (None, "", spec.field(name).get_default())}


def _fill_example(studio: Studio, draft: Draft) -> None:
    """What the person gave already stays."""
    kept = set(draft.spec.parameters("text")) - _bare_texts(draft)
    for name in draft.spec.files():
        if not draft.get(name):
            inputs.use_sample(studio, draft, name)
    draft.fill({name: value for name, value in draft.spec.example.items() if name not in kept})


def _generate(studio: Studio, draft: Draft, side: Side, to_correct: int) -> None:
    with st.container(key=draft.key("generate-bar")):
        _generate_bar(studio, draft, side)
        hindrances(studio, draft, side, to_correct)


def _generate_bar(studio: Studio, draft: Draft, side: Side) -> None:
    spec = draft.spec
    button, cost = st.columns([5, 7], vertical_alignment="center")
    with button:
        st.button(
            "Generate",
            key=draft.key("generate"),
            type="primary",
            shortcut="Ctrl+Enter",
            on_click=_submit,
            args=(studio, draft),
            disabled=side == "off",
            width="stretch",
        )
    with cost:
        price, note = words.price(spec, side, _estimate(studio, draft), visitor.knows_keys(spec.provider))
        usual = words.usual(spec, side, studio.generations.usual(spec.id))
        said = usual if side == "sandbox" else f"{usual} · {note}"
        jump = '<a class="st-jump" href="#videos">See the videos ↓</a>'
        st.html(f'<div class="st-price"><b>{price}</b><span class="st-quiet">{said}</span>{jump}</div>')


def _estimate(studio: Studio, draft: Draft) -> float | None:
    """US dollars for the request at hand, where it can be known before."""
    return estimate(draft.spec, draft.values(), inputs.voice_seconds(studio, draft))


def hindrances(
    studio: Studio, draft: Draft, side: Side, to_correct: int, request: Mapping[str, object] | None = None
) -> None:
    """What keeps a press from going through, or would, said where the press is.

    Args:
        studio: the visitor's.
        draft: the page's form.
        side: where a press of it goes.
        to_correct: how many things do not fit.
        request: what a press sends, where that is not just the form's values.
    """
    plan = studio.ceilings.plan(draft.spec.id, request or draft.values()) if side == "live" else None
    failure = _refused(draft, plan)
    if to_correct:
        things = "One thing" if to_correct == 1 else f"{to_correct} things"
        notices.problem(f"{things} above; nothing was sent.")
    if side == "off":
        notices.careful(_off(draft.spec))
    if not isinstance(failure, CeilingReached):
        ceiling.before_press(plan)
    if failure:
        notices.error(failure)


def _off(spec: ModelSpec) -> str:
    if visitor.knows_keys():
        return f"{spec.provider_name} needs an API key, and the sandbox is off. See Settings."
    return f"{spec.provider_name} is not set up in this studio. Ask an admin."


def _refused(draft: Draft, plan: Plan | None) -> StudioError | None:
    """Why the last press failed; what a ceiling refused is told once, and then for as long as there is no room."""
    failure: StudioError | None = draft.get("failure")
    if isinstance(failure, CeilingReached) and draft.get("told") is failure and not (plan and plan.full):
        draft.set("failure", None)
        return None
    draft.set("told", failure)
    return failure


def _submit(studio: Studio, draft: Draft) -> None:
    """Runs as the press's callback, once a press: the form's values are final by then."""
    if draft.pressed_again():
        return
    draft.set("failure", None)
    try:
        studio.generations.submit(draft.spec.id, draft.values())
    except InvalidRequest:
        draft.attempted = True
    except StudioError as failure:
        draft.set("failure", failure)
    else:
        draft.attempted = False
