"""What can go wrong, by moment; what came of it is kept in fixtures/faults.json, of which docs/faults.md is made.

`python -m pytest tests/contract/test_faults.py` compares; with FAULTS=write in the environment it writes anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.contract.stand_in import Act, Moment, Reply

KEPT = Path(__file__).with_name("fixtures") / "faults.json"
CODES = (400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 422, 429, 500, 501, 502, 503, 504)
PAGE = b"<html><head><title>Sorry</title></head><body>nginx</body></html>"
HUGE = 200_000
"""Bytes: more than the test lets an answer have."""
A_FEW, FOR_EVER = 3, 10_000


@dataclass(frozen=True)
class Fault:
    """One way to misbehave, and for how many requests."""

    name: str
    act: Act
    times: int = 1


def _instead(reply: Reply) -> Act:
    return lambda _: reply


def _after(change: Callable[[Reply], Reply]) -> Act:
    return lambda accept: change(accept())


def _code(status: int) -> Reply:
    return Reply(status, b'{"message": "It did not work."}', {"Content-Type": "application/json"})


def _cut(reply: Reply) -> Reply:
    return Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers, len(reply.body))


BROKEN: Mapping[str, Reply] = {
    "a page": Reply(200, PAGE, {"Content-Type": "text/html"}),
    "JSON cut short": Reply(200, b'{"data": [{"status": "succ', {"Content-Type": "application/json"}),
    "nothing": Reply(200, b""),
    "too much": Reply(200, b"x" * HUGE),
    "a redirect": Reply(302, b"", {"Location": "http://127.0.0.1:9/elsewhere"}),
    "a redirect to itself": Reply(302, b"", {"Location": "?"}),
}
WAYS: Mapping[str, Callable[[Reply], Reply]] = {
    "the line breaks": lambda _: Reply(then="reset"),
    "the answer breaks off": _cut,
}
SLOW: Mapping[str, Callable[[Reply], Reply]] = {
    "a late answer": lambda reply: Reply(reply.status, reply.body, reply.headers, then="late"),
    "an answer in drips": lambda reply: Reply(reply.status, reply.body, reply.headers, then="drip"),
}


def _submission() -> list[Fault]:
    return [
        *(Fault(f"HTTP {code}, nothing taken", _instead(_code(code))) for code in CODES),
        *(
            Fault(f"HTTP {code}, though taken", _after(lambda _, code=code: _code(code)))
            for code in CODES
            if code >= 500
        ),  # type: ignore[misc]
        *(Fault(f"{name}, though taken", _after(lambda _, reply=reply: reply)) for name, reply in BROKEN.items()),  # type: ignore[misc]
        *(Fault(f"{name}, though taken", _after(change)) for name, change in WAYS.items()),
        Fault("the line breaks, nothing taken", _instead(Reply(then="reset"))),
        *(Fault(name, _after(change)) for name, change in SLOW.items()),
    ]


def _question() -> list[Fault]:
    few = [
        *(Fault(f"HTTP {code} a few times", _instead(_code(code)), A_FEW) for code in CODES),
        *(Fault(f"{name} a few times", _instead(reply), A_FEW) for name, reply in BROKEN.items()),
        *(Fault(f"{name} a few times", _after(change), A_FEW) for name, change in WAYS.items()),
        *(Fault(name, _after(change), A_FEW) for name, change in SLOW.items()),
    ]
    return few


def _poll() -> list[Fault]:
    return [
        *_question(),
        Fault("HTTP 404 for more than an hour", _instead(_code(404)), FOR_EVER),
        Fault("a word that nobody knows, a few times", _after(_unknown_word), A_FEW),
        Fault("done without a video, a few times", _after(_no_video), A_FEW),
        Fault("the same video told twice", _after(_twice), FOR_EVER),
        Fault("only trouble, for ever", _instead(_code(500)), FOR_EVER),
    ]


def _download() -> list[Fault]:
    strange = Reply(200, b"GIF89a" + bytes(range(256)), {"Content-Type": "image/gif"})
    return [*_question(), Fault("a picture a few times", _instead(strange), A_FEW)]


def _changed(reply: Reply, change: Callable[[Any], Any]) -> Reply:
    return Reply(reply.status, json.dumps(_each(json.loads(reply.body), change)).encode(), reply.headers)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same with every object changed, inner ones first."""
    if isinstance(value, list):
        return [_each(one, change) for one in value]
    if isinstance(value, dict):
        return change({name: _each(one, change) for name, one in value.items()})
    return value


def _unknown_word(reply: Reply) -> Reply:
    return _changed(
        reply,
        lambda item: {
            name: "PONDERING" if name == "status" else value
            for name, value in item.items()
            if not (isinstance(value, str) and value.startswith("http"))
        },
    )


def _no_video(reply: Reply) -> Reply:
    return _changed(
        reply,
        lambda item: {
            name: value
            for name, value in item.items()
            if not (isinstance(value, str) and value.startswith("http"))
        },
    )


def _twice(reply: Reply) -> Reply:
    body = json.loads(reply.body)
    if isinstance(body.get("data"), list):
        body["data"] *= 2
    if isinstance(body.get("output"), str):
        body["output"] = [body["output"]] * 2
    if isinstance(body.get("video"), dict):
        body["video"] = [body["video"]] * 2
    return Reply(reply.status, json.dumps(body).encode(), reply.headers)


FAULTS: Mapping[Moment, list[Fault]] = {
    "submission": _submission(),
    "upload": _question(),
    "poll": _poll(),
    "download": _download(),
}
