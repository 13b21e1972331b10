"""The settings page: for each provider, key or no key, live or sandbox, and a free check of the connection."""

from __future__ import annotations

import streamlit as st

from components import studio as studios
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.studio import Studio
from components.ui import notices

SANDBOX_WORDS = {
    "auto": "On for providers without a key (STUDIO_SANDBOX=auto).",
    "always": "On for every provider, with or without a key (STUDIO_SANDBOX=always).",
    "never": "Off (STUDIO_SANDBOX=never): a provider without a key cannot be used.",
}


def settings_page() -> None:
    """Draws the settings page."""
    studio = studios.current()
    st.title("Keys, sandbox and storage", anchor=False)
    notices.quiet("Keys are read when the studio starts. They are never shown, logged or stored by it.")
    st.subheader("Providers", anchor=False)
    for provider, models in _by_provider(studio).items():
        with st.container(border=True):
            _provider(studio, provider, models)
    st.subheader("Sandbox", anchor=False)
    st.write(SANDBOX_WORDS[studio.settings.sandbox])
    notices.quiet("The sandbox speaks each provider's API on this machine and renders simple clips for nothing.")
    st.subheader("Storage", anchor=False)
    st.write("Videos, inputs and the record of every generation are kept on this machine, in:")
    st.code(str(studio.settings.data_dir), language=None)
    if studio.settings.gateway:
        st.subheader("Gateway", anchor=False)
        st.write("All traffic to providers goes through the gateway set in STUDIO_GATEWAY.")


def _by_provider(studio: Studio) -> dict[str, list[ModelSpec]]:
    found: dict[str, list[ModelSpec]] = {}
    for spec in studio.models():
        found.setdefault(spec.provider, []).append(spec)
    return found


def _provider(studio: Studio, provider: str, models: list[ModelSpec]) -> None:
    variable, present = f"{provider.upper()}_API_KEY", studio.key_source(provider) is not None
    side = studio.side(models[0].id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{models[0].provider_name}**", width="content")
        st.badge("Key present" if present else "No key", color="green" if present else "gray")
        st.badge({"live": "Live", "sandbox": "Sandbox", "off": "Off"}[side], color="primary")
    notices.quiet(f"Runs {', '.join(spec.name for spec in models)}.")
    if not present:
        st.markdown(
            f"To go live, set `{variable}` in the environment, or `{variable.lower()}` in "
            "`.streamlit/secrets.toml`, and start the studio again."
        )
    if side != "off" and st.button("Check connection", key=f"check:{provider}"):
        _check(studio, provider, side)


def _check(studio: Studio, provider: str, side: str) -> None:
    try:
        account = studio.account(provider)
    except StudioError as failure:
        notices.error(failure)
        return
    balance = f" Balance: ${account.balance:.2f}." if account.balance is not None else ""
    where = "The sandbox answers (its balance is play money)." if side == "sandbox" else "The key is good."
    st.success(notices.plain(where + balance), icon=":material/check:")
