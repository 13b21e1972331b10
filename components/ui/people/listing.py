"""Everybody who may come in, a row each: their role, their sign-ins, and what an admin can change."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.errors import InvalidRequest
from components.library.records import PersonRole
from components.studio import Listed, Studio
from components.ui.frame import notices, visitor, words
from components.ui.frame.sign_in import ROLES
from components.ui.frame.state import leave_message, stand, typed

GIVEN: tuple[PersonRole, ...] = ("member", "viewer", "admin")
"""The roles that let somebody in, the usual first."""
SETTINGS = {"admin": "STUDIO_ADMINS", "member": "STUDIO_MEMBERS", "viewer": "STUDIO_VIEWERS"}
EMAIL, ROLE, WRONG, FIND = "people:email", "people:role", "people:wrong", "people:find"
FEW, MOST = 12, 50
"""From how many on they can be searched, and how many are shown."""


def add(studio: Studio) -> None:
    """By e-mail, before they have come for the first time."""
    with st.form("people-add"):
        address, role, press = st.columns([6, 4, 3], vertical_alignment="bottom")
        with address:
            st.text_input("E-mail address", key=EMAIL, placeholder="name@example.com", autocomplete="off")
        with role:
            st.selectbox("Role", GIVEN, key=ROLE, format_func=lambda one: ROLES[one], filter_mode=None)
        with press:
            st.form_submit_button("Let in", type="primary", width="stretch", on_click=_let_in, args=(studio,))
        notices.problem(st.session_state.pop(WRONG, None))


def listing(studio: Studio) -> None:
    """Admins first."""
    people = studio.people.all()
    sought = ""
    if len(people) > FEW:
        sought = st.text_input(
            "Find", key=FIND, placeholder="Find by e-mail address", label_visibility="collapsed"
        )
    found = [one for one in people if str(sought or "").strip().casefold() in one.email]
    for one in found[:MOST]:
        _row(studio, one)
    _said(people, found)


def _said(people: Sequence[Listed], found: Sequence[Listed]) -> None:
    if not found:
        notices.quiet("Nobody's address holds these letters.")
    elif len(found) > MOST:
        notices.quiet(f"{MOST} of {len(found):,} are shown; find others by their address.")
    elif len(people) == 1:
        notices.quiet("Nobody else yet. Let somebody in above, or a whole domain by STUDIO_MEMBERS.")


def _row(studio: Studio, one: Listed) -> None:
    with st.container(key=f"people-row-{one.email}", border=True):
        who, role, acts = st.columns([7, 3, 4], vertical_alignment="center")
        with who:
            said = " ".join(filter(None, [_sign_ins(one), _why_fixed(studio, one)]))
            st.html(
                f'<p class="st-who"><b>{escape(_name(one))}</b>{_you(studio, one)}</p>'
                f'<p class="st-quiet st-who">{escape(said)}</p>'
            )
        with role:
            _role(studio, one)
        with acts, st.container(horizontal=True, gap="small", key=f"people-acts-{one.email}"):
            _acts(studio, one)


def _name(one: Listed) -> str:
    return f"Everybody at {one.email[1:]}" if one.email.startswith("@") else one.email


def _you(studio: Studio, one: Listed) -> str:
    return ' <span class="st-quiet">you</span>' if one.email == studio.person.owner else ""


def _sign_ins(one: Listed) -> str:
    if one.email.startswith("@"):
        return "Whoever comes in by this is listed by their own address."
    if one.signed_in is None:
        return "Not signed in."
    last = words.ago(one.signed_in.at)
    if visitor.way_in() == "proxy":
        return f"Last came in {last}."
    count = one.signed_in.browsers
    return f"Signed in {last}." if count == 1 else f"Signed in with {count} browsers, the last {last}."


def _why_fixed(studio: Studio, one: Listed) -> str:
    """Why the page does not change what they are; nothing where it does."""
    if one.fixed and one.role:
        return f"Named in the settings ({SETTINGS[one.role]}); change it there."
    return "Another admin can change what you are." if one.email == studio.person.owner else ""


def _role(studio: Studio, one: Listed) -> None:
    """A choice, where there is one."""
    if _why_fixed(studio, one):
        st.html(f'<p class="st-who">{ROLES[one.role or "out"]}</p>')
        return
    known = one.role in GIVEN
    # Two controls: one that may stand empty has a cross to empty it.
    key = f"people:{'role' if known else 'again'}:{one.email}"
    stand(key, one.role if known else None)
    st.selectbox(
        f"Role of {one.email}",
        GIVEN,
        index=0 if known else None,
        key=key,
        format_func=lambda role: ROLES[role],
        placeholder=ROLES["out"],
        filter_mode=None,
        label_visibility="collapsed",
        on_change=_change,
        args=(studio, one.email, key),
    )


def _acts(studio: Studio, one: Listed) -> None:
    if one.signed_in and one.role not in ("out", None):
        until = "A proxy signs people in by the day: they are out until midnight UTC."
        st.button(
            "Sign out",
            key=f"people:sign-out:{one.email}",
            on_click=_sign_out,
            args=(studio, one.email),
            help=until if visitor.way_in() == "proxy" else "In every browser. They can sign in again.",
        )
    if one.fixed or one.email == studio.person.owner:
        return
    if one.role == "out":
        st.button(
            "Take off the list",
            key=f"people:forget:{one.email}",
            on_click=_forget,
            args=(studio, one.email),
            type="tertiary",
            help="From then on only the settings say whether they come in, by their domain.",
        )
    else:
        st.button("Take out", key=f"people:out:{one.email}", on_click=_take_out, args=(studio, one))


# --- presses


def _let_in(studio: Studio) -> None:
    """Runs as the press's callback, so that the list is drawn with what it left."""
    email, role = typed(EMAIL).strip(), st.session_state[ROLE]
    if email.casefold() == studio.person.owner:
        st.session_state[WRONG] = "That is you; another admin can change what you are."
        return
    try:
        studio.people.set_role(email, role)
    except InvalidRequest as refused:
        st.session_state[WRONG] = " ".join(refused.problems.values())
        return
    st.session_state[EMAIL] = ""
    leave_message(f"{email} comes in as {ROLES[role].lower()}.")


def _change(studio: Studio, email: str, key: str) -> None:
    role = st.session_state[key]
    if role is not None:
        studio.people.set_role(email, role)
        leave_message(f"{email} is {ROLES[role].lower()} now.")


def _take_out(studio: Studio, one: Listed) -> None:
    studio.people.set_role(one.email, "out")
    if one.signed_in:
        studio.people.sign_out(one.email)
    leave_message(f"{one.email} is out. What they made is kept.")


def _sign_out(studio: Studio, email: str) -> None:
    studio.people.sign_out(email)
    leave_message(f"{email} is signed out everywhere within a minute.")


def _forget(studio: Studio, email: str) -> None:
    studio.people.set_role(email, None)
    leave_message(f"{email} is off the list.")
