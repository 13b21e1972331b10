"""Turns figures into words for people: durations, ages, prices. Knows no widget."""

from __future__ import annotations

import time
from decimal import Decimal

from components.catalog import model
from components.catalog.spec import ModelSpec, VoiceLimits
from components.library.records import Generation
from components.studio import Side, Usual

LEAST = Decimal("0.005")
"""US dollars, below which two decimals would say nothing."""


SIDES: dict[Side, str] = {"sandbox": "sandbox until you add a key", "live": "live", "off": "needs a key"}
SIDES_WITHOUT_KEYS: dict[Side, str] = {"sandbox": "sandbox", "live": "live", "off": "not set up"}


def length(seconds: float) -> str:
    """E.g. `3.9 s`, `10.4 s`, `3:20`, `1:02:00`."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def size(count: int) -> str:
    """Bytes, e.g. `0 KB`, `12 KB`, `3.4 MB`, `1.2 GB`."""
    if count >= 1e9:
        return f"{count / 1e9:.1f} GB"
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(min(1, count), round(count / 1e3))} KB"


def ago(moment: float) -> str:
    """E.g. `just now`, `9 min ago`, `3 h ago`, `2 days ago`."""
    seconds = max(0.0, time.time() - moment)
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{seconds // 60:.0f} min ago"
    if seconds < 86400:
        return f"{seconds // 3600:.0f} h ago"
    days = int(seconds // 86400)
    return f"{days} day{'s' if days > 1 else ''} ago"


def usual(spec: ModelSpec, side: Side, known: Usual | None) -> str:
    """How long it usually takes, from our own runs, else as published, else plainly unknown."""
    if known:
        return f"usually {span(known.low, known.high)}, from {known.runs} run{'s' if known.runs > 1 else ''} here"
    if side == "live" and spec.typical_seconds:
        return f"usually {span(*spec.typical_seconds)}"
    return "first run here, so no usual time yet"


def span(low: float, high: float) -> str:
    """E.g. `5–9 s`, `3:20–4:10`; whole seconds, as promises about time should be."""
    first, last = _whole(low), _whole(high)
    if first == last:
        return f"about {last}"
    return f"{first.removesuffix(' s')}–{last}" if last.endswith(" s") else f"{first}–{last}"


def _whole(seconds: float) -> str:
    return f"{max(1, round(seconds))} s" if seconds < 60 else length(seconds)


def where(side: Side, *, knows_keys: bool, own_key: bool = False) -> str:
    """Where a press goes, e.g. `live`, `sandbox until you add a key`; without a word of keys where none may be."""
    return (SIDES if knows_keys else SIDES_WITHOUT_KEYS)[side] + (" with your own key" if own_key else "")


def price(spec: ModelSpec, side: Side, estimate: float | None, knows_keys: bool = True) -> tuple[str, str]:
    """What the next press costs, and a word on it.

    Args:
        spec: the model.
        side: where it would go.
        estimate: US dollars for the request at hand, where that can be told.
        knows_keys: whether the person hears of the key that pays.
    """
    if side == "sandbox":
        return "Free in the sandbox", ""
    if estimate is None:
        return (
            "Paid by your key" if knows_keys else "Paid by the studio",
            f"{spec.provider_name} publishes no price for it",
        )
    return f"About ${estimate:.2f}", "estimated" if spec.price.usd_per_second else "the provider's average"


def voice_limit(limits: VoiceLimits) -> str:
    """How long a voice may be, e.g. `under 30 s`, `up to 5:00`."""
    most = f"{limits.most_seconds:g} s" if limits.most_seconds < 60 else length(limits.most_seconds)
    return f"up to {most}" if limits.inclusive else f"under {most}"


def through(spec: ModelSpec) -> str:
    """Who made the model and who runs it, each once."""
    if spec.maker == spec.provider_name:
        return spec.name
    return f"{spec.name} by {spec.maker}, through {spec.provider_name}"


def place(spec: ModelSpec, generation: Generation, before: int | None = None) -> str:
    """Where it is made, and where it waits for its turn how many come first, e.g. `at Segmind, 3 before it`."""
    turn = "" if before is None else ", next" if before == 0 else f", {before} before it"
    return "in the sandbox" if generation.sandbox else f"at {spec.provider_name}{turn}"


def side(generation: Generation) -> str:
    """E.g. `sandbox`, `sandbox · would have cost $0.14`, `live · $0.14`, `live with an own key · $0.14`."""
    live = "live with an own key" if generation.own_key else "live"
    return " · ".join(filter(None, ["sandbox" if generation.sandbox else live, cost(generation)]))


def cost(generation: Generation) -> str:
    """What the whole request took or would have taken, e.g. `$0.42 for 3 takes`; nothing where it was not told."""
    if generation.cost is None:
        return ""
    count, word = _asked(generation)
    amount = dollars(generation.cost) + (f" for {count} {word}" if count > 1 else "")
    return f"would have cost {amount}" if generation.sandbox else amount


def dollars(amount: Decimal) -> str:
    """E.g. `$1.46`, and `under $0.01` for the least."""
    return "under $0.01" if 0 < amount < LEAST else f"${amount:.2f}"


def _asked(generation: Generation) -> tuple[int, str]:
    """How many videos it asked for, and what they are called."""
    spec = model(generation.model)
    people, takes = (spec.value(generation.parameters, role) for role in ("rows", "takes"))
    if isinstance(people, list):
        return len(people), "people"
    return (takes, "takes") if isinstance(takes, int) else (1, "take")


def setting(spec: ModelSpec, name: str, given: object) -> tuple[str, str]:
    """A parameter as a person calls it and means it, e.g. `Length 3.9 s`, `Uses Text + voice`."""
    control = spec.control(name)
    if control.means and control.means.role == "frames" and spec.fps and isinstance(given, int):
        return control.title, length(given / spec.fps)
    return control.title, control.choices.get(given) or value(given)


def beginning(text: str, most: int) -> str:
    """The first words, as many as fit into so many letters."""
    plain = " ".join(text.split())
    if len(plain) <= most:
        return plain
    whole, space, _ = plain[:most].rpartition(" ")
    return f"{whole if space else plain[: most - 1]}…"


def value(setting: object) -> str:
    """A parameter's value, e.g. `7.5`, `5`, `TIA`."""
    if isinstance(setting, bool):
        return "on" if setting else "off"
    return f"{setting:g}" if isinstance(setting, float) else str(setting)
