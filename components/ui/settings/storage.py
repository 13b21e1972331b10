"""What takes room, by month and model, and what of it can go."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from components.catalog import MODELS
from components.errors import StudioError
from components.library.records import Kept, Room
from components.studio import Studio
from components.ui.frame import notices, state
from components.ui.frame.words import size

MOST_ROWS = 60
"""Months and models that are told one by one."""


def storage(studio: Studio) -> None:
    """Draws where things lie, how much room they take, and the one press that makes some."""
    kept = "Videos, inputs and the record of every generation are kept until you delete them"
    if studio.person.may("administer"):
        st.write(f"{kept}, in:")
        st.code(studio.settings.media_url or str(studio.settings.data_dir), language=None)
    else:
        st.write(f"{kept}.")
    room, again = studio.room.together(), studio.room.again()
    notices.quiet(_together(room))
    if room.videos.count:
        with st.expander("By month and model"):
            _table(studio.room.videos())
    if again.count and studio.person.may("administer"):
        notices.quiet(f"{size(again.bytes)} are previews, copies and exports, which are made again when wanted.")
        st.button("Remove what can be made again", key="storage:again", on_click=_clear, args=(studio,))


def _clear(studio: Studio) -> None:
    """Runs as the press's callback."""
    try:
        count = studio.room.clear_again()
    except StudioError as trouble:
        state.leave_message(str(trouble))
    else:
        state.leave_message(f"Removed {count} {'file' if count == 1 else 'files'}. Your videos are as they were.")


def _table(rows: list[Kept]) -> None:
    cells = "".join(
        f"<tr><td>{_month(one.month)}</td><td>{escape(_name(one.model))}</td><td>{one.count:,}</td>"
        f"<td>{size(one.bytes)}</td></tr>"
        for one in rows[:MOST_ROWS]
    )
    st.html(
        '<table class="st-table st-spend"><thead><tr><th>Month</th><th>Model</th><th>Videos</th>'
        f"<th>Room</th></tr></thead><tbody>{cells}</tbody></table>"
    )
    if rest := rows[MOST_ROWS:]:
        notices.quiet(f"Earlier ones together: {size(sum(one.bytes for one in rest))}.")


def _together(room: Room) -> str:
    """In sentences, without what there is nothing of."""
    files = f", and {_several(room.files, 'picture or voice', 'pictures and voices')}" if room.files.count else ""
    gone = "go by themselves after 7 days."
    in_bin = f" {_several(room.bin, 'of the videos', 'of the videos')} in the bin {gone}" if room.bin.count else ""
    return f"{_several(room.videos, 'video')}{files}.{in_bin}"


def _several(kept: Kept, one: str, many: str = "") -> str:
    return f"{kept.count:,} {one if kept.count == 1 else many or one + 's'}, {size(kept.bytes)}"


def _month(month: str) -> str:
    return f"{datetime.strptime(month, '%Y-%m'):%B %Y}"  # noqa: DTZ007 - a month has no zone


def _name(model: str) -> str:
    return MODELS[model].name if model in MODELS else model
