"""The home page: one line on what the studio does, the models by what a person wants, words on how it works."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from components.catalog import MODELS, WISHES
from components.catalog.price import in_words
from components.catalog.spec import ModelSpec, Wish
from components.library.records import Generation
from components.settings import ROOT
from components.studio import Studio
from components.ui.create.inputs import SAMPLES
from components.ui.frame import notices, visitor, words
from components.ui.frame.places import MODEL_PAGES, SETTINGS

STYLE = Path(__file__).with_name("page.css")
ART = ROOT / "assets" / "cards"
PROMISES: Mapping[Wish, str] = {
    "Make a portrait speak": "A picture of a person that says every word of your recording.",
    "Direct a person": "A few seconds of one person who speaks with your voice and plays your direction.",
    "Film a scene": "A few seconds of what you describe: people, animals, places, camera moves.",
    "One video, many names": "Record once; everyone on your list gets a video that speaks to them by name.",
}
SIDES = {"sandbox": "Sandbox · free", "live": "Live", "off": "Needs a key"}
SIDES_WITHOUT_KEYS = SIDES | {"off": "Not set up"}

STEPS = """<div class="st-steps"><h2>How it goes</h2><ol>
<li><b>Bring a face and a voice.</b> Drop a photo and a recording, or use the samples.</li>
<li><b>Say how it should look.</b> One line of direction, a few sliders, the price before you press.</li>
<li><b>Close the page if you like.</b> The studio waits for the video, saves it here, and never pays twice.</li>
<li><b>Change one thing and go again.</b> The takes play in step, from one play button.</li></ol></div>"""


def home() -> None:
    """Draws the home page."""
    studio = visitor.studio()
    st.html(STYLE)
    st.title("Give a face a voice, and watch the takes side by side", anchor=False)
    st.html(
        '<p class="st-hero">Screentest turns a portrait, a voice and a line of direction into video by rival '
        "human-video models, and plays the results in lockstep so that you can see which is better.</p>"
    )
    for wish in WISHES:
        specs = [spec for spec in MODELS.values() if spec.wish == wish]
        if specs:
            _wish(studio, wish, specs)
    st.html(STEPS)
    if any(studio.accounts.side(spec.id) == "sandbox" for spec in MODELS.values()):
        _sandbox()


def _sandbox() -> None:
    if not visitor.knows_keys():
        notices.quiet(
            "Where it says Sandbox, simple clips are rendered that say SANDBOX in the picture. They are not made "
            "by an AI model and cost nothing."
        )
        return
    notices.quiet(
        "No key is needed to try everything: without one, the built-in sandbox renders simple clips that "
        "say SANDBOX in the picture. They are not made by an AI model and cost nothing."
    )
    st.page_link(SETTINGS.page, label="See keys and sandbox", icon=":material/key:")


def _wish(studio: Studio, wish: Wish, specs: Sequence[ModelSpec]) -> None:
    """What a person gets, what it looks like, and who makes it at what price."""
    newest = {spec.id: made for spec in specs if (made := _newest(studio, spec))}
    with st.container(key=f"wish-{_word(wish)}"):
        art, models = st.columns([4, 7], gap="medium")
        with art:
            latest = max(newest.values(), key=lambda made: made.created_at, default=None)
            poster = latest.outputs[0].poster_key if latest else None
            source = studio.files.url(poster) if poster else _art(_word(wish))
            st.html(f'<img class="st-card-art" src="{escape(source)}" alt="">')
        with models:
            st.header(wish, anchor=False)
            notices.quiet(PROMISES[wish])
            with st.container(gap=None, key=f"models-{_word(wish)}"):
                for spec in specs:
                    _row(studio, spec, newest.get(spec.id))


def _row(studio: Studio, spec: ModelSpec, newest: Generation | None) -> None:
    """A link to the model's page: its name, who makes and runs it, its price, where a press would go."""
    who = f"{spec.maker}, through {spec.provider_name}"
    if spec.maker == spec.provider_name:
        who = f"made and run by {spec.maker}"
    sides = SIDES if visitor.knows_keys() else SIDES_WITHOUT_KEYS
    if newest:
        who += f" · last video {words.ago(newest.created_at)}"
    said = (who, in_words(spec), sides[studio.accounts.side(spec.id)])
    label = " ".join([f"**{notices.plain(spec.name)}**", *(f":small[{notices.plain(each)}]" for each in said)])
    st.page_link(
        MODEL_PAGES[spec.id].page,
        label=label,
        icon=":material/arrow_forward:",
        icon_position="right",
        help=spec.pitch,
        width="stretch",
    )


def _newest(studio: Studio, spec: ModelSpec) -> Generation | None:
    """The last generation that became a video."""
    lately = studio.generations.recent(spec.id, limit=8, first_output=True)
    return next((one for one in lately if one.state == "done" and one.outputs), None)


def _word(wish: str) -> str:
    """A wish as a name of files and styles, e.g. `film-a-scene`."""
    return wish.lower().replace(",", "").replace(" ", "-")


@cache
def _art(word: str) -> str:
    """What such a video looks like, small enough to travel inside the page."""
    own = ART / f"{word}.jpg"
    picture = visitor.studio().pictures.small(own if own.is_file() else SAMPLES["image"], 640)
    return f"data:image/jpeg;base64,{base64.b64encode(picture).decode('ascii')}"
