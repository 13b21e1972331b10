"""The home page: one line on what the studio does, a card for each model, three words on how it works."""

from __future__ import annotations

import base64
from functools import cache
from html import escape

import streamlit as st

from components import studio as studios
from components.catalog.spec import ModelSpec
from components.media.image import thumbnail
from components.settings import ROOT
from components.studio import Studio
from components.ui.create.inputs import SAMPLES
from components.ui.frame import notices, words
from components.ui.frame.places import MODEL_PAGES, SETTINGS

SIDES = {"sandbox": "Sandbox · free", "live": "Live", "off": "Needs a key"}

STEPS = """<div class="st-steps"><h2>How it goes</h2><ol>
<li><b>Bring a face and a voice.</b> Drop a photo and a recording under 30 seconds, or use the samples.</li>
<li><b>Say how it should look.</b> One line of direction, a few sliders, the price before you press.</li>
<li><b>Close the page if you like.</b> The studio waits for the video, saves it here, and never pays twice.</li>
<li><b>Change one thing and go again.</b> The takes play in step, from one play button.</li></ol></div>"""


def home() -> None:
    """Draws the home page."""
    studio = studios.current()
    st.title("Give a face a voice, and watch the takes side by side", anchor=False)
    st.html(
        '<p class="st-hero">Screentest turns a portrait, a voice and a line of direction into video by rival '
        "human-video models, and plays the results in lockstep so that you can see which is better.</p>"
    )
    st.space("small")
    columns = st.columns(3, gap="medium")
    for index, spec in enumerate(studio.models()):
        with columns[index % 3], st.container(border=True):
            _card(studio, spec)
    with columns[len(studio.models()) % 3]:
        st.html(STEPS)
    st.space("small")
    if any(studio.side(spec.id) == "sandbox" for spec in studio.models()):
        notices.quiet(
            "No key is needed to try everything: without one, the built-in sandbox renders simple clips that "
            "say SANDBOX in the picture. They are not made by an AI model and cost nothing."
        )
        st.page_link(SETTINGS, label="See keys and sandbox", icon=":material/key:")


def _card(studio: Studio, spec: ModelSpec) -> None:
    newest = next(
        (g for g in studio.generations(spec.id, limit=8, first_output=True) if g.state == "done" and g.outputs),
        None,
    )
    poster = newest.outputs[0].poster_key if newest else None
    art = studio.file_url(poster) if poster else _card_art(spec.page)
    st.html(f'<img class="st-card-art" src="{escape(art)}" alt="">')
    st.header(spec.title, anchor=False)
    notices.quiet(f"{words.through(spec)} · {SIDES[studio.side(spec.id)]}")
    st.write(spec.pitch)
    label = f"Open {spec.name}" + (f" · last video {words.ago(newest.created_at)}" if newest else "")
    st.page_link(MODEL_PAGES[spec.id], label=label, icon=":material/arrow_forward:", icon_position="right")


@cache
def _card_art(page: str) -> str:
    """What such a video looks like, small enough to travel inside the page."""
    own = ROOT / "assets" / "cards" / f"{page}.jpg"
    picture = thumbnail((own if own.is_file() else SAMPLES["image"]).read_bytes(), 640)
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode('ascii')}"
