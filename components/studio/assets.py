"""The files that a person gives: added from a path or as they come from a browser, and found again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from components.catalog import model
from components.errors import InvalidFile, NotFound
from components.library.assets import Assets as Rows
from components.library.fitting import Fitting, Held
from components.library.intake import Intake, Kind
from components.library.records import Asset
from components.library.storage import Storage

MAX_UPLOAD = 200 * 1024**2


class Assets:
    """One owner's files."""

    def __init__(self, rows: Rows, storage: Storage) -> None:
        self._rows, self._intake, self._fitting = rows, Intake(rows, storage), Fitting(rows, storage)

    def add(
        self, source: Path | bytes, *, name: str = "", kind: Kind | None = None, model_id: str | None = None
    ) -> Asset:
        """Checks a file and keeps it, ready to be sent. The same content twice is kept once.

        Args:
            source: the file or its content.
            name: what the person calls it.
            kind: "image" or "audio"; without it the content decides.
            model_id: the model whose limits it must keep; without it, those of the most generous one.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        if isinstance(source, Path):
            name = name or source.name
            if not source.is_file():
                raise InvalidFile(f"There is no file {source}.", "Check the path.")
        size = source.stat().st_size if isinstance(source, Path) else len(source)
        if size > MAX_UPLOAD:
            raise InvalidFile("The file is larger than 200 MB.", "Choose a smaller one.")
        return self._intake.keep(source, name, kind, None if model_id is None else model(model_id))

    def find(self, asset_id: str) -> Asset | None:
        """A file that was added; None where the library does not have it (any more)."""
        try:
            return self._rows.get(asset_id)
        except NotFound:
            return None

    def hold(self, model_id: str, values: Mapping[str, Any]) -> Held:
        """Which of a request's kept files a model does not take, and which it takes as WAV, in sentences."""
        return self._fitting.hold(model(model_id), values)

    def fit(self, asset_id: str, model_id: str) -> Asset:
        """A kept file as the model takes it: itself, or a WAV where the model does not read its format.

        Raises:
            NotFound: the library does not have it.
            InvalidFile: it is beyond the model's own limits; the sentence names both.
        """
        return self._fitting.fit(self._rows.get(asset_id), model(model_id))
