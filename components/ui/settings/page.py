"""The settings page: for each provider, key or no key, live or sandbox, and a free check; then all the rest.

Where people sign in, that is for admins: all others find what concerns them, and not a word of keys.
"""

from __future__ import annotations

import streamlit as st

from components.catalog import MODELS
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.studio import Studio
from components.ui.frame import notices, visitor
from components.ui.settings.ceiling import ceiling, what_is_left
from components.ui.settings.elsewhere import elsewhere
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
    st.header("Downloads", anchor=False)
    _tagging(studio)
    st.header("Storage", anchor=False)
    storage(studio)


def _for_admins(studio: Studio) -> None:
    st.title("Keys, sandbox and storage", anchor=False)
    notices.quiet("Keys are never shown again, never logged, and sent to their own provider only.")
    st.header("Providers", anchor=False)
    for provider, models in _by_provider(studio).items():
        with st.container(border=True):
            _provider(studio, provider, models)
    st.header("Ceiling", anchor=False)
    ceiling(studio)
    st.header("Sandbox", anchor=False)
    st.write(SANDBOX_WORDS[studio.settings.sandbox])
    notices.quiet("The sandbox speaks each provider's API on this machine and renders simple clips for nothing.")
    if studio.settings.sandbox != "never":
        rehearsal(studio)
    st.header("Downloads", anchor=False)
    _tagging(studio)
    st.header("Storage", anchor=False)
    storage(studio)
    if studio.settings.gateway:
        st.header("Gateway", anchor=False)
        st.write("All traffic to providers goes through the gateway set in STUDIO_GATEWAY.")


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


def _by_provider(studio: Studio) -> dict[str, list[ModelSpec]]:
    found: dict[str, list[ModelSpec]] = {}
    for spec in MODELS.values():
        found.setdefault(spec.provider, []).append(spec)
    return found


def _provider(studio: Studio, provider: str, models: list[ModelSpec]) -> None:
    source, side = studio.accounts.key_source(provider), studio.accounts.side(models[0].id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{models[0].provider_name}**", width="content")
        st.badge("Key present" if source else "No key", color="green" if source else "gray")
        st.badge({"live": "Live", "sandbox": "Sandbox", "off": "Off"}[side], color="primary")
    notices.quiet(f"Runs {', '.join(spec.name for spec in models)}. {_without_more(models, side)}")
    if source == "environment":
        notices.quiet("The key is set outside, in the environment or in secrets.toml.")
    else:
        _key_form(studio, provider, typed=source == "typed")
    if side != "off" and st.button("Check connection", key=f"check:{provider}"):
        _check(studio, provider, side)


def _without_more(models: list[ModelSpec], side: str) -> str:
    """What works as things are."""
    if side == "off":
        return "Needs a key before anything can be made."
    if side == "live" and any(spec.address_only for spec in models):
        return "A voice from your disk needs STUDIO_PUBLIC_URL; a voice that has a web address works as it is."
    return "Everything works as it is."


def _key_form(studio: Studio, provider: str, *, typed: bool) -> None:
    """Keys go in and never come back: a kept one is shown as kept, not as itself."""
    keys = studio.accounts.keys(provider)
    with (
        st.expander("Replace or remove the kept key" if typed else "Add a key"),
        st.form(f"key:{provider}", clear_on_submit=True),
    ):
        given = {
            key.name: st.text_input(
                key.title,
                placeholder=key.placeholder,
                type="password",
                key=f"typed:{key.name}",
                autocomplete="off",
            )
            for key in keys
        }
        notices.quiet(
            "Kept in the data folder, readable by you only. Everything made from now on is live and paid. "
            f"Instead, you can set {' and '.join(key.name.upper() for key in keys)} in the environment."
        )
        if st.form_submit_button("Keep the key" if not typed else "Keep (empty fields remove it)"):
            studio.accounts.keep_key(provider, {name: str(value or "") for name, value in given.items()})
            st.rerun()


def _check(studio: Studio, provider: str, side: str) -> None:
    try:
        account = studio.accounts.ask(provider)
    except StudioError as failure:
        notices.error(failure)
        return
    balance = f" Balance: ${account.balance:.2f}." if account.balance is not None else ""
    where = "The sandbox answers (its balance is play money)." if side == "sandbox" else "The key is good."
    st.success(notices.plain(where + balance), icon=":material/check:")
