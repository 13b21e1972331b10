"""Writes what is generated (models.md, faults.md, openapi.json, constants.js); --check says what is stale."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from components.catalog import MODELS, WISHES
from components.catalog.check import bounds
from components.catalog.limits import picture_words, voice_words
from components.catalog.price import in_words
from components.catalog.spec import ModelSpec, Wish
from components.routes.api import OPENAPI
from docs import constants, faults

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "models.md"
OF_API = ROOT / "docs" / "openapi.json"
HEAD = "# Models\n\nGenerated from `components/catalog` by `make docs`; do not edit by hand.\n"


def main(arguments: list[str]) -> int:
    """Writes each file, or compares it."""
    texts = {TARGET: models(), constants.TARGET: constants.text(), faults.TARGET: faults.text(), OF_API: OPENAPI}
    if "--check" not in arguments:
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [
        path for path, text in texts.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in texts:
        sys.stdout.write(f"{path.relative_to(ROOT)} is {'stale: run make docs' if path in stale else 'fresh'}\n")
    return 1 if stale else 0


def models() -> str:
    """The page of all models."""
    return "\n".join([HEAD, *(_wish(wish) for wish in WISHES)])


def _wish(wish: Wish) -> str:
    """The models of a wish, under it."""
    return "\n".join([f"## {wish}\n", *(_section(spec) for spec in MODELS.values() if spec.wish == wish)])


def _section(spec: ModelSpec) -> str:
    seconds = (
        "–".join(map(str, dict.fromkeys(spec.typical_seconds))) + " s" if spec.typical_seconds else "not published"
    )
    pace = f" {spec.fps} frames a second." if spec.fps else ""
    links = ", ".join(f"[{title}]({url})" for title, url in spec.links.items())
    rows = [_row(spec, name) for name in spec.parameters()]
    paragraphs = (
        f"### {spec.name} (`{spec.id}`)",
        f"{spec.title}. {spec.pitch}",
        f"By {spec.maker}, through {spec.provider_name}.{pace} {_price(spec)} Usual time: {seconds}. {links}.",
        _limits(spec),
        "\n".join(["| parameter | meaning | range | default | source |", "|---|---|---|---|---|", *rows]),
        _presets(spec),
        f"Not documented: {'; '.join(spec.unknown)}." if spec.unknown else "",
    )
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def _price(spec: ModelSpec) -> str:
    said = in_words(spec)
    by = f" by `{spec.price.depends_on}`" if spec.price.depends_on else ""
    priced = spec.price.usd is not None or spec.price.usd_per_second is not None
    return f"{said[0].upper()}{said[1:]}{by}{f' ({spec.price.source})' if priced else ''}."


def _limits(spec: ModelSpec) -> str:
    """What the studio refuses before anything is sent."""
    said = {
        "Voice": voice_words(spec.voice) if spec.voice else "",
        "Picture": picture_words(spec.picture) if spec.picture else "",
    }
    return " ".join(f"{title}: {words}." for title, words in said.items() if words)


def _row(spec: ModelSpec, name: str) -> str:
    field, control, limits = spec.field(name), spec.control(name), bounds(spec, name)
    if limits:
        span = f"{limits[0]:g} – {limits[1]:g}"
    elif control.kind == "choice":
        span = ", ".join(map(str, spec.options(name)))
    else:
        span = control.kind
    default = "required" if field.is_required() else field.get_default()
    shown = "none" if default is None else f"{default:g}" if isinstance(default, float) else default
    return f"| `{name}` | {control.title}: {control.help} | {span} | {shown} | {control.source} |"


def _presets(spec: ModelSpec) -> str:
    if not spec.resolutions:
        return ""
    sizes = ", ".join(preset.label for preset in spec.resolutions)
    lengths = ", ".join(f"{preset.label} ({preset.note})" for preset in spec.durations)
    return f"Resolution presets: {sizes}. Duration presets: {lengths}."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
