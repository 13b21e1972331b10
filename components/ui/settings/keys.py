"""Keys of providers on the settings page: the team's, for admins, and each person's own for their own work."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from components.catalog import MODELS
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.providers.base import Account
from components.studio import Studio
from components.ui.frame import notices


def team_keys(studio: Studio) -> None:
    """For each provider: key or no key, live or sandbox, a form and a free check."""
    for provider, models in _by_provider().items():
        with st.container(border=True):
            _of_team(studio, provider, models)


def own_keys(studio: Studio) -> None:
    """For each provider whether this person's work goes to an account of their own."""
    st.header("Keys of your own", anchor=False)
    notices.quiet(
        "With a key of your own, what you make is paid from your account at the provider and counts under no "
        "limit of the team. Nobody else's work uses it, and nobody sees it. Without one, all goes as the team "
        "has it."
    )
    for provider, models in _by_provider().items():
        with st.container(border=True):
            _own(studio, provider, models)


def _by_provider() -> dict[str, list[ModelSpec]]:
    found: dict[str, list[ModelSpec]] = {}
    for spec in MODELS.values():
        found.setdefault(spec.provider, []).append(spec)
    return found


def _of_team(studio: Studio, provider: str, models: list[ModelSpec]) -> None:
    accounts = studio.accounts
    source, side = accounts.key_source(provider), accounts.team_side(provider)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{models[0].provider_name}**", width="content")
        st.badge("Key present" if source else "No key", color="green" if source else "gray")
        st.badge({"live": "Live", "sandbox": "Sandbox", "off": "Off"}[side], color="primary")
    notices.quiet(f"Runs {_names(models)}. {_without_more(models, side)}")
    if source == "environment":
        notices.quiet("The key is set outside, in the environment or in secrets.toml.")
    else:
        variables = " and ".join(key.name.upper() for key in accounts.keys(provider))
        note = (
            "Kept sealed with the studio's data, never shown again. Everything made from now on is live and paid. "
            f"Instead, you can set {variables} in the environment."
        )
        _form(studio, provider, note, accounts.keep_key, kept=source == "typed")
    if side != "off" and st.button("Check connection", key=f"check:{provider}"):
        sandbox = side == "sandbox"
        _check(provider, accounts.ask, "The sandbox answers (its balance is play money)." if sandbox else GOOD)


def _own(studio: Studio, provider: str, models: list[ModelSpec]) -> None:
    accounts = studio.accounts
    has = accounts.has_own_key(provider)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{models[0].provider_name}**", width="content")
        st.badge("Your key" if has else "As the team has it", color="green" if has else "gray")
    note = (
        f"For what you make with {_names(models)} from now on, live and paid. What is under way with a key that "
        "you take away waits until you give it again."
    )
    _form(studio, provider, note, accounts.keep_own_key, kept=has, whose="own:")
    if has and st.button("Check connection", key=f"own:check:{provider}"):
        _check(provider, accounts.ask_own, GOOD)


GOOD = "The key is good."


def _names(models: list[ModelSpec]) -> str:
    return ", ".join(spec.name for spec in models)


def _without_more(models: list[ModelSpec], side: str) -> str:
    """What works as things are."""
    if side == "off":
        return "Needs a key before anything can be made."
    if side == "live" and any(spec.address_only for spec in models):
        return "A voice from your disk needs STUDIO_PUBLIC_URL; a voice that has a web address works as it is."
    return "Everything works as it is."


def _form(
    studio: Studio,
    provider: str,
    note: str,
    keep: Callable[[str, Mapping[str, str]], None],
    *,
    kept: bool,
    whose: str = "",
) -> None:
    """Keys go in and never come back: a kept one is shown as kept, not as itself."""
    with (
        st.expander("Replace or remove the kept key" if kept else "Add a key"),
        st.form(f"{whose}key:{provider}", clear_on_submit=True),
    ):
        given = {
            key.name: st.text_input(
                key.title,
                placeholder=key.placeholder,
                type="password",
                key=f"{whose}typed:{key.name}",
                autocomplete="off",
            )
            for key in studio.accounts.keys(provider)
        }
        notices.quiet(note)
        if st.form_submit_button("Keep the key" if not kept else "Keep (empty fields remove it)"):
            keep(provider, {name: str(value or "") for name, value in given.items()})
            st.rerun()


def _check(provider: str, ask: Callable[[str], Account], words: str) -> None:
    try:
        account = ask(provider)
    except StudioError as failure:
        notices.error(failure)
        return
    balance = f" Balance: ${account.balance:.2f}." if account.balance is not None else ""
    st.success(notices.plain(words + balance), icon=":material/check:")
