"""What a notice says: by default how many ended and how, and of what was made nothing. Pure: knows no address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from components.catalog import MODELS
from components.library.notices import Ended
from components.library.records import NoticeEvent

LONGEST_PROMPT, MOST_TOLD = 80, 5
"""Letters of a prompt, and how many generations a notice tells one by one."""
TEST = "A test: this is where you will be told of your videos."
ONE: dict[NoticeEvent, str] = {
    "done": "a video is finished",
    "failed": "a video failed",
    "uncertain": "nobody can prove whether a video was made. It waits for you on Activity",
}
MANY: dict[NoticeEvent, str] = {
    "done": "videos are finished",
    "failed": "videos failed",
    "uncertain": "videos are uncertain. They wait for you on Activity",
}
CEILING = "A ceiling stopped a video: nothing was sent."


def notice(ended: Sequence[Ended], *, words: bool, public_url: str | None) -> str:
    """One text for all that ended.

    Args:
        ended: in the order in which it is told.
        words: whether it may hold prompts and links.
        public_url: where browsers reach the studio; without it there is no link.
    """
    lines = [line for event in ONE if (line := _counted(event, [one for one in ended if one.event == event]))]
    lines += [CEILING] if any(one.event == "ceiling" for one in ended) else []
    told = [one for one in ended if one.event != "ceiling"] if words else []
    lines += [line for one in told[:MOST_TOLD] for line in _told(one, public_url)]
    if len(told) > MOST_TOLD:
        lines.append(f"And {len(told) - MOST_TOLD} more.")
    return "\n".join(lines)


def _counted(event: NoticeEvent, ended: Sequence[Ended]) -> str:
    """E.g. `HuMo: a video is finished.`, `12 videos are finished.`; nothing where nothing ended so."""
    # A generation can bring several videos, and one that brought none is one that was wanted.
    count = sum(max(1, len(one.outputs)) if event == "done" else 1 for one in ended)
    if not count:
        return ""
    said = ONE[event] if count == 1 else f"{count} {MANY[event]}"
    names = {_name(one.model) for one in ended}
    return f"{names.pop()}: {said}." if len(names) == 1 else f"{said}."


def _told(one: Ended, public_url: str | None) -> Iterable[str]:
    spec = MODELS.get(one.model)
    asked = " ".join(spec.asked(one.parameters or {}).split()) if spec else ""
    if asked:
        yield asked if len(asked) <= LONGEST_PROMPT else f"{asked[: LONGEST_PROMPT - 1]}…"
    if public_url and one.outputs:
        yield f"{public_url}/gallery?output={one.outputs[0]}"


def _name(model: str) -> str:
    return MODELS[model].name if model in MODELS else model
