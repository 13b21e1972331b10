"""The few touches of style that Streamlit's theme cannot say. Colours are those of the theme in use."""

from __future__ import annotations

import streamlit as st

COLOURS = {
    "dark": {
        "good": "#6fcf97",
        "careful": "#f2994a",
        "quiet": "#9aa3b2",
        "line": "#262b36",
        "accent": "#f2b84b",
        "ground": "#0e1014",
        "on-accent": "#1a1305",
        "ink": "#eceef2",
    },
    "light": {
        "good": "#1e7b46",
        "careful": "#9c4a00",
        "quiet": "#5c6370",
        "line": "#dfd9cd",
        "accent": "#8a5200",
        "ground": "#fbfaf7",
        "on-accent": "#ffffff",
        "ink": "#1c1e22",
    },
}

CSS = """
.block-container, .stMainBlockContainer { padding: 2.4rem 2.6rem 3rem; max-width: 1560px; }
[data-testid="stHeader"] { background: transparent; }
.st-quiet { color: var(--s-quiet); font-size: .92rem; margin: 0; line-height: 1.45; }
.st-good { color: var(--s-good); }
.st-careful { color: var(--s-careful); }
.stMarkdown a.st-do, a.st-do { color: var(--s-accent); font-weight: 600; text-underline-offset: 3px; }
.st-said { font-size: .9rem; margin: 0; line-height: 1.45; }
.st-head { display: flex; justify-content: space-between; gap: .75rem; align-items: baseline; font-size: .92rem; }
.st-head b { font-weight: 600; }
.st-head span { color: var(--s-quiet); text-align: right; }
.st-head span.st-good { color: var(--s-good); }
.st-portrait { display: block; width: 100%; height: 9.6rem; object-fit: contain; border-radius: .6rem;
  background: color-mix(in srgb, var(--s-quiet) 10%, transparent); }
.st-wave { display: flex; align-items: center; gap: 2px; height: 4.4rem; overflow: hidden; }
.st-wave i { flex: 1 1 0; min-width: 1px; border-radius: 2px; background: var(--s-accent); }
.st-wave i.unheard { background: var(--s-line); }
.st-voice audio { width: 100%; height: 2.2rem; margin-top: .4rem; }
.st-name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.st-empty { border: 1px dashed var(--s-line); border-radius: .9rem; padding: clamp(1.4rem, 5vw, 3.5rem) 1.5rem;
  text-align: center; color: var(--s-quiet); }
.st-empty h2 { font-size: 1.15rem; font-weight: 650; margin: 0 0 .5rem; padding: 0; }
.st-empty ol { display: inline-block; text-align: left; margin: .6rem 0 0; line-height: 1.7; }
.st-jump { display: none; font-size: .92rem; }
.stMarkdown a.st-jump, a.st-jump { color: var(--s-accent); }
[data-testid="stElementContainer"]:has(#videos) { position: absolute; }
.st-price b { display: block; font-size: 1rem; }
.stMainBlockContainer h2 { font-size: 1.35rem; font-weight: 650; padding: .3rem 0; letter-spacing: 0; }
.st-hero { font-size: 1.12rem; line-height: 1.55; max-width: 46rem; margin: 0; color: var(--s-quiet); }
.st-steps h2 { font-size: 1.1rem; font-weight: 650; margin: 0; padding: .4rem 0 .2rem; }
.st-steps ol { list-style: none; margin: 0; padding: 0; counter-reset: step; }
.st-steps li { counter-increment: step; padding: .8rem 0 .8rem 2.6rem; position: relative; color: var(--s-quiet);
  border-top: 1px solid var(--s-line); line-height: 1.5; }
.st-steps li b { display: block; color: var(--s-ink); font-weight: 600; }
.st-steps li::before { content: counter(step); position: absolute; left: .2rem; top: .75rem; font-size: 1.3rem;
  font-weight: 650; color: var(--s-accent); }
[data-testid="stPageLink"] a { border: 1px solid var(--s-line); border-radius: .7rem; padding: .35rem .9rem; }
[data-testid="stPageLink"] a:hover { border-color: var(--s-accent); }
.st-card-art { display: block; width: 100%; aspect-ratio: 16/9; object-fit: cover; object-position: 50% 28%;
  border-radius: .6rem; }
[data-testid="stFileUploaderDropzone"] { flex-direction: column; align-items: center; gap: .45rem; padding: .8rem;
  border-style: dashed; background: transparent; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stFileUploaderDropzone"]::after { content: "or drop a file here"; font-size: .85rem;
  color: var(--s-quiet); }
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primary"] * { color: var(--s-on-accent); }
[data-testid="stMultiSelectTagsContainer"] [data-tag] * { color: var(--s-on-accent); }
[data-testid="stBaseButton-primary"] kbd { opacity: .85; }
[data-testid="stLayoutWrapper"]:has(> [class*="generate-bar"]) { position: sticky; bottom: 0; z-index: 5;
  padding: .7rem 0 .8rem; background: linear-gradient(transparent, var(--s-ground) .8rem); }
[data-testid="stSidebarNavLink"][aria-current="page"] {
  background: color-mix(in srgb, var(--s-accent) 18%, transparent); }
[data-testid="stSidebarNav"] [data-testid="stNavSectionHeader"] { letter-spacing: .06em; text-transform: uppercase;
  font-size: .74rem; }
@media (max-width: 640px) { [data-testid="stHeader"] { background: var(--s-ground); }
  [class*="generate-bar"] kbd, .st-price span { display: none; }
  .st-jump { display: inline; }
  .block-container, .stMainBlockContainer { padding-left: 1rem; padding-right: 1rem; }
  /* A way back stands above its title, and must not lie under the bar at the top. */
  .stMainBlockContainer:has(.st-key-gallery-leave) { padding-top: 3.9rem; } }
"""


def apply() -> None:
    """Puts the style on the page; the browser keeps it until the theme changes."""
    colours = COLOURS["dark" if st.context.theme.type == "dark" else "light"]
    names = " ".join(f"--s-{name}: {value};" for name, value in colours.items())
    st.html(f"<style>:root {{ {names} }}\n{CSS}</style>")
