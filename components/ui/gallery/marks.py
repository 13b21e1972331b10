"""Takes in what was pressed on the gallery's cards: hearts, stars, the selection, a poster."""

from __future__ import annotations

from components.studio import Studio
from components.ui.browser import grid
from components.ui.browser.grid import Mark
from components.ui.gallery import state

KEY = "gallery:cards"


def take_marks(studio: Studio) -> None:
    """Writes hearts and stars down, in the order of the presses."""
    for mark in grid.new_marks(KEY, state.seen()):
        _take(studio, mark)
        state.set_seen(mark.at)


def _take(studio: Studio, mark: Mark) -> None:
    if mark.favourite is not None:
        studio.gallery.favour([mark.id], mark.favourite)
    if mark.rating is not None:
        studio.gallery.rate([mark.id], mark.rating or None)
    if mark.picked is not None:
        state.pick(mark.id, mark.picked)
        state.forget_deleted()


def turn_page() -> None:
    """Another page of cards."""
    press = grid.asked_page(KEY)
    if press and state.is_first(press.at):
        state.go_to_page(press.page)


def open_card() -> None:
    """The poster that was pressed opens in place of the cards."""
    press = grid.opened_card(KEY)
    if press and state.is_first(press.at):
        state.open_output(press.id)
