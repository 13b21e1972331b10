"""All four providers' happy paths in a few lines, and what goes wrong in a chosen cell of the matrix of faults.

Unlike the sandbox it draws nothing and checks no request: it counts what it took, and does what a test says. The
shapes of its answers are those of tests/providers/fixtures, whose files name their sources.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal

from tests.providers.gateway import serving

Moment = Literal["submission", "upload", "poll", "download"]
UNKNOWN_TASK = {"errors": [{"code": "taskNotFound", "message": "No such task.", "parameter": "taskUUID"}]}
THERE_ALREADY = {"errors": [{"code": "conflictTaskUUID", "message": "Used.", "parameter": "taskUUID"}]}
MARK = re.compile(r"cell-\d{4}")


@dataclass
class Reply:
    """One answer; `then` is what happens to it on its way."""

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    then: Literal["", "reset", "drip", "late"] = ""


UNKNOWN = Reply(404, json.dumps(UNKNOWN_TASK).encode())
"""What was never taken is known to nobody; in Runware's words, for the others the code says it."""
Act = Callable[[Callable[[], Reply]], Reply]
"""What a fault makes of the healthy answer; calling for it is what accepts a submission."""
A_FEW, FOR_EVER = 3, 10_000
TASK = b"9d0b8c2e-6c1f-4c1e-8f57-2f0f6a1b7c3d"
"""The number of a task in the fixtures, in whose place the answers bear that of the question."""


@dataclass(frozen=True)
class Fault:
    """One way to misbehave, and for how many requests."""

    name: str
    act: Act | None
    """None: nobody listens, so the connection is refused."""
    times: int = 1
    takes: int = 1
    """How many videos are asked for."""
    ends: bool = True
    """Whether it comes to an end; else the studio asks on."""
    believed: bool = False
    """Whether its documents say that this starts or costs nothing, so that they are believed whatever it took."""
    most_taken: int = 1


@dataclass
class Cell:
    """One generation of the matrix: what goes wrong in it, and what was seen of it."""

    name: str
    moment: Moment
    act: Act | None
    times: int
    takes: int = 1
    paid: int = 0
    posts: int = 0
    asked: int = 0


class StandIn:
    """The providers behind one gateway."""

    def __init__(self, video: bytes) -> None:
        self.video, self.url = video, ""
        self.cells: dict[str, Cell] = {}
        self._known: dict[str, str] = {}
        self._lock = threading.Lock()

    def add(self, cell: Cell) -> None:
        self.cells[cell.name] = cell

    def knows(self, cell: str, file: bytes) -> None:
        """A file by whose content an upload is told."""
        self._known[hashlib.sha256(file).hexdigest()] = cell

    def refuses(self, method: str, path: str, body: bytes) -> bool:
        """Whether the connection for this request is refused."""
        found = _route(method, path, body)
        cell = self._cell(path, body, found[1]) if found else None
        if found is None or cell is None or cell.act is not None or cell.moment != found[0]:
            return False
        with self._lock:
            refused = cell.times > 0
            cell.times -= refused
        return refused

    def handle(self, method: str, path: str, body: bytes) -> Reply:
        found = _route(method, path, body)
        if found is None:
            return Reply(404)
        moment, who = found
        cell = self._cell(path, body, who)
        healthy = _HEALTHY[who][moment]
        if cell is None:
            return healthy(self, path, body, Cell("", "poll", None, 0))
        if moment in ("poll", "download") and not cell.paid:
            return UNKNOWN
        with self._lock:
            cell.posts += moment == "submission"
            cell.asked += moment == "poll"
            struck = cell.act is not None and cell.moment == moment and cell.times > 0
            cell.times -= struck

        def accept() -> Reply:
            with self._lock:
                if moment == "submission" and who == "runware" and cell.paid:
                    return Reply(400, json.dumps(THERE_ALREADY).encode())
                cell.paid += moment == "submission"
            return healthy(self, path, body, cell)

        reply = cell.act(accept) if struck and cell.act else accept()
        return replace(reply, body=reply.body.replace(TASK, _number(body).encode())) if who == "runware" else reply

    def _cell(self, path: str, body: bytes, who: str) -> Cell | None:
        """By its mark, by the number that was given at its submission, or by its file."""
        text = path + body.decode("latin-1")
        if mark := MARK.search(text):
            name: str | None = mark[0]
        elif media := re.search(r"data:[^,]+,([A-Za-z0-9+/=]+)", text):
            name = self._known.get(hashlib.sha256(base64.b64decode(media[1])).hexdigest())
        else:
            name = self._known.get(_number(body)) if who == "runware" else None
        if name and who == "runware" and "videoInference" in text:
            self._known[_number(body)] = name
        return self.cells.get(name or "")


def _number(body: bytes) -> str:
    tasks = json.loads(body or b"[{}]")
    return str(tasks[0].get("taskUUID", ""))


def _json(value: Any) -> Reply:
    return Reply(200, json.dumps(value).encode(), {"Content-Type": "application/json"})


