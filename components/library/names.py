"""What videos are called when they are given away. It knows no file."""

from __future__ import annotations

from pathlib import PurePath

from components.catalog.spec import ModelSpec
from components.library.records import Generation, Output


def output_name(spec: ModelSpec, generation: Generation, output: Output) -> str:
    """What a downloaded video is called, e.g. `humo-3f2a91c0.mp4`."""
    number = f"-{output.position + 1}" if output.position else ""
    return f"{spec.page}-{generation.id[:8]}{number}{PurePath(output.key).suffix}"


def row_name(output: Output) -> str:
    """What one row's video is called, e.g. `003-Ann.mp4`: its number keeps the order, its label tells whose."""
    label = "".join(letter if letter.isalnum() else "-" for letter in str(output.facts.get("label", "")))
    tidy = "-".join(part for part in label.split("-") if part)[:40]
    return f"{output.position + 1:03}{'-' + tidy if tidy else ''}{PurePath(output.key).suffix}"
