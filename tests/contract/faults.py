"""What can go wrong, by moment; what came of it is kept in fixtures/faults.json, of which docs/faults.md is made.

`python -m pytest tests/contract/test_faults.py` compares; with FAULTS=write in the environment it writes anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.contract.own_faults import no_video, own_faults, unknown_word
from tests.contract.stand_in import A_FEW, FOR_EVER, Act, Fault, Moment, Reply

KEPT = Path(__file__).with_name("fixtures") / "faults.json"
CODES = (400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 422, 429, 500, 501, 502, 503, 504)
PAGE = b"<html><head><title>Sorry</title></head><body>nginx</body></html>"
HUGE = 200_000
"""Bytes: more than the test lets an answer have."""


def _instead(reply: Reply) -> Act:
    return lambda _: reply


def _after(change: Callable[[Reply], Reply]) -> Act:
    return lambda accept: change(accept())


def _always(reply: Reply) -> Callable[[Reply], Reply]:
    return lambda _: reply


def _code(status: int) -> Reply:
    return Reply(status, b'{"message": "It did not work."}', {"Content-Type": "application/json"})


def _cut(reply: Reply) -> Reply:
    return Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers, len(reply.body))


BROKEN: Mapping[str, Reply] = {
    "a page": Reply(200, PAGE, {"Content-Type": "text/html"}),
    "JSON cut short": Reply(200, b'{"data": [{"status": "succ', {"Content-Type": "application/json"}),
    "JSON of another shape": Reply(200, b'[[1, "x", null], 7]', {"Content-Type": "application/json"}),
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
        *(_though_taken(code) for code in CODES),
        *(Fault(f"{name}, though taken", _after(_always(reply))) for name, reply in BROKEN.items()),
        *(Fault(f"{name}, though taken", _after(change)) for name, change in WAYS.items()),
        Fault("the line breaks, nothing taken", _instead(Reply(then="reset"))),
        Fault("the connection is refused", None),
        *(Fault(name, _after(change)) for name, change in SLOW.items()),
    ]


def _though_taken(code: int) -> Fault:
    """A refusal that is none: what is documented to start or to cost nothing is believed, and a 429 sent again."""
    act, believed = _after(_always(_code(code))), code < 500
    return Fault(f"HTTP {code}, though taken", act, believed=believed, most_taken=1 + (code == 429))


def _question() -> list[Fault]:
    return [
        *(Fault(f"HTTP {code} a few times", _instead(_code(code)), A_FEW) for code in CODES),
        *(Fault(f"{name} a few times", _instead(reply), A_FEW) for name, reply in BROKEN.items()),
        *(Fault(f"{name} a few times", _after(change), A_FEW) for name, change in WAYS.items()),
        Fault("the connection is refused", None),
        *(Fault(name, _after(change), A_FEW) for name, change in SLOW.items()),
    ]


def _poll() -> list[Fault]:
    return [
        *_question(),
        Fault("HTTP 404 for more than an hour", _instead(_code(404)), FOR_EVER),
        Fault("a word that nobody knows, a few times", _after(unknown_word), A_FEW),
        Fault("done without a video, a few times", _after(no_video), A_FEW),
        Fault("only trouble, for ever", _instead(_code(500)), FOR_EVER, ends=False),
    ]


def _download() -> list[Fault]:
    strange = Reply(200, b"GIF89a" + bytes(range(256)), {"Content-Type": "image/gif"})
    return [
        *_question(),
        Fault("a picture a few times", _instead(strange), A_FEW),
        Fault("the link has expired (HTTP 403), for ever", _instead(_code(403)), FOR_EVER, ends=False),
    ]


FAULTS: Mapping[Moment, list[Fault]] = {
    "submission": _submission(),
    "upload": _question(),
    "poll": _poll(),
    "download": _download(),
}
"""Of every provider."""


def faults_at(provider: str, moment: Moment) -> list[Fault]:
    """All that can go wrong for a provider at a moment."""
    return [*FAULTS[moment], *own_faults(provider, moment)]
