"""Access for programs: tokens made, shown once, listed and revoked."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import get_args

import streamlit as st

from components.errors import InvalidRequest, NotFound
from components.library.records import Ceiling
from components.studio import Held, Studio, TokenRole
from components.ui.frame import ceiling_fields, notices, visitor, words
from components.ui.frame.state import leave_message

NAME, ROLE, DAYS, CEILING = "token:name", "token:role", "token:days", "token:ceiling"
NEW, WRONG = "token:new", "token:wrong"
ROLES: dict[TokenRole, str] = {"member": "Makes videos", "viewer": "Only looks", "admin": "All that an admin sees"}
LASTS = {30: "30 days", 90: "90 days", 365: "A year", None: "Until it is revoked"}


def tokens(studio: Studio) -> None:
    """Draws the section, for whoever may make something."""
    if not studio.person.may("make"):
        return
    st.header("Access for programs", anchor=False)
    notices.quiet("A script comes in with a token of yours and may do at most what you may; docs/api.md says how.")
    if made := st.session_state.get(NEW):
        _shown_once(made)
    for held in studio.tokens.all():
        _row(studio, held)
    with st.expander("Make a token", expanded=WRONG in st.session_state):
        _form(studio)


def _shown_once(made: str) -> None:
    with st.container(border=True):
        st.write("Your new token. Copy it now: it is kept nowhere and never shown again.")
        st.code(made, language=None, wrap_lines=True)
        st.button("I have it", key="token:copied", on_click=st.session_state.pop, args=(NEW,))


def _row(studio: Studio, held: Held) -> None:
    one = held.token
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"token-row-{one.id}"):
        used = f"Last used {words.ago(one.last_used_at)}." if one.last_used_at else "Never used."
        said = [f"{ROLES[_role(one.role)]}.", _limits(held.ceiling), used, _ends(one.expires_at)]
        st.html(f"<b>{escape(one.name)}</b><p class='st-quiet'>{escape(' '.join(filter(None, said)))}</p>")
        st.button("Revoke", key=f"token:revoke:{one.id}", on_click=_revoke, args=(studio, held))


def _role(role: str) -> TokenRole:
    return next((each for each in get_args(TokenRole) if each == role), "viewer")


def _limits(ceiling: Ceiling) -> str:
    dollars = {"a day": ceiling.day, "a month": ceiling.month}
    said = [f"${most:.2f} {period}" for period, most in dollars.items() if most is not None]
    said += [f"{ceiling.in_flight} at once"] if ceiling.in_flight else []
    return f"At most {', '.join(said)}." if said else ""


def _ends(at: float | None) -> str:
    if at is None:
        return ""
    ends = datetime.fromtimestamp(at, visitor.zone())
    over = at < datetime.now().astimezone().timestamp()
    return f"{'Ended' if over else 'Ends'} on {ends.day} {ends:%B %Y}."


def _form(studio: Studio) -> None:
    ceiling_fields.begin(CEILING, Ceiling())
    roles = [role for role in ROLES if role != "admin" or studio.person.sees_all]
    with st.form("tokens"):
        st.text_input("What it is for", key=NAME, placeholder="e.g. nightly renders", max_chars=80)
        may, lasts = st.columns(2)
        with may:
            st.selectbox("What it may do", roles, format_func=ROLES.__getitem__, key=ROLE, filter_mode=None)
        with lasts:
            st.selectbox("How long", list(LASTS), format_func=LASTS.__getitem__, key=DAYS, filter_mode=None)
        notices.quiet("Limits of its own, beside yours; an empty field is none.")
        ceiling_fields.fields(CEILING)
        notices.problem(st.session_state.pop(WRONG, None))
        st.form_submit_button("Make the token", on_click=_make, args=(studio,))


def _make(studio: Studio) -> None:
    """Runs as the press's callback, so that the page is drawn with what it left."""
    given = ceiling_fields.given(CEILING)
    limited = any(each is not None for each in (given.day, given.month, given.in_flight))
    state = st.session_state
    try:
        made = studio.tokens.make(state[NAME], state[ROLE], given if limited else None, state[DAYS])
    except InvalidRequest as refused:
        state[WRONG] = " ".join(refused.problems.values())
        return
    state[NEW], state[NAME] = made.words, ""


def _revoke(studio: Studio, held: Held) -> None:
    try:
        studio.tokens.revoke(held.token.id)
    except NotFound as gone:
        leave_message(str(gone))
        return
    leave_message(f"{held.token.name} does not come in any more. What it sent goes on.")
