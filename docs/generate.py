"""Writes what is generated (docs/models.md, the constants of the browser), or with --check says what is stale."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from components.catalog import MODELS
from components.catalog.check import bounds
from components.catalog.spec import ModelSpec
from docs import constants

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "models.md"
HEAD = "# Models\n\nGenerated from `components/catalog` by `make docs`; do not edit by hand.\n"


def main(arguments: list[str]) -> int:
    """Writes each file, or compares it."""
    texts = {TARGET: models(), constants.TARGET: constants.text()}
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
    return "\n".join([HEAD, *(_section(spec) for spec in MODELS.values())])


def _section(spec: ModelSpec) -> str:
    price = f"about ${spec.price.usd:.3f}" if spec.price.usd is not None else "not published"
    if spec.price.usd_per_second is not None:
        price = f"about ${spec.price.usd_per_second:.3f} for each second of each video ({spec.price.source})"
    seconds = (
        "–".join(map(str, dict.fromkeys(spec.typical_seconds))) + " s" if spec.typical_seconds else "not published"
    )
    pace = f" {spec.fps} frames a second." if spec.fps else ""
    links = ", ".join(f"[{title}]({url})" for title, url in spec.links.items())
    rows = "\n".join(_row(spec, name) for name in spec.parameters())
    return (
        f"## {spec.name} (`{spec.id}`)\n\n{spec.title}. {spec.pitch}\n\n"
        f"By {spec.maker}, through {spec.provider_name}.{pace} Price: {price}. "
        f"Usual time: {seconds}. {links}.\n\n"
        "| parameter | meaning | range | default | source |\n|---|---|---|---|---|\n"
        f"{rows}\n\n{_presets(spec)}\n"
    )


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
