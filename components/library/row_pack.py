"""Packs a generation's videos into a ZIP with a table of what became of each row. Knows no screen."""

from __future__ import annotations

import zipfile

from components.catalog import model
from components.library.names import row_name
from components.library.records import Generation
from components.library.spreadsheet import written
from components.library.storage import Storage


def pack_rows(storage: Storage, generation: Generation, key: str) -> None:
    """Writes the ZIP under a storage key; videos are stored, not squeezed: they are compressed already."""
    with storage.writing(key) as path, zipfile.ZipFile(path, "w") as packed:
        for output in generation.outputs:
            packed.write(storage.path(output.key), row_name(output))
        packed.writestr("results.csv", _table(generation), zipfile.ZIP_DEFLATED)


def _table(generation: Generation) -> str:
    """One line a row of the request: its values, and its file or "no video"."""
    spec = model(generation.model)
    columns = spec.value(generation.parameters, "columns") or []
    rows = spec.value(generation.parameters, "rows") or [[] for _ in generation.outputs]
    files = {output.position: row_name(output) for output in generation.outputs if output.facts}
    lines = ([number + 1, *row, files.get(number, "no video")] for number, row in enumerate(rows))
    return written([["row", *columns, "file"], *lines])
