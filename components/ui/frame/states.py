"""The words for a generation's states: one table, which pages, cards, tiles, bell and notifications all read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from components.library.records import State

Tone = Literal["good", "careful", "quiet"]
"""A colour of the theme, as a CSS class says it: `st-good`, `st-careful`, `st-quiet`."""


@dataclass(frozen=True)
class StateWords:
    """How one state is spoken of."""

    word: str
    """Follows "it is", and stands alone in a list."""
    sentence: str
    """Stands where nothing else says more, e.g. because no error came with it."""
    tone: Tone = "quiet"
    notice: str = ""
    """Follows a model's name in a notification; empty for a state of which nobody is notified."""


STATES: dict[State, StateWords] = {
    "queued": StateWords("waiting for its turn", "Waiting for its turn."),
    "submitting": StateWords("being sent", "Being sent."),
    "running": StateWords("rendering", "Rendering."),
    "saving": StateWords("being saved", "Being saved."),
    "done": StateWords("ready", "There is no video.", "good", "a video is ready"),
    "failed": StateWords("failed", "It failed.", "careful", "a video failed"),
    "cancelled": StateWords("cancelled", "Cancelled before it was sent."),
    "uncertain": StateWords(
        "uncertain", "Nobody knows yet whether it was made.", "careful", "it is uncertain whether a video was made"
    ),
}
COUNTED: tuple[State, ...] = tuple(state for state, words in STATES.items() if words.notice)
"""What the bell counts and lists: work that ended without the person having ended it."""
UNDER_WAY = "under way"
"""One word for all states that have not ended."""


def word(state: State) -> str:
    """E.g. `rendering`, `ready`, `uncertain`."""
    return STATES[state].word


def sentence(state: State) -> str:
    """E.g. `Nobody knows yet whether it was made.`."""
    return STATES[state].sentence


def tone(state: State) -> Tone:
    """How it is coloured."""
    return STATES[state].tone
