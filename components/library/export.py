"""Packs a generation's videos into a ZIP with a table of what became of each row. Knows no screen."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import PurePath

from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output
from components.library.storage import Storage

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell; a name from outside must not (owasp.org, CSV injection)."""


def pack(storage: Storage, generation: Generation, key: str) -> None:
    """Writes the ZIP under a storage key; videos are stored, not squeezed: they are compressed already."""
    with storage.writing(key) as path, zipfile.ZipFile(path, "w") as packed:
        for output in generation.outputs:
            packed.write(storage.path(output.key), file_name(output))
        packed.writestr("results.csv", table(generation), zipfile.ZIP_DEFLATED)


def output_name(spec: ModelSpec, generation: Generation, output: Output) -> str:
    """What a downloaded video is called, e.g. `humo-3f2a91c0.mp4`."""
    number = f"-{output.position + 1}" if output.position else ""
    return f"{spec.page}-{generation.id[:8]}{number}{PurePath(output.key).suffix}"


def file_name(output: Output) -> str:
    """E.g. `003-Ann.mp4`: the row's number keeps the order, its label says whose it is."""
    label = "".join(letter if letter.isalnum() else "-" for letter in str(output.facts.get("label", "")))
    tidy = "-".join(part for part in label.split("-") if part)[:40]
    return f"{output.position + 1:03}{'-' + tidy if tidy else ''}{PurePath(output.key).suffix}"


def table(generation: Generation) -> str:
    """One line a row of the request: its values, and its file or "no video"."""
    columns = [str(name) for name in generation.parameters.get("variables", [])]
    rows = generation.parameters.get("names") or [[] for _ in generation.outputs]
    files = {output.position: file_name(output) for output in generation.outputs if output.facts}
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["row", *map(harmless, columns), "file"])
    for position, row in enumerate(rows):
        writer.writerow([position + 1, *map(harmless, row), files.get(position, "no video")])
    return out.getvalue()


def harmless(cell: object) -> str:
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
