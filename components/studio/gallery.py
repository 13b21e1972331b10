"""The gallery as a person uses it: what may be read of it is inherited; here they mark, delete and restore."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from components.library.bin import Bin
from components.library.gallery_queries import GalleryQueries
from components.library.marks import Marks
from components.library.records import LONGEST_NOTE, LONGEST_TAG
from components.library.sight import Sharing, Sight


class Gallery(GalleryQueries):
    """One person's cards, their marks and their bin, and what they share."""

    def __init__(self, database: sa.Engine, sight: Sight) -> None:
        super().__init__(database, sight)
        owner, self._sharing = sight.owner, Sharing(database, sight)
        self._marks, self._bin = Marks(database, owner), Bin(database, sight)

    def favour(self, ids: Sequence[str], value: bool) -> None:
        self._marks.set(ids, favourite=value)

    def rate(self, ids: Sequence[str], value: int | None) -> None:
        """1 to 5 stars; None takes them away."""
        if value is not None and not 1 <= value <= 5:
            raise ValueError("a rating is 1 to 5")
        self._marks.set(ids, rating=value)

    def note(self, output_id: str, text: str) -> None:
        """Keeps a person's words, at most LONGEST_NOTE letters of them."""
        self._marks.set([output_id], note=text.replace("\0", "").strip()[:LONGEST_NOTE])

    def tag(self, ids: Sequence[str], name: str) -> int:
        """Adds a tag, and tells how many have MOST_TAGS others already and stay as they are."""
        tidy = _tidy(name)
        return self._marks.add_tag(ids, tidy) if tidy else 0

    def untag(self, ids: Sequence[str], name: str) -> None:
        """Takes a tag away, however it is typed."""
        self._marks.remove_tag(ids, _tidy(name))

    def share(self, ids: Sequence[str], value: bool) -> set[str]:
        """Lets the team look at videos, and at what they were made of, or ends that; tells whose they are."""
        return self._sharing.set(list(ids), value)

    def delete(self, ids: Iterable[str]) -> set[str]:
        """Into the bin; what is under way stays, because it is paid for. Tells whose it was."""
        return self._bin.move(list(ids), time.time())

    def restore(self, ids: Iterable[str]) -> set[str]:
        """Out of the bin, as long as it has not been emptied; tells whose it is."""
        return self._bin.move(list(ids), None)


def _tidy(name: str) -> str:
    return " ".join(name.replace("\0", "").split())[:LONGEST_TAG].strip()
