"""Calls every method of every subject of a studio, with arguments by their names: one that is new must fit in."""

from __future__ import annotations

import inspect
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from components.catalog import model
from components.errors import NotAllowed
from components.library.records import Ceiling, View
from components.settings import ROOT
from components.studio import Studio
from components.studio.comparisons import Order
from components.studio.person import Right
from components.studio.rights import RIGHTS
from tests.studio.belongings import HUMO, NOTHING, STATES, WORD, Ids
from tests.team import BOB

AT = 1_800_000_000.0


def methods(right: Right | None = None) -> list[tuple[str, str]]:
    """Subject and name of those that need this right, or of all."""
    found = [(subject, name, act) for subject, acts in RIGHTS.items() for name, act in acts.items()]
    return [(subject, name) for subject, name, act in found if right in (None, act.right)]


def arguments(studio: Studio, subject: str, name: str, ids: Ids, target: Path) -> dict[str, Any]:
    """For each parameter that has no default, and for those that take an id."""
    table = of_ids(ids) | of_any_kind(target) | own_record(studio, subject)
    table |= {"now": datetime.fromtimestamp(AT, UTC)} if subject == "spending" else {}
    known = inspect.signature(getattr(type(getattr(studio, subject)), name)).parameters
    return {one: table[one] for one, how in known.items() if one in table or needed(one, how)}


def needed(name: str, how: inspect.Parameter) -> bool:
    return name != "self" and how.default is inspect.Parameter.empty


def of_ids(ids: Ids) -> dict[str, Any]:
    return {
        "generation_id": ids.generation,
        "follows": ids.generation,
        "token_id": ids.generation,
        "output_id": ids.outputs[0],
        "ids": [*ids.outputs, ids.generation],
        "asset_id": ids.asset,
        "values": {"prompt": "x", "audio": ids.asset, "image": ids.asset},
        "parameters": {"prompt": "x", "audio": ids.asset, "frames": 25},
        "export_id": ids.export,
        "pieces": ids.pieces,
        "order": Order(ids.pieces),
        "given": ids.operation,
    }


def of_any_kind(target: Path) -> dict[str, Any]:
    return {
        "model_id": HUMO,
        "model": HUMO,
        "spec": model(HUMO),
        "sandbox": True,
        "limit": 500,
        "states": (*STATES, "done"),
        "since": 0.0,
        "now": AT,
        "timeout": 0.0,
        "view": View(text=WORD),
        "value": None,
        "text": "mine now",
        "name": "mine-now",
        "provider": "segmind",
        "secrets": {"segmind_api_key": "SG_other"},
        "ceiling": Ceiling(in_flight=1),
        "act": {"fault": "slow"},
        "times": 1,
        "email": BOB,
        "owner": BOB,
        "role": "out",
        "source": b"no file",
        "data": b"no video",
        "url": "https://127.0.0.1/x.jpg",
        "path": ROOT / "assets" / "sample-portrait.jpg",
        "side": 64,
        "address": "json://127.0.0.1/notices",
        "events": ("done",),
        "target": target,
    }


def own_record(studio: Studio, subject: str) -> dict[str, Any]:
    """What a person has read before: methods say more about that, and find nothing by it."""
    token = {"token": NOTHING.listening if subject == "live" else NOTHING.link}
    with suppress(NotAllowed):
        for one in studio.generations.recent(HUMO):
            if one.outputs:
                output = one.outputs[0]
                return token | {"generation": one, "output": output, "position": 0, "key": output.key}
    return token | dict.fromkeys(("generation", "output", "position", "key"), "none of mine")


def attempt(studio: Studio, subject: str, name: str, ids: Ids, target: Path) -> str:
    """What comes of a call, or why nothing does, in words that are the same for any ids."""
    try:
        found = getattr(getattr(studio, subject), name)(**arguments(studio, subject, name, ids, target))
    except Exception as refused:
        found = type(refused).__name__, str(refused)
    # Of an object that shows nothing of itself, its address is no news.
    text = type(found).__name__ if type(found).__repr__ is object.__repr__ else repr(found)
    for one in sorted(ids.all, key=len, reverse=True):
        text = text.replace(one, "ID")
    return text