def _route(method: str, path: str, body: bytes) -> tuple[Moment, str] | None:
    """Which moment a request belongs to, and whose it is."""
    who = next((name for name in _HEALTHY if name in path.split("/")[1]), None)
    if who is None:
        return None
    if path.endswith(".mp4"):
        return "download", who
    if who == "runware":
        kind = json.loads(body)[0]["taskType"]
        return {"videoInference": "submission", "mediaStorage": "upload"}.get(kind, "poll"), who  # type: ignore[return-value]
    if method == "POST":
        return ("upload" if "upload-asset" in path else "submission"), who
    return "poll", who


Healthy = Callable[[StandIn, str, bytes, Cell], Reply]


def _link(server: StandIn, who: str, name: str) -> str:
    return f"{server.url}/media.{who}.test/{name}.mp4"


def _download(server: StandIn, *_: object) -> Reply:
    return Reply(200, server.video, {"Content-Type": "video/mp4"})


def _segmind_submission(server: StandIn, path: str, _: bytes, cell: Cell) -> Reply:
    """v1 answers with the video itself."""
    return _download(server) if "/v1/" in path else _json({"request_id": cell.name, "status": "QUEUED"})


def _segmind_poll(server: StandIn, path: str, _: bytes, cell: Cell) -> Reply:
    link, done = _link(server, "segmind", cell.name), {"status": "COMPLETED", "request_id": cell.name}
    if "history" in path:
        return _json(done | {"generation_url": link})
    return _json(done if path.endswith("/status") else done | {"output": link})


def _runware_submission(_: StandIn, __: str, body: bytes, ___: Cell) -> Reply:
    return _json({"data": [{"taskType": "videoInference", "taskUUID": _number(body)}]})


def _runware_upload(_: StandIn, __: str, body: bytes, ___: Cell) -> Reply:
    number = "bd778741-cc7b-4c8e-8f57-2f0f6a1b7c3d"
    return _json({"data": [{"taskType": "mediaStorage", "taskUUID": _number(body), "mediaUUID": number}]})


def _runware_poll(server: StandIn, _: str, body: bytes, cell: Cell) -> Reply:
    task = json.loads(body)[0]
    about = {"taskUUID": task["taskUUID"]}
    names = [f"{cell.name}-{place}" for place in range(cell.takes)]
    made = [
        about | {"status": "success", "videoUUID": name, "videoURL": _link(server, "runware", name)}
        for name in names
    ]
    if task["taskType"] == "getTaskDetails":
        return _json({"data": [about | {"taskType": "getTaskDetails", "response": {"data": made}}]})
    return _json({"data": made})


def _aimlapi_poll(server: StandIn, _: str, __: bytes, cell: Cell) -> Reply:
    return _json({"id": cell.name, "status": "completed", "video": {"url": _link(server, "aimlapi", cell.name)}})


def _bhuman_submission(_: StandIn, __: str, ___: bytes, cell: Cell) -> Reply:
    return _json({"code": 200, "result": [f"{cell.name}-{place}" for place in range(cell.takes)]})


def _bhuman_poll(server: StandIn, path: str, _: bytes, __: Cell) -> Reply:
    name = path.partition("id=")[2]
    return _json(
        {"code": 200, "result": {"id": name, "status": "succeeded", "url": _link(server, "bhuman", name)}}
    )


_HEALTHY: dict[str, dict[Moment, Healthy]] = {
    "segmind": {
        "submission": _segmind_submission,
        "upload": lambda *_: _json({"file_urls": ["https://images.segmind.com/assets/a.wav"]}),
        "poll": _segmind_poll,
        "download": _download,
    },
    "runware": {
        "submission": _runware_submission,
        "upload": _runware_upload,
        "poll": _runware_poll,
        "download": _download,
    },
    "aimlapi": {
        "submission": lambda _, __, ___, cell: _json({"id": cell.name, "status": "queued"}),
        "poll": _aimlapi_poll,
        "download": _download,
    },
    "bhuman": {"submission": _bhuman_submission, "poll": _bhuman_poll, "download": _download},
}


class _Handler(BaseHTTPRequestHandler):
    server_of: StandIn

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        reply = self.server_of.handle(self.command, self.path, body)
        self.close_connection = True
        if reply.then == "reset":
            return
        if reply.then == "late":
            time.sleep(0.3)
        self.send_response(reply.status)
        length = len(reply.body) if reply.length is None else reply.length
        for name, value in ({"Content-Length": str(length)} | reply.headers).items():
            self.send_header(name, value)
        self.end_headers()
        pieces = [reply.body[at : at + 4096] for at in range(0, len(reply.body), 4096)]
        for piece in pieces:
            self.wfile.write(piece)
            self.wfile.flush()
            if reply.then == "drip":
                time.sleep(0.02)

    do_GET = do_POST = _answer

    def log_message(self, *_: object) -> None:
        """The matrix says what is worth saying."""


@contextmanager
def start_stand_in(video: bytes) -> Iterator[StandIn]:
    standing = StandIn(video)
    with serving(type("Handler", (_Handler,), {"server_of": standing})) as standing.url:
        yield standing
