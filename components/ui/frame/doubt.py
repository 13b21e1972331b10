"""The ways out of a generation that waits, is in doubt or is asked after for long: by its tile and on Activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

import streamlit as st

from components.catalog import model
from components.catalog.spec import ModelSpec
from components.errors import StudioError
from components.library.records import Generation
from components.studio import Studio
from components.ui.frame import ceiling, lateness, notices, state, states, told, visitor, words
from components.ui.frame.cancel import cancel_button

ASKED = 60
"""Letters of a prompt that tell a tile's buttons from another's."""


def under_the_player(studio: Studio, tiles: Iterable[tuple[int, Generation]], *, key: str) -> None:
    """The buttons of each generation that has some, with its first tile's number; of several, whose they are."""
    if not studio.person.may("make"):
        return
    waiting = [(number, generation) for number, generation in tiles if _has_buttons(studio, generation)]
    for number, generation in waiting:
        if len(waiting) > 1:
            notices.quiet(_whose(number, generation))
        if generation.state == "queued":
            cancel_button(studio, generation, "Cancel the one that waits", key=f"{key}:cancel")
        long_asked(studio, generation, key=key)
        if generation.doubtful:
            ways_out(studio, generation, key=key)


def _has_buttons(studio: Studio, generation: Generation) -> bool:
    return generation.state == "queued" or generation.doubtful or _is_long_asked(studio, generation)


def _whose(number: int, generation: Generation) -> str:
    asked = words.beginning(str(model(generation.model).asked(generation.parameters) or ""), ASKED)
    parts = (f"Tile {number}", states.word(generation.state), words.ago(generation.created_at), asked)
    return " · ".join(filter(None, parts))


def ways_out(studio: Studio, generation: Generation, *, key: str) -> None:
    """Look again, paste what was found, close it, and its owner sends it again: for what nobody can prove."""
    spec, ways = model(generation.model), studio.ways_out
    with st.container(horizontal=True, gap="small"):
        if ways.can_look(generation):
            _button("Look again", f"{key}:look:{generation.id}", ways.look_again, generation, "Looking again.")
        with st.popover("It is there", type="tertiary"):
            _paste(studio, spec, generation, key)
        _button("It was not made", f"{key}:not:{generation.id}", ways.not_made, generation, "It is closed.")
        if generation.owner == studio.person.owner:
            with st.popover("Send again", type="tertiary"):
                _send_again(studio, spec, generation, key)


def long_asked(studio: Studio, generation: Generation, *, key: str) -> None:
    """For one that takes longer than usual, or of which only trouble is heard: stop the asking, look why."""
    if not _is_long_asked(studio, generation):
        return
    spec = model(generation.model)
    with st.container(horizontal=True, gap="small"):
        stop = studio.ways_out.stop_asking
        if generation.operation:
            _button("Stop asking", f"{key}:stop:{generation.id}", stop, generation, "You can look again later.")
        if page := studio.accounts.status_page(spec.provider):
            st.link_button(f"{spec.provider_name}'s status", page, type="tertiary", icon=":material/open_in_new:")


def _is_long_asked(studio: Studio, generation: Generation) -> bool:
    return generation.state == "running" and lateness.is_late(studio, generation)


def _paste(studio: Studio, spec: ModelSpec, generation: Generation, key: str) -> None:
    history = escape(studio.accounts.history(spec.provider))
    st.html(
        f'<p class="st-quiet">Find it in <a href="{history}" target="_blank" rel="noopener noreferrer">'
        f"your history at {escape(spec.provider_name)}</a> and paste its id, or the link of its video.</p>"
    )
    field = f"{key}:found:{generation.id}"
    st.text_input("Id or link", key=field)
    st.button(
        "Collect it",
        key=f"{key}:take:{generation.id}",
        on_click=_press,
        args=(lambda: studio.ways_out.accept(generation.id, state.typed(field)), "Found; the studio collects it."),
    )


def _send_again(studio: Studio, spec: ModelSpec, generation: Generation, key: str) -> None:
    side = studio.accounts.side(spec.id)
    price, note = words.price(spec, side, studio.ways_out.estimate(generation), visitor.knows_keys(spec.provider))
    about = f"{price} ({note})" if note else price
    notices.quiet(f"A new generation, paid for by itself, whatever became of this one. {about}.")
    if side == "live":
        ceiling.no_room(studio, spec, generation.parameters)
    _button(
        "Send it once more",
        f"{key}:send:{generation.id}",
        studio.ways_out.send_again,
        generation,
        "Sent as a new one.",
    )


def _button(label: str, key: str, act: Callable[[str], object], generation: Generation, said: str) -> None:
    st.button(label, key=key, type="tertiary", on_click=_press, args=(lambda: act(generation.id), said))


def _press(act: Callable[[], object], said: str) -> None:
    """Before the page is drawn anew; what it came to is told by the run after it."""
    try:
        act()
    except StudioError as refused:
        state.leave_message(told.sentence(refused.info()))
    else:
        state.leave_message(said)
