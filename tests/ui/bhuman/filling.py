"""What a visitor does on BHuman's page: chooses, pastes a table, generates."""

from __future__ import annotations

from components.library.records import Generation
from components.studio import Studio
from tests.ui.screen import Screen

MODEL = "bhuman/personalized-video"
PASTED = "name\tcompany\nAnn\tAcme\nBo\tBolt\n"


def paste_table(screen: Screen, text: str = PASTED) -> None:
    screen.at.text_area(key="bhuman:people:pasted").set_value(text).run()
    screen.at.button(key="bhuman:people:use").click().run()
    screen.fine()


def paste_source(screen: Screen, kind: str, text: str) -> str:
    """Pastes an id or an address of the kind that is chosen; gives what the page says then."""
    screen.at.text_input(key=f"bhuman:{kind}:typed").set_value(text).run()
    return screen.fine().words()


def switch(screen: Screen, kind: str) -> Screen:
    screen.at.button_group(key="bhuman:source").set_value(kind).run()
    return screen.fine()


def choose(screen: Screen, kind: str, identifier: str) -> None:
    screen.at.selectbox(key=f"bhuman:{kind}:chosen").set_value(identifier).run()
    screen.fine()


def generate(screen: Screen, studio: Studio) -> Generation | None:
    """Presses the button; the newest generation once it has ended."""
    screen.at.button(key="bhuman:generate").click().run()
    screen.fine()
    made = studio.generations.recent(MODEL, limit=1)
    return studio.wait(made[0].id, 120) if made else None
