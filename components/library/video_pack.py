"""Packs chosen videos into a ZIP with a table and a manifest to read. Knows no screen."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from components.catalog import MODELS
from components.catalog.addresses import is_address
from components.library.names import output_name
from components.library.records import Entry, Output
from components.library.spreadsheet import written
from components.library.storage import Storage

Find = Callable[[Output], Path]
Describe = Callable[[str], str]
"""What a file of the request is, by its id."""
COLUMNS = (
    "file",
    "model",
    "provider",
    "made",
    "live",
    "seconds",
    "width",
    "height",
    "request",
    "request_cost_usd",
    "sandbox_would_have_cost_usd",
)
ABOUT_COST = (
    "request_cost_usd is what a whole request cost. Where it gave several videos (with the same `request` in",
    "results.csv), it stands at the first of them only, so that the column adds up to what was paid.",
    "sandbox_would_have_cost_usd is what a request to the sandbox would have cost; nobody paid it.",
)
PRICES = COLUMNS[-2:]
MARKS = ("favourite", "rating", "tags", "note")


def pack_key(entries: Sequence[Entry], *, tagging: bool) -> str:
    """Tells two selections apart, and the same one before and after a mark or the switch was changed."""
    videos = [(entry.id, entry.output) for entry in entries]
    marks = [(one, o.favourite, o.rating, o.tags, o.note) for one, o in videos if o]
    content = repr((tagging, marks))
    return f"exports/pack-{hashlib.sha256(content.encode()).hexdigest()[:40]}.zip"


def pack_videos(storage: Storage, entries: Sequence[Entry], find: Find, describe: Describe, key: str) -> None:
    """Writes the ZIP; videos are stored, not squeezed: they are compressed already."""
    named = [(entry, entry.output, _name(entry)) for entry in entries if entry.output]
    with storage.writing(key) as path, zipfile.ZipFile(path, "w") as packed:
        for _, output, name in named:
            packed.write(find(output), name)
        packed.writestr("results.csv", _table(entries), zipfile.ZIP_DEFLATED)
        packed.writestr("manifest.txt", _manifest(entries, describe), zipfile.ZIP_DEFLATED)


def _table(entries: Sequence[Entry]) -> str:
    """One line a video: facts, marks, then every setting that any of them has."""
    settings = sorted({name for entry in entries for name in _settings(entry)})
    known = zip(entries, _facts(entries), strict=True)
    lines = ([*facts, *(_settings(entry).get(name, "") for name in settings)] for entry, facts in known)
    return written([[*COLUMNS, *MARKS, *settings], *lines])


def _manifest(entries: Sequence[Entry], describe: Describe) -> str:
    """The same for reading: what was made with which settings."""
    lines = [f"{len(entries)} video{'s' if len(entries) > 1 else ''} from Screentest", "", *ABOUT_COST, ""]
    for entry, values in zip(entries, _facts(entries), strict=True):
        spec, request = MODELS[entry.generation.model], entry.generation
        where = "sandbox" if request.sandbox else "live"
        facts = dict(zip([*COLUMNS, *MARKS], values, strict=True))
        lines += [str(facts["file"]), f"  {spec.name} by {spec.maker}, through {spec.provider_name} ({where})"]
        files = spec.files()
        shown = [
            (name, describe(str(value)) if name in files else value) for name, value in _settings(entry).items()
        ]
        shown += [(name, facts[name]) for name in ("made", "seconds", *PRICES, *MARKS) if facts[name] != ""]
        lines += [f"  {name}: {' '.join(str(value).split())}" for name, value in shown] + [""]
    return "\n".join(lines)


def _facts(entries: Sequence[Entry]) -> Iterator[list[object]]:
    """Those of COLUMNS and MARKS, a line a video."""
    priced: set[str] = set()
    for entry in entries:
        request, output = entry.generation, _video(entry)
        spec = MODELS[request.model]
        made = datetime.fromtimestamp(request.created_at, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        facts = [_name(entry), spec.name, spec.provider_name, made, "no" if request.sandbox else "yes"]
        size = [output.facts.get("width", ""), output.facts.get("height", "")]
        cost = "" if request.cost is None or request.id in priced else f"{request.cost:.4f}"
        priced.add(request.id)
        marks = ["yes" if output.favourite else "", output.rating or "", ", ".join(output.tags), output.note]
        prices = ["", cost] if request.sandbox else [cost, ""]
        yield [*facts, round(output.seconds, 2), *size, request.id[:8], *prices, *marks]


def _name(entry: Entry) -> str:
    """The file's name inside the ZIP; the id keeps two of one model apart."""
    return output_name(MODELS[entry.generation.model], entry.generation, _video(entry))


def _settings(entry: Entry) -> dict[str, object]:
    """What was asked for; files by their id, addresses and tables of people not at all."""
    found = entry.generation.parameters.items()
    plain = {name: value for name, value in found if isinstance(value, str | int | float | bool)}
    return {name: value for name, value in plain.items() if not is_address(value)}


def _video(entry: Entry) -> Output:
    if entry.output is None:
        raise ValueError("a generation without a video cannot be packed")
    return entry.output
