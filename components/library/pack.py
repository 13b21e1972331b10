"""Packs chosen videos into a ZIP with a table and a manifest to read. Knows no screen."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from components.catalog import MODELS
from components.catalog.addresses import is_address
from components.library.export import harmless, output_name
from components.library.records import Entry, Output
from components.library.storage import Storage

Find = Callable[[Output], Path]
COLUMNS = ("file", "model", "provider", "made", "live", "seconds", "width", "height", "cost_usd")
MARKS = ("favourite", "rating", "tags", "note")


def pack_key(entries: Sequence[Entry], *, tagging: bool) -> str:
    """Tells two selections apart, and the same one before and after a mark or the switch was changed."""
    videos = [(entry.id, entry.output) for entry in entries]
    marks = [(one, o.favourite, o.rating, o.tags, o.note) for one, o in videos if o]
    told = repr((tagging, marks))
    return f"exports/pack-{hashlib.sha256(told.encode()).hexdigest()[:40]}.zip"


def pack(storage: Storage, entries: Sequence[Entry], find: Find, key: str) -> None:
    """Writes the ZIP; videos are stored, not squeezed: they are compressed already."""
    named = [(entry, entry.output, name_of(entry)) for entry in entries if entry.output]
    with storage.writing(key) as path, zipfile.ZipFile(path, "w") as packed:
        for _, output, name in named:
            packed.write(find(output), name)
        packed.writestr("results.csv", table(entries), zipfile.ZIP_DEFLATED)
        packed.writestr("manifest.txt", manifest(entries), zipfile.ZIP_DEFLATED)


def name_of(entry: Entry) -> str:
    """The file's name inside the ZIP; the id keeps two of one model apart."""
    return output_name(MODELS[entry.generation.model], entry.generation, _video(entry))


def table(entries: Sequence[Entry]) -> str:
    """One line a video: facts, marks, then every setting that any of them has."""
    settings = sorted({name for entry in entries for name in _settings(entry)})
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*COLUMNS, *MARKS, *settings])
    for entry in entries:
        own = _settings(entry)
        writer.writerow(map(harmless, [*_facts(entry), *(own.get(name, "") for name in settings)]))
    return out.getvalue()


def manifest(entries: Sequence[Entry]) -> str:
    """The same for reading: what was made with which settings."""
    lines = [f"{len(entries)} video{'s' if len(entries) > 1 else ''} from Screentest", ""]
    for entry in entries:
        spec, request = MODELS[entry.generation.model], entry.generation
        where = "sandbox" if request.sandbox else "live"
        lines += [name_of(entry), f"  {spec.name} by {spec.maker}, through {spec.provider_name} ({where})"]
        lines += [f"  {name}: {' '.join(str(value).split())}" for name, value in _settings(entry).items()]
        facts = dict(zip([*COLUMNS, *MARKS], _facts(entry), strict=True))
        told = {name: facts[name] for name in ("made", "seconds", "cost_usd", *MARKS) if facts[name] != ""}
        lines += [f"  {name}: {' '.join(str(value).split())}" for name, value in told.items()] + [""]
    return "\n".join(lines)


def _facts(entry: Entry) -> list[object]:
    request, output = entry.generation, _video(entry)
    spec = MODELS[request.model]
    made = datetime.fromtimestamp(request.created_at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    cost = "" if request.cost is None or request.sandbox else f"{request.cost:.4f}"
    size = (output.facts.get("width", ""), output.facts.get("height", ""))
    facts = [name_of(entry), spec.name, spec.provider_name, made, "no" if request.sandbox else "yes"]
    marks = ["yes" if output.favourite else "", output.rating or "", ", ".join(output.tags), output.note]
    return [*facts, round(output.seconds, 2), *size, cost, *marks]


def _settings(entry: Entry) -> dict[str, object]:
    """What was asked for; files only by their id, addresses and tables of people not at all."""
    found = entry.generation.parameters.items()
    plain = {name: value for name, value in found if isinstance(value, str | int | float | bool)}
    return {name: value for name, value in plain.items() if not is_address(value)}


def _video(entry: Entry) -> Output:
    if entry.output is None:
        raise ValueError("a generation without a video cannot be packed")
    return entry.output
