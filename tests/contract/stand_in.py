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
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, Literal

from tests.providers.gateway import serving

Moment = Literal["submission", "upload", "poll", "download"]
UNKNOWN_TASK = {"errors": [{"code": "taskNotFound", "message": "No such task.", "parameter": "taskUUID"}]}
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


@dataclass
class Cell:
    """One generation of the matrix: what goes wrong in it, and what was seen of it."""

    name: str
    moment: Moment
    act: Act
    times: int
    paid: int = 0
    posts: int = 0


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

    def handle(self, method: str, path: str, body: bytes) -> Reply:
        found = _route(method, path, body)
        if found is None:
            return Reply(404)
        moment, who = found
        cell = self._cell(path, body, who)
        healthy = _HEALTHY[who][moment]
        if cell is None:
            return healthy(self, path, body, None)
        if moment in ("poll", "download") and not cell.paid:
            return UNKNOWN
        with self._lock:
            cell.posts += moment == "submission"
            struck = cell.moment == moment and cell.times > 0
            cell.times -= struck

        def accept() -> Reply:
            with self._lock:
                cell.paid += moment == "submission"
            return healthy(self, path, body, cell.name)

        return cell.act(accept) if struck else accept()

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


Healthy = Callable[[StandIn, str, bytes, str | None], Reply]


def _link(server: StandIn, who: str, cell: str | None) -> str:
    return f"{server.url}/media.{who}.test/{cell}.mp4"


def _download(server: StandIn, *_: object) -> Reply:
    return Reply(200, server.video, {"Content-Type": "video/mp4"})


def _segmind_poll(server: StandIn, path: str, _: bytes, cell: str | None) -> Reply:
    if "history" in path:
        return Reply(404, b'{"error": "Request not found"}')
    done = {"status": "COMPLETED", "request_id": cell}
    return _json(done if path.endswith("/status") else done | {"output": _link(server, "segmind", cell)})


def _runware_submission(_: StandIn, __: str, body: bytes, ___: str | None) -> Reply:
    return _json({"data": [{"taskType": "videoInference", "taskUUID": _number(body)}]})


def _runware_upload(_: StandIn, __: str, body: bytes, ___: str | None) -> Reply:
    number = "bd778741-cc7b-4c8e-8f57-2f0f6a1b7c3d"
    return _json({"data": [{"taskType": "mediaStorage", "taskUUID": _number(body), "mediaUUID": number}]})


def _runware_poll(server: StandIn, _: str, body: bytes, cell: str | None) -> Reply:
    link = _link(server, "runware", cell)
    item = {"taskUUID": _number(body), "status": "success", "videoUUID": cell, "videoURL": link}
    return _json({"data": [item]})


def _aimlapi_poll(server: StandIn, _: str, __: bytes, cell: str | None) -> Reply:
    return _json({"id": cell, "status": "completed", "video": {"url": _link(server, "aimlapi", cell)}})


def _bhuman_poll(server: StandIn, _: str, __: bytes, cell: str | None) -> Reply:
    return _json(
        {"code": 200, "result": {"id": cell, "status": "succeeded", "url": _link(server, "bhuman", cell)}}
    )


_HEALTHY: dict[str, dict[Moment, Healthy]] = {
    "segmind": {
        "submission": lambda _, __, ___, cell: _json({"request_id": cell, "status": "QUEUED"}),
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
        "submission": lambda _, __, ___, cell: _json({"id": cell, "status": "queued"}),
        "poll": _aimlapi_poll,
        "download": _download,
    },
    "bhuman": {
        "submission": lambda _, __, ___, cell: _json({"code": 200, "result": [cell]}),
        "poll": _bhuman_poll,
        "download": _download,
    },
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
