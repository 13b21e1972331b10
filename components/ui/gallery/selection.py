"""The bar at the foot of the gallery: what can be done with the selection, and Undo after a deletion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from html import escape

import streamlit as st

from components.errors import StudioError
from components.library.records import MOST_TAGS, Output
from components.studio import Studio
from components.studio.comparisons import FEWEST, MOST
from components.ui.frame import notices
from components.ui.frame.places import COMPARE
from components.ui.frame.share import share
from components.ui.gallery import state
from components.ui.gallery.state import key


def bar(studio: Studio, shown: Collection[str], *, in_the_bin: bool) -> None:
    """Nothing while nothing is selected and nothing can be undone; `shown` are the cards on the page."""
    ids, deleted = state.picked(), state.deleted()
    if not ids and not deleted:
        return
    with st.container(key="gallery-bar", horizontal=True, vertical_alignment="center", gap="small"):
        if not ids:
            _undo(studio, deleted)
        elif in_the_bin:
            _in_the_bin(studio, ids)
        else:
            _selection(studio, ids, shown)


def _selection(studio: Studio, ids: Sequence[str], shown: Collection[str]) -> None:
    found = [entry for entry in studio.gallery.some(ids) if entry.output and entry.output.facts]
    # What another tab has deleted meanwhile is not packed or compared.
    entries = [entry for entry in found if entry.output and not entry.output.deleted_at]
    videos = [entry.id for entry in entries]
    elsewhere = len(set(ids) - set(shown))
    _said(f"{len(ids)} selected" + (f", {elsewhere} of them not on this page" if elsewhere else ""))
    _compare(videos)
    owners = {entry.generation.owner for entry in entries}
    # Of none, where all of them have gone meanwhile, it would be true of everybody.
    may_change = studio.person.may("make") and all(map(studio.person.may_change, owners))
    if may_change and owners <= {studio.person.owner}:
        with st.popover("Tag", icon=":material/sell:", disabled=not videos):
            _tags(studio, [entry.output for entry in entries if entry.output])
    _zip(studio, ids, videos)
    if may_change and not studio.person.is_local:
        share(studio, [entry.generation for entry in entries], videos, key("share"))
    if may_change:
        st.button("Delete", key=key("delete"), icon=":material/delete:", on_click=_delete, args=(studio, ids))
    st.button("Clear", key=key("none"), type="tertiary", on_click=state.clear_picked)
    # Not beside the tags: what floats there may be closed by now.
    if full := state.take_full():
        notices.careful(f"{full} of {len(videos)} stayed without that tag: a video has at most {MOST_TAGS}.")


def _said(words: str) -> None:
    st.html(f'<p class="st-said" role="status"><b>{escape(words)}</b></p>', width="content")


def _compare(videos: Sequence[str]) -> None:
    if FEWEST <= len(videos) <= MOST:
        chosen = {"v": ",".join(videos)}
        st.page_link(COMPARE.page, label="Compare", icon=":material/compare:", query_params=chosen)
        return
    few = len(videos) < FEWEST
    more = f"select {FEWEST - len(videos)} more" if few else f"{len(videos) - MOST} too many"
    st.html(f'<p class="st-quiet">Compare takes {FEWEST} to {MOST} videos: {more}.</p>', width="content")


# --- tags


def _tags(studio: Studio, videos: Sequence[Output]) -> None:
    """One choice adds a tag to all of them; one press takes it from all."""
    st.selectbox(
        "Add a tag",
        studio.gallery.tags(),
        index=None,
        key=key("tag-name"),
        placeholder="Choose one or type a new one",
        accept_new_options=True,
        on_change=_add_tag,
        args=(studio, [video.id for video in videos]),
    )
    carried = Counter(tag for video in videos for tag in video.tags)
    for number, (tag, count) in enumerate(sorted(carried.items())):
        some = "" if count == len(videos) else f" ({count} of {len(videos)})"
        st.button(
            f"Remove {notices.plain(tag)}{some}",
            key=key(f"untag-{number}"),
            type="tertiary",
            icon=":material/close:",
            on_click=_remove_tag,
            args=(studio, [video.id for video in videos], tag),
        )


def _add_tag(studio: Studio, ids: Sequence[str]) -> None:
    chosen, st.session_state[key("tag-name")] = st.session_state.get(key("tag-name")), None
    if chosen:
        state.set_full(studio.gallery.tag(ids, str(chosen)))
        state.redraw()


def _remove_tag(studio: Studio, ids: Sequence[str], tag: str) -> None:
    studio.gallery.untag(ids, tag)
    state.redraw()


# --- a file


def _zip(studio: Studio, ids: Sequence[str], videos: Sequence[str]) -> None:
    wanted = st.button("Download ZIP", key=key("zip"), icon=":material/folder_zip:", disabled=not videos)
    if packed := state.packed():
        link, name = map(escape, packed)
        st.html(f'<a class="st-do" href="{link}" download="{name}">Save the ZIP</a>', width="content")
    if wanted and _pack(studio, ids, videos):
        st.rerun()


def _pack(studio: Studio, ids: Sequence[str], videos: Sequence[str]) -> bool:
    count = len(videos)
    try:
        with st.spinner(f"Packing {count} video{'s' if count > 1 else ''}"):
            packed = studio.outputs.pack(videos)
    except StudioError as failure:
        notices.error(failure)
        return False
    name = f"screentest-{count}-video{'s' if count > 1 else ''}.zip"
    state.set_packed(ids, studio.files.url(packed, name, download=True), name)
    return True


# --- the bin


def _delete(studio: Studio, ids: Sequence[str]) -> None:
    studio.gallery.delete(ids)
    state.clear_picked()
    state.set_deleted(ids)


def _restore(studio: Studio, ids: Sequence[str]) -> None:
    studio.gallery.restore(ids)
    state.clear_picked()
    state.forget_deleted()


def _undo(studio: Studio, ids: Sequence[str]) -> None:
    _said(f"Deleted {len(ids)}.")
    st.button("Undo", key=key("undo"), icon=":material/undo:", on_click=_restore, args=(studio, ids))
    st.html('<p class="st-quiet">Kept for 7 days under More filters, In the bin.</p>', width="content")


def _in_the_bin(studio: Studio, ids: Sequence[str]) -> None:
    _said(f"{len(ids)} selected")
    if studio.person.may("make"):
        st.button(
            "Restore",
            key=key("restore"),
            type="primary",
            icon=":material/restore_from_trash:",
            on_click=_restore,
            args=(studio, ids),
        )
    st.button("Clear", key=key("none"), type="tertiary", on_click=state.clear_picked)
