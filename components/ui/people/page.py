"""The page for admins: who comes in and as what, and what was done here. To others it says whom to ask."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from components.studio import Studio
from components.ui.frame import notices, visitor
from components.ui.people.audit import audit
from components.ui.people.before import before
from components.ui.people.limits import limits
from components.ui.people.listing import add, listing

TITLE = "Say who comes in, and see what was done"
STYLE = Path(__file__).with_suffix(".css")


def people_page() -> None:
    """Draws the page."""
    studio = visitor.studio()
    if studio.person.is_local:
        st.title(TITLE, anchor=False)
        _without_sign_in()
    elif studio.person.may("administer"):
        st.html(STYLE)
        st.title(TITLE, anchor=False)
        _page(studio)
    else:
        st.title("This page is for admins", anchor=False)
        notices.quiet("Only the admins of this studio see its people. Ask one of them to change what you may do.")


def _page(studio: Studio) -> None:
    notices.last_press()
    notices.quiet(
        "An admin sets everything, a member makes videos, a viewer looks and never spends. "
        "A change reaches open pages within a minute."
    )
    before(studio)
    people, most, done = st.tabs(["People", "Limits", "What was done"])
    with people:
        add(studio)
        listing(studio)
    with most:
        limits(studio)
    with done:
        audit(studio)


def _without_sign_in() -> None:
    """What a studio of one person would have to set."""
    st.html(
        '<div class="st-empty"><h2>Nobody signs in here</h2><span>This studio is one person\'s. To share it with '
        "a team, set how people sign in and who may:</span><br><ol>"
        "<li>STUDIO_OIDC_URL with its client, for Google, Microsoft, Okta or Keycloak; or STUDIO_PROXY_SECRET, "
        "where a proxy signs people in.</li>"
        "<li>STUDIO_ADMINS: the e-mail addresses of those who let the others in.</li>"
        "<li>Start the studio anew. Each step is in docs/sign-in.md.</li></ol></div>"
    )
