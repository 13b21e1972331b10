"""A person's marks on one video: favourite, stars, tags, a note. Each is kept the moment it is given."""

from __future__ import annotations

from typing import Any

import streamlit as st

from components.library.records import LONGEST_NOTE, MOST_TAGS, Output
from components.studio import Studio
from components.ui.frame import notices
from components.ui.frame.state import stand


def marks(studio: Studio, output: Output) -> None:
    """What the library holds is what the controls show, also after a change on another page."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        stand(_key(output, "favourite"), output.favourite)
        st.toggle(
            "Favourite",
            key=_key(output, "favourite"),
            on_change=_favour,
            args=(studio, output),
        )
        stand(_key(output, "rating"), None if output.rating is None else output.rating - 1)
        st.feedback("stars", key=_key(output, "rating"), on_change=_rate, args=(studio, output))
    stand(_key(output, "tags"), list(output.tags))
    st.multiselect(
        "Tags",
        sorted({*studio.gallery.tags(), *output.tags}),
        key=_key(output, "tags"),
        on_change=_tag,
        args=(studio, output),
        accept_new_options=True,
        # One may carry more from earlier days, and Streamlit refuses more than there may be.
        max_selections=max(MOST_TAGS, len(output.tags)),
        select_all=False,
        placeholder="Type a word and press Enter",
    )
    stand(_key(output, "note"), output.note)
    with st.container(key=f"output-note-{output.id}"):
        st.text_area(
            "Note",
            key=_key(output, "note"),
            height=84,
            max_chars=LONGEST_NOTE,
            on_change=_note,
            args=(studio, output),
            placeholder="What is good, what is not. Kept as soon as you leave the field.",
        )


def marked(output: Output) -> None:
    """The same to read, for whoever may not mark; nothing where nobody has."""
    stars = f"{output.rating} of 5 stars" if output.rating else ""
    tags = f"Tags: {', '.join(output.tags)}" if output.tags else ""
    if said := " · ".join(filter(None, ["Favourite" if output.favourite else "", stars, tags])):
        notices.quiet(said)
    if output.note:
        notices.quiet(f"Note: {output.note}")


def _key(output: Output, name: str) -> str:
    return f"output:{output.id}:{name}"


def _given(output: Output, name: str) -> Any:
    return st.session_state.get(_key(output, name))


def _favour(studio: Studio, output: Output) -> None:
    studio.gallery.favour([output.id], bool(_given(output, "favourite")))


def _rate(studio: Studio, output: Output) -> None:
    star = _given(output, "rating")
    studio.gallery.rate([output.id], None if star is None else star + 1)


def _tag(studio: Studio, output: Output) -> None:
    given = set(_given(output, "tags") or ())
    for name in set(output.tags) - given:
        studio.gallery.untag([output.id], name)
    for name in sorted(given - set(output.tags)):
        studio.gallery.tag([output.id], name)


def _note(studio: Studio, output: Output) -> None:
    studio.gallery.note(output.id, str(_given(output, "note") or ""))
