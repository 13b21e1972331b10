"""Documented answers of providers as `Answer`s; each file in fixtures/ names its source and its date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from requests.structures import CaseInsensitiveDict

from components.providers.http import Answer

FIXTURES = Path(__file__).parent / "fixtures"


def answers(topic: str) -> dict[str, Answer]:
    """The answers of one file, by name."""
    page = json.loads((FIXTURES / f"{topic}.json").read_text("utf-8"))
    return {name: _answer(given) for name, given in page["answers"].items()}


def answer(body: Any = None, status: int = 200, *, content: bytes | None = None, **headers: str) -> Answer:
    """An answer made up by a test; underscores in header names stand for hyphens."""
    raw = json.dumps(body).encode() if content is None else content
    return Answer(status, CaseInsensitiveDict({k.replace("_", "-"): v for k, v in headers.items()}), raw)


def _answer(given: dict[str, Any]) -> Answer:
    content = given["text"].encode() if "text" in given else json.dumps(given["body"]).encode()
    headers = {"Content-Type": "application/json"} | given.get("headers", {})
    return Answer(given["status"], CaseInsensitiveDict(headers), content)
