"""What can be sent of a comparison: one MP4, made in the background with progress and cancel, or a PNG sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from components.catalog import MODELS
from components.errors import StudioError
from components.studio import Studio
from components.studio.comparisons import FEWEST, MOST, MOST_IN_FILE, Export, Order, Piece
from components.ui.browser.contract import SHIFT_LIMIT
from components.ui.browser.player import Clip, comparison_state, differing
from components.ui.compare.address import HIDDEN
from components.ui.frame import notices

TICK = 0.7
"""Seconds between two looks at an export; only while one is under way."""
PLAYER = "compare:player"
EXPORT, SHEET = "export", "compare:sheet"
"""The export under way stands in the address, so that a reload does not lose sight of it."""
LAYOUTS = {"grid": "Grid", "wipe": "Wipe"}
OFFSET = re.compile(r"([1-9]):(-?\d{1,2}(?:\.\d{1,4})?)")


def export_bar(studio: Studio, clips: Sequence[Clip]) -> None:
    """The two buttons at the right of the page's head, and what they gave."""
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        # Once an export has begun the popover is a new one, and so a closed one: it would hide the progress.
        with st.popover("Export MP4", icon=":material/movie:", key=f"compare:export:{_asked()}"):
            _order(studio, clips)
        if st.button("Contact sheet", icon=":material/view_module:", key="compare:make-sheet"):
            _sheet(studio, clips)
    export_id = _asked()
    if export_id:
        st.fragment(_progress, run_every=TICK if _going(studio, export_id) else None)(studio, export_id)
    sheet = st.session_state.get(SHEET)
    if sheet and sheet[0] == _fingerprint(clips):
        _link(studio, sheet[1], "contact-sheet.png", "Download the contact sheet")


def _asked() -> str:
    """The export that this page has begun, as its address says."""
    return st.query_params.get(EXPORT, "")[:64]


def _order(studio: Studio, clips: Sequence[Clip]) -> None:
    named = {one.id: f"{number} · {one.title}" for number, one in enumerate(clips, 1)}
    # Other videos, or another order, make new widgets: no choice is left over from the last ones.
    of, first = hash(tuple(named)), _layout()
    layout = st.segmented_control(
        "Shown as",
        list(LAYOUTS),
        format_func=LAYOUTS.__getitem__,
        default=first,
        key=f"compare:layout:{first}",
        required=True,
    )
    most = FEWEST if layout == "wipe" else MOST_IN_FILE
    chosen = st.pills(
        f"Videos, up to {most}",
        list(named),
        format_func=lambda one: notices.plain(named[one]),
        selection_mode="multi",
        default=_first(clips, most),
        key=f"compare:pieces:{layout}:{of}",
    )
    sound = st.selectbox(
        "Sound of",
        [None, *chosen],
        index=_heard(clips, chosen),
        format_func=lambda one: named[one] if one else "no one",
        key=f"compare:sound:{of}",
    )
    notices.quiet("Shorter videos hold their last frame. Offsets that you set are kept.")
    if st.button("Make the MP4", type="primary", key="compare:make-export"):
        pieces = tuple(piece for piece in _pieces(clips) if piece.output_id in chosen)
        heard = next((place for place, piece in enumerate(pieces) if piece.output_id == sound), None)
        try:
            export = studio.comparisons.start(Order(pieces, "wipe" if layout == "wipe" else "grid", heard))
        except StudioError as refused:
            notices.error(refused)
        else:
            st.query_params[EXPORT] = export.id
            st.rerun()


def _progress(studio: Studio, export_id: str) -> None:
    """A bar that tells the truth: frames done of frames to do."""
    try:
        export = studio.comparisons.get(export_id)
    except StudioError as forgotten:
        # It may have been under way when the server was started anew.
        notices.careful(str(forgotten))
        st.query_params.pop(EXPORT, None)
        return
    if not export.ended:
        st.progress(export.part, text=f"Making the MP4 · {export.part:.0%}")
        if st.button("Cancel", key="compare:cancel", type="tertiary"):
            studio.comparisons.cancel(export_id)
        return
    _ended(studio, export)
    if st.session_state.get("compare:ticking") == export_id:
        # The last look ends the ticking: only a run of the whole page can.
        st.session_state.pop("compare:ticking")
        st.rerun()


def _ended(studio: Studio, export: Export) -> None:
    if export.state == "done":
        _link(studio, export.key, "comparison.mp4", "Download the MP4")
    elif export.state == "failed":
        notices.problem(export.error)
    else:
        notices.quiet("Export cancelled.")


def _going(studio: Studio, export_id: str) -> bool:
    try:
        going = not studio.comparisons.get(export_id).ended
    except StudioError:
        return False
    if going:
        st.session_state["compare:ticking"] = export_id
    return going


def _sheet(studio: Studio, clips: Sequence[Clip]) -> None:
    try:
        with st.spinner("Taking the frames…"):
            st.session_state[SHEET] = (_fingerprint(clips), studio.comparisons.sheet(_pieces(clips)))
    except StudioError as refused:
        notices.error(refused)


def _pieces(clips: Sequence[Clip]) -> tuple[Piece, ...]:
    """Labels as the page shows them: blind stays blind in the file too."""
    names, offsets = differing(clips), _offsets(clips)
    return tuple(
        Piece(
            one.id,
            str(number) if one.title == HIDDEN else f"{number} · {one.title}",
            " · ".join(f"{name} {value}" for name, value in one.settings if name in names - _worded(one)),
            offsets.get(one.id, 0.0),
        )
        for number, one in enumerate(clips, 1)
    )


def _worded(clip: Clip) -> set[str]:
    """Settings that are too long for a label: a direction in words."""
    spec = MODELS.get(clip.family)
    return set(spec.parameters("text")) if spec else set()


def _fingerprint(clips: Sequence[Clip]) -> str:
    return repr(_pieces(clips))


def _layout() -> str:
    return "wipe" if comparison_state(PLAYER).get("view") == "wipe" else "grid"


def _first(clips: Sequence[Clip], most: int) -> list[str]:
    """What is chosen at first: for a pair the one that the player shows."""
    places = re.fullmatch(r"([1-9])-([1-9])", comparison_state(PLAYER).get("pair", "")) if most == FEWEST else None
    wanted = [int(places[1]) - 1, int(places[2]) - 1] if places else list(range(most))
    return [clips[place].id for place in wanted if place < len(clips)]


def _heard(clips: Sequence[Clip], chosen: Sequence[str]) -> int:
    """The place, among no one and the chosen, of the one that the player lets be heard."""
    place = comparison_state(PLAYER).get("sound", "1")
    heard = clips[int(place) - 1].id if re.fullmatch("[1-9]", place) and int(place) <= len(clips) else ""
    return list(chosen).index(heard) + 1 if heard in chosen else min(1, len(chosen))


def _offsets(clips: Sequence[Clip]) -> dict[str, float]:
    """The player's offsets, as it tells them: `PLACE:SECONDS`, places from 1 to 9."""
    parts = [OFFSET.fullmatch(part) for part in comparison_state(PLAYER).get("shift", "").split(",")[:MOST]]
    known = {int(part[1]): float(part[2]) for part in parts if part and abs(float(part[2])) <= SHIFT_LIMIT}
    return {one.id: known[place] for place, one in enumerate(clips, 1) if place in known}


def _link(studio: Studio, key: str, name: str, label: str) -> None:
    link = escape(studio.files.url(key, name, download=True))
    st.html(f'<a class="st-quiet st-get" href="{link}" download="{escape(name)}">{label}</a>')
