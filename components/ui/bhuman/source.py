"""What each row's video is made from: a template or a campaign, chosen in one place, by name or by its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from components.catalog.models.bhuman import campaign_id, instance_id, page_of
from components.errors import StudioError
from components.studio import Studio
from components.ui.bhuman.lists import Kind, find_name, list_names
from components.ui.create import form
from components.ui.frame import notices, told
from components.ui.frame.state import Draft, stand

PICK = "source"
BESIDE = (
    PICK,
    *(f"{kind}:{what}" for kind in ("template", "campaign") for what in ("chosen", "typed", "kept", "refused")),
)
"""What the session keeps beside the two parameters; it says nothing of other values."""


@dataclass(frozen=True)
class Way:
    """One of the two, as a person is told of it."""

    label: str
    sentence: str
    id_in: Callable[[str], str | None]


WAYS: Mapping[Kind, Way] = {
    "template": Way(
        "Template (instance)",
        "A recording in your BHuman account, whose variables each row fills in.",
        instance_id,
    ),
    "campaign": Way(
        "Campaign",
        "A campaign of your BHuman account, with all that was set there; each row adds a video to it.",
        campaign_id,
    ),
}


def source(studio: Studio, draft: Draft, problems: Mapping[str, str]) -> None:
    """Draws the choice, and what goes with a campaign only."""
    kind = kind_of(draft)
    st.html('<div class="st-head"><b>Template or campaign</b><span>what each row makes personal</span></div>')
    stand(draft.key(PICK), kind)
    st.segmented_control(
        "Make the videos from",
        list(WAYS),
        format_func=lambda one: WAYS[one].label,
        key=draft.key(PICK),
        on_change=_switched,
        args=(draft,),
        required=True,
        label_visibility="collapsed",
    )
    notices.quiet(WAYS[kind].sentence)
    if studio.accounts.side(draft.spec.id) == "off":
        _pasting(draft, kind)
    else:
        _choice(studio, draft, kind)
    wrong = problems.get(draft.named("template")) or problems.get(draft.named("campaign"))
    notices.problem(draft.get(f"{kind}:refused") or wrong)
    _own_controls(draft, kind, problems)


def kind_of(draft: Draft) -> Kind:
    """Which of the two the form is set to."""
    return draft.get(PICK) or ("campaign" if draft.at("campaign") else "template")


def choose(draft: Draft, kind: Kind, identifier: str | None) -> None:
    """Takes one; the other is left out, and kept for whoever switches back.

    Call it from a callback, or before the choice is drawn.
    """
    other: Kind = "template" if kind == "campaign" else "campaign"
    if draft.at(other):
        draft.set(f"{other}:kept", draft.at(other))
    draft.fill({PICK: kind, f"{kind}:refused": None, draft.named(kind): identifier, draft.named(other): None})


def _switched(draft: Draft) -> None:
    kind = kind_of(draft)
    choose(draft, kind, draft.get(f"{kind}:kept"))


def _choice(studio: Studio, draft: Draft, kind: Kind) -> None:
    """From the account's list, or pasted: BHuman does not open its lists to every key."""
    known, closed = list_names(studio, draft.spec, kind)
    identifier = draft.at(kind)
    if known:
        key = draft.key(f"{kind}:chosen")
        stand(key, identifier if identifier in known else None)
        st.selectbox(
            f"Choose a {kind}",
            list(known),
            format_func=lambda one: known[one],
            index=None,
            key=key,
            placeholder=f"Choose a {kind}; type to search",
            on_change=_chose,
            args=(draft, kind),
            label_visibility="collapsed",
        )
    if closed:
        notices.quiet(told.sentence(closed.info()))
    _pasting(draft, kind)
    if identifier and identifier not in known:
        _checked(studio, draft, kind, identifier)


def _pasting(draft: Draft, kind: Kind) -> None:
    st.text_input(
        "Or paste its id or its page's address",
        key=draft.key(f"{kind}:typed"),
        placeholder=draft.spec.control(draft.named(kind)).placeholder,
        on_change=_pasted,
        args=(draft, kind),
    )


def _checked(studio: Studio, draft: Draft, kind: Kind, identifier: str) -> None:
    """Whether the account has what was pasted, where BHuman can be asked."""
    try:
        name = find_name(studio, draft.spec, kind, identifier)
    except StudioError:
        notices.quiet(f"{kind.capitalize()} {identifier}: BHuman did not let us check it.")
        return
    if name is None:
        notices.careful(f"BHuman does not find {kind} {identifier} in your account. Look at the id again.")
    else:
        notices.quiet(f"{kind.capitalize()}: {name}, found in your account.")


def _chose(draft: Draft, kind: Kind) -> None:
    draft.set(f"{kind}:typed", "")
    choose(draft, kind, draft.get(f"{kind}:chosen"))


def _pasted(draft: Draft, kind: Kind) -> None:
    """An address says itself which of the two it is of; a bare id is of the kind that is chosen."""
    given = str(draft.get(f"{kind}:typed") or "").strip()
    of = page_of(given) or kind
    found = WAYS[of].id_in(given)
    if found:
        draft.fill({f"{kind}:refused": None, f"{kind}:typed": "", f"{of}:typed": given})
        choose(draft, of, found)
    elif given:
        draft.set(f"{kind}:refused", f"There is no {of}'s id in what you pasted.")
    else:
        draft.set(f"{kind}:refused", None)


def _own_controls(draft: Draft, kind: Kind, problems: Mapping[str, str]) -> None:
    """Those that go with the chosen kind only."""
    names = [name for name in draft.spec.parameters() if draft.spec.control(name).only_with == kind]
    for name, column in zip(names, st.columns(max(1, len(names)), gap="medium"), strict=False):
        with column:
            form.widget(draft, name)
            notices.problem(problems.get(name))
