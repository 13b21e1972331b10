"""Who looks at a page: their studio, their zone. The guard wrote who it is into headers of its own."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from components import studio as studios
from components.errors import NotConfigured
from components.settings import SignIn
from components.studio import Studio


def studio() -> Studio:
    """The studio as the visitor has it; whoever is not in may do nothing in it."""
    server = studios.current()
    if server.settings.sign_in == "off":
        return server
    return studios.of("" if refusal() else email())


def is_in() -> bool:
    """Whether they are one of the studio's people."""
    return studio().person.may("look")


def knows_keys(provider: str = "") -> bool:
    """Whether they hear of keys: the team's are in the hands of admins, one for a provider may be their own."""
    try:
        mine = studio()
        return mine.person.may("administer") or bool(provider and mine.accounts.has_own_key(provider))
    except NotConfigured:
        return True  # no studio runs: whoever reads this has started it


def email() -> str:
    """Their address, whether they are in or not; nothing where nobody is signed in."""
    return str(st.context.headers.get("X-Screentest-Visitor") or "")


def refusal() -> str:
    """Why they are not in; nothing where they are, or where nobody is signed in."""
    return str(st.context.headers.get("X-Screentest-Refusal") or "")


def way_in() -> SignIn:
    """How people sign in here."""
    return studios.current().settings.sign_in


def zone() -> ZoneInfo | None:
    """Where the visitor is; None where the browser tells no zone that is known.

    `datetime` takes None for the server's own zone.
    """
    try:
        return ZoneInfo(st.context.timezone or "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
