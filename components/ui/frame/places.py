"""The studio's pages with their titles and addresses: the one list that the frame, the bell and the tests read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from components.catalog import MODELS, WISHES
from components.settings import ROOT
from components.studio import Person, Right

PAGES = ROOT / "pages"


class MissingPage(Exception):
    """A page of the list has no file; the text is a sentence for whoever added it."""


@dataclass(frozen=True)
class Place:
    """One page of the studio.

    Raises:
        MissingPage: there is no file of its name.
    """

    name: str
    """As its file is called, with hyphens; also its address, except home's."""
    title: str
    icon: str
    needs: Right = "look"
    """For whoever may do this."""
    of_a_team: bool = False
    """Whether it is of use only where people sign in."""

    def __post_init__(self) -> None:
        if not self.file.is_file():
            raise MissingPage(f"The page {self.title!r} needs the file pages/{self.file.name}, which is missing.")

    @property
    def file(self) -> Path:
        return PAGES / f"{self.name.replace('-', '_')}.py"

    @property
    def address(self) -> str:
        """Without the slash; home's is empty."""
        return "" if self.name == "home" else self.name

    @property
    def page(self) -> StreamlitPage:
        """What Streamlit links to; it can be made only while a page is drawn.

        A new one each time: it keeps whose turn it is to run, which no two visitors may share.
        """
        return self._page("visible")

    def page_for(self, person: Person) -> StreamlitPage:
        """The same in the navigation: what is not for this person has its address, which says so, and no entry."""
        return self._page("visible" if self.is_for(person) else "hidden")

    def is_for(self, person: Person) -> bool:
        return person.may(self.needs) and not (self.of_a_team and person.is_local)

    def _page(self, visibility: Literal["visible", "hidden"]) -> StreamlitPage:
        return st.Page(
            self.file,
            title=self.title,
            icon=f":material/{self.icon}:",
            url_path=self.address,
            default=not self.address,
            visibility=visibility,
        )


MODEL_PAGES = {spec.id: Place(spec.page, spec.name, "videocam") for spec in MODELS.values()}
SECTIONS: dict[str, list[Place]] = {
    "": [HOME := Place("home", "Home", "home")],
    **{wish: [MODEL_PAGES[spec.id] for spec in MODELS.values() if spec.wish == wish] for wish in WISHES},
    "Watch": [
        GALLERY := Place("gallery", "Gallery", "grid_view"),
        COMPARE := Place("compare", "Compare", "compare"),
        ACTIVITY := Place("activity", "Activity", "bolt"),
    ],
    "Studio": [
        PEOPLE := Place("people", "People", "group", needs="administer", of_a_team=True),
        SETTINGS := Place("settings", "Settings", "tune"),
    ],
}
"""As the navigation shows them. A page is added here and nowhere else; a model's page is here by its spec."""
ADDRESSES = {place.address: place for places in SECTIONS.values() for place in places}


def navigation(person: Person) -> dict[str, list[StreamlitPage]]:
    """All pages under their sections, as this person has them."""
    return {
        section: [place.page_for(person) for place in places] for section, places in SECTIONS.items() if places
    }
