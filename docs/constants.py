"""The text of `components/ui/browser/shared/constants.js`: what Python and JavaScript share, told by Python."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from components.library.records import ENDED
from components.routes import events
from components.routes import hub as server
from components.studio import comparisons
from components.ui.browser import contract
from components.ui.frame.states import COUNTED, STATES

TARGET = Path(__file__).resolve().parents[1] / "components/ui/browser/shared/constants.js"
WIDTH = 115
NAMES = ("COMPARISON_STATE", "MARKS", "OPEN", "TURN", "CHANGED", "PUSHED", "RENEW")
"""Under which the browser hands values to Python."""
HEAD = """\
// What Python and JavaScript share. Written by `make docs` from components/ui/browser/contract.py,
// components/ui/frame/states.py and components/routes; do not edit by hand.
"""


def text() -> str:
    """One export a fact, each with the type that the checker needs."""
    states = {
        state: {"word": words.word, "notice": words.notice, "ended": state in ENDED}
        for state, words in STATES.items()
    }
    facts: list[tuple[str, str, Any]] = [
        ("STATES", "Readonly<Record<string, {word: string, notice: string, ended: boolean}>>", states),
        ("COUNTED", "ReadonlyArray<string>", COUNTED),
        ("BELL_ITEMS", "number", contract.BELL_ITEMS),
        ("MOST_STARS", "number", contract.MOST_STARS),
        ("SHIFT_LIMIT", "number", contract.SHIFT_LIMIT),
        ("MOST_COMPARED", "number", comparisons.MOST),
        ("SPEEDS", "ReadonlyArray<number>", contract.SPEEDS),
        ("VIEWS", "Readonly<Record<string, readonly [string, string]>>", contract.VIEWS),
        ("ADDRESS_PARAMETERS", "ReadonlyArray<string>", contract.ADDRESS_PARAMETERS),
        ("SOCKET_PATH", "string", events.PATH),
        ("SOCKET_PROTOCOL", "string", events.PROTOCOL),
        ("SOCKET_BEAT_SECONDS", "number", server.BEAT),
        *((name, "string", getattr(contract, name)) for name in NAMES),
    ]
    return HEAD + "".join(_export(name, kind, value) for name, kind, value in facts)


def _export(name: str, kind: str, value: Any) -> str:
    line = f"export const {name} = {_shown(value)};"
    if isinstance(value, tuple) and len(line) > WIDTH:
        line = f"export const {name} = [\n{''.join(f'  {_shown(one)},{chr(10)}' for one in value)}];"
    return f"\n/** @type {{{kind}}} */\n{line}\n"


def _shown(value: Any) -> str:
    """As JavaScript, laid out as biome would lay it out, so that the formatter has nothing to change."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(one) for one in value)}]"
    if isinstance(value, dict):
        rows = "".join(f"  {name}: {_row(one)},\n" for name, one in value.items())
        return f"{{\n{rows}}}"
    return json.dumps(value, ensure_ascii=False)


def _row(value: Any) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{name}: {_shown(one)}' for name, one in value.items())} }}"
    return _shown(value)
