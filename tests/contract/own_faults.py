"""What can go wrong at one provider alone: the errors of its own documents, records that expire, videos that come
one by one. The answers are those of tests/providers/fixtures, whose files name their sources.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from components.providers.http import Answer
from tests.contract.stand_in import A_FEW, FOR_EVER, Fault, Moment, Reply
from tests.providers.documented import answers

ERRORS = {"segmind": "errors", "runware": "runware_errors", "aimlapi": "aimlapi_errors", "bhuman": "bhuman_errors"}
"""Fixtures of the answers to a submission that start nothing, or of which nobody can tell."""
FAILURES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "segmind": ("status", ("failed", "failed_with_200")),
    "runware": ("runware_poll", ("item_error", "top_error", "single_error", "unsafe")),
    "aimlapi": ("aimlapi_failed", ("object", "detail", "text", "with_422")),
    "bhuman": ("bhuman_video", ("failed",)),
}
"""Fixtures of jobs that were taken and failed."""
WORKING = {"segmind": "PROCESSING", "runware": "processing", "aimlapi": "generating", "bhuman": "processing"}
"""How each says that a job is under way."""
TIMED_OUT = {"code": "timeoutProvider", "message": "It took too long.", "status": "error"}
LATER = ("retry-after", "x-rate-limit-reset-at-utc")
"""Headers that would only make the matrix wait."""


def own_faults(provider: str, moment: Moment) -> list[Fault]:
    """Those of this provider at this moment."""
    if moment == "submission":
        return [*_documented(provider), *_by_v1(provider)]
    if moment == "upload":
        return [*_documented(provider), *_still_taken(provider)]
    return [*_poll(provider), *_several(provider)] if moment == "poll" else []


def _documented(provider: str) -> list[Fault]:
    return [
        Fault(f"documented: {name.replace('_', ' ')}", _instead(_reply(answer)))
        for name, answer in answers(ERRORS[provider]).items()
    ]


def _by_v1(provider: str) -> list[Fault]:
    if provider != "segmind":
        return []
    gone = _reply(answers(ERRORS[provider])["404"])
    return [Fault("documented: 404, of v1 too", _instead(gone), 2)]


def _still_taken(provider: str) -> list[Fault]:
    if provider != "runware":
        return []
    return [Fault("still being stored, a few times", _instead(_reply(answers("runware_media")["not_yet"])), A_FEW)]


def _poll(provider: str) -> list[Fault]:
    topic, names = FAILURES[provider]
    failures = [
        Fault(f"documented failure: {name.replace('_', ' ')}", _instead(_reply(answers(topic)[name])), FOR_EVER)
        for name in names
    ]
    under_way = _each(lambda item: _without_links(item) | _status(item, WORKING[provider]))
    found = [*failures, Fault("under way for ever", _after(under_way), FOR_EVER, ends=False)]
    if provider == "segmind":
        found.append(Fault("its record has expired, the history has it", _after(_expired_record), FOR_EVER))
    if provider == "runware":
        late = Reply(200, json.dumps({"errors": [TIMED_OUT]}).encode())
        found.append(Fault("documented failure: given up there", _instead(late), FOR_EVER))
        found.append(Fault("no longer a live task, the archive has it", _after(_archived), FOR_EVER))
    return [*found, Fault("the same video told twice", _after(_twice), FOR_EVER)]


def _several(provider: str) -> list[Fault]:
    """Of a request for two videos."""
    if provider == "runware":
        return [
            Fault("one of two fails", _after(_second_task(None)), FOR_EVER, takes=2),
            Fault("one of two comes later", _after(_second_task("processing")), A_FEW, takes=2),
        ]
    if provider == "bhuman":
        unknown = _reply(answers("bhuman_video")["unknown"])
        return [
            Fault("one of two fails", _after(_second_row("failed")), FOR_EVER, takes=2),
            Fault("one of two comes later", _after(_second_row("processing")), A_FEW, takes=2),
            Fault(
                "one of two is unknown for more than an hour",
                _after(lambda reply: unknown if _is_second(reply) else reply),
                FOR_EVER,
                takes=2,
            ),
        ]
    return []


def _instead(reply: Reply) -> Any:
    return lambda _: reply


def _after(change: Callable[[Reply], Reply]) -> Any:
    return lambda accept: change(accept())


def _reply(answer: Answer) -> Reply:
    headers = {name: value for name, value in answer.headers.items() if name.lower() not in LATER}
    return Reply(answer.status, answer.content, headers)


def _changed(reply: Reply, body: Any) -> Reply:
    return Reply(reply.status, json.dumps(body).encode(), reply.headers)


def _each(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Reply], Reply]:
    """An answer with every object changed, inner ones first."""

    def of(value: Any) -> Any:
        if isinstance(value, list):
            return [of(one) for one in value]
        return change({name: of(one) for name, one in value.items()}) if isinstance(value, dict) else value

    return lambda reply: _changed(reply, of(json.loads(reply.body)))


def _without_links(item: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in item.items() if not (isinstance(one, str) and one.startswith("http"))}


def _status(item: dict[str, Any], word: str) -> dict[str, str]:
    return {"status": word} if "status" in item else {}


def unknown_word(reply: Reply) -> Reply:
    return _each(lambda item: _without_links(item) | _status(item, "PONDERING"))(reply)


def no_video(reply: Reply) -> Reply:
    return _each(_without_links)(reply)


def _twice(reply: Reply) -> Reply:
    body = json.loads(reply.body)
    for name in ("data", "output", "video", "result"):
        if name in body:
            body[name] = (body[name] if isinstance(body[name], list) else [body[name]]) * 2
    return _changed(reply, body)


def _expired_record(reply: Reply) -> Reply:
    """The history's answers stay."""
    return reply if b"generation_url" in reply.body else Reply(404, b'{"error": "Request not found"}')


def _archived(reply: Reply) -> Reply:
    """The archive's answers stay."""
    gone = _reply(answers("runware_poll")["unknown_task"])
    return reply if b"getTaskDetails" in reply.body else gone


def _second_task(word: str | None) -> Callable[[Reply], Reply]:
    """The first video is there; the second has this word, or has failed."""

    def change(reply: Reply) -> Reply:
        first, second = json.loads(reply.body)["data"]
        if word is None:
            return _changed(reply, {"data": [first], "errors": [TIMED_OUT]})
        return _changed(reply, {"data": [first, _without_links(second) | {"status": word}]})

    return change


def _second_row(word: str) -> Callable[[Reply], Reply]:
    worded = _each(lambda item: _without_links(item) | _status(item, word))
    return lambda reply: worded(reply) if _is_second(reply) else reply


def _is_second(reply: Reply) -> bool:
    return str(json.loads(reply.body)["result"]["id"]).endswith("-1")
