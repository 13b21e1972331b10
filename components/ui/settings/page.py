"""The settings page: keys, limits, sandbox, downloads, storage, tokens.

Where people sign in, the team's keys and limits are for admins: all others find what concerns them.
"""

from __future__ import annotations

import streamlit as st

from components.studio import Studio
from components.ui.frame import notices, visitor
from components.ui.settings.ceiling import ceiling, what_is_left
from components.ui.settings.elsewhere import elsewhere
from components.ui.settings.keys import own_keys, team_keys
from components.ui.settings.rehearsal import rehearsal
from components.ui.settings.storage import storage
from components.ui.settings.tokens import tokens
from components.version import VERSION

SANDBOX_WORDS = {
    "auto": "On for providers without a key (STUDIO_SANDBOX=auto).",
    "always": "On for every provider, with or without a key (STUDIO_SANDBOX=always).",
    "never": "Off (STUDIO_SANDBOX=never): a provider without a key cannot be used.",
}


def settings_page() -> None:
    """Draws the settings page."""
    studio = visitor.studio()
    notices.last_press()
    if studio.person.may("administer"):
        _for_admins(studio)
    else:
        _for_others(studio)
    if studio.person.may("make") and not studio.person.is_local:
        own_keys(studio)
    elsewhere(studio)
    tokens(studio)
    notices.quiet(f"Screentest {VERSION}")


def _for_others(studio: Studio) -> None:
    st.title("See what is set for you", anchor=False)
    notices.quiet("All else is set by the admins of this studio.")
    if studio.person.may("make"):
        st.header("Your limits", anchor=False)
        what_is_left(studio)
    st.header("Sandbox", anchor=False)
    notices.quiet(
        "Where a model's page says sandbox, simple clips are rendered on the studio's own machine for nothing."
    )
    _rehearsal(studio)
    st.header("Downloads", anchor=False)
    _tagging(studio)
    st.header("Storage", anchor=False)
    storage(studio)


def _for_admins(studio: Studio) -> None:
    st.title("Keys, sandbox and storage", anchor=False)
    notices.quiet("Keys are never shown again, never logged, and sent to their own provider only.")
    st.header("Providers", anchor=False)
    team_keys(studio)
    st.header("Ceiling", anchor=False)
    ceiling(studio)
    st.header("Sandbox", anchor=False)
    st.write(SANDBOX_WORDS[studio.settings.sandbox])
    notices.quiet("The sandbox speaks each provider's API on this machine and renders simple clips for nothing.")
    _rehearsal(studio)
    st.header("Downloads", anchor=False)
    _tagging(studio)
    st.header("Storage", anchor=False)
    storage(studio)
    if studio.settings.gateway:
        st.header("Gateway", anchor=False)
        st.write("All traffic to providers goes through the gateway set in STUDIO_GATEWAY.")


def _rehearsal(studio: Studio) -> None:
    if studio.settings.sandbox != "never" and studio.person.may("make"):
        rehearsal(studio)


def _tagging(studio: Studio) -> None:
    """The one switch of what travels inside a downloaded file."""

    def keep() -> None:
        studio.preferences.tagging = st.session_state["settings:tagging"]

    if "settings:tagging" not in st.session_state:
        st.session_state["settings:tagging"] = studio.preferences.tagging
    st.toggle("Settings travel inside the file", key="settings:tagging", on_change=keep)
    never = "keys, addresses or names" if visitor.knows_keys() else "addresses or names"
    notices.quiet(
        "Model, parameters and studio version are written into a downloaded video; dropped on the gallery, it "
        f"brings its settings back. Never {never} of people. Picture and sound are not touched."
    )
