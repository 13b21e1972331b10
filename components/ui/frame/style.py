"""The few touches of style that Streamlit's theme cannot say. Colours are those of the theme in use."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import streamlit as st

CONFIG = Path(__file__).resolve().parents[3] / ".streamlit" / "config.toml"
"""Streamlit's own source of the theme, and so ours: no colour of it is written a second time."""
THEME_NAMES = {
    "good": "greenTextColor",
    "careful": "orangeTextColor",
    "quiet": "codeTextColor",
    "line": "borderColor",
    "accent": "primaryColor",
    "ground": "backgroundColor",
    "ink": "textColor",
}
"""Our colours by their name in the theme."""
ON_ACCENT = {"dark": "#1a1305", "light": "#ffffff"}
"""Text on the accent, of which Streamlit's theme knows none."""


def apply() -> None:
    """Puts the style on the page; the browser keeps it until the theme changes."""
    names = " ".join(f"--s-{name}: {value};" for name, value in colours(str(st.context.theme.type)).items())
    st.html(f"<style>:root {{ {names} }}\n{_sheet()}</style>")


def colours(theme: str) -> dict[str, str]:
    """Our colours in the theme of this name; in the light one if it has no such name."""
    side = "dark" if theme == "dark" else "light"
    found = _theme()[side]
    return {name: str(found[theirs]) for name, theirs in THEME_NAMES.items()} | {"on-accent": ON_ACCENT[side]}


@cache
def _theme() -> dict[str, dict[str, object]]:
    theme: dict[str, dict[str, object]] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
    return theme


@cache
def _sheet() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
