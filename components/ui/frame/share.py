"""The press that lets the team look at videos, and the one that ends it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components.library.records import Generation
from components.studio import Studio


def share(studio: Studio, generations: Sequence[Generation], videos: Sequence[str], key: str) -> None:
    """One press for all of a person's own videos; where all are shared already, it ends that.

    Args:
        studio: theirs.
        generations: whose videos these are.
        videos: their ids.
        key: of the button.
    """
    shared = bool(generations) and all(one.shared for one in generations)
    st.button(
        "Stop sharing" if shared else "Share with the team",
        key=key,
        icon=":material/group_off:" if shared else ":material/group:",
        disabled=not videos,
        help="The team sees them no more." if shared else "The whole team can watch them and use their settings.",
        on_click=_share,
        args=(studio, list(videos), not shared),
    )


def _share(studio: Studio, videos: Sequence[str], value: bool) -> None:
    studio.gallery.share(videos, value)
