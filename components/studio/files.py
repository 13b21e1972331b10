"""Kept files as the browser has them: signed links to them, and the files behind such links."""

from __future__ import annotations

from pathlib import Path, PurePath
from urllib.parse import quote

from components.errors import NotFound
from components.library.derived import Derived
from components.library.links import Links


class Files:
    """Links to kept files; a derived one is made when its link is first opened."""

    def __init__(self, derived: Derived, links: Links) -> None:
        self._derived, self._links = derived, links

    def url(self, key: str, name: str = "", *, download: bool = False) -> str:
        """A signed link to a kept file, relative to the server, good for at least 12 hours."""
        shown = quote(name or PurePath(key).name)
        return f"/files/{self._links.token(key)}/{shown}" + ("?download=1" if download else "")

    def knows(self, token: str) -> bool:
        """Whether a link is one of these, and has not expired."""
        try:
            self._links.key(token)
        except NotFound:
            return False
        return True

    def open(self, token: str) -> Path:
        """The file behind a signed link.

        Raises:
            NotFound: the link is forged or expired, or the file is gone.
            StorageTrouble: it cannot be had at the moment.
        """
        return self._derived.path(self._links.key(token))

    def ready(self, token: str) -> Path | None:
        """The file behind a signed link, where it need neither be made nor fetched first; raises as above."""
        return self._derived.ready(self._links.key(token))
