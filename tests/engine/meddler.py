"""A gateway in front of the sandbox: notes what passes, and does to chosen requests what a test says."""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tests.conftest import Ledger

SUBMISSION = r"^POST .*/v[12]/bytedance-humo$"
STATUS = r"/status$"
RESULT = r"/v2/requests/[^/]+$"
VIDEO = r"/outputs/"


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Meddling:
    """What happens to the next `times` requests that look like `pattern`."""

    pattern: str
    change: Callable[[Callable[[], Reply]], Reply | None]
    times: int


class Meddler:
    """Hands everything on to `target`, but for the meddlings."""

    def __init__(self, target: str) -> None:
        self.target, self.url = target, ""
        self._meddlings: list[Meddling] = []
        self._seen: list[str] = []
        self._lock = threading.Lock()

    def forget(self) -> None:
        """For the next test: nothing seen, nothing planned."""
        with self._lock:
            self._meddlings.clear()
            self._seen.clear()

    def seen(self, pattern: str) -> int:
        return sum(bool(re.search(pattern, line)) for line in self._seen)

    def answer(self, pattern: str, status: int, body: object = b"", *, times: int = 1, **headers: str) -> Meddling:
        """Answers itself; the sandbox does not learn of it."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._add(pattern, lambda _: Reply(status, headers, content), times)

    def let_through(self, pattern: str, *, one_of: int, status: int) -> None:
        """Hands on every so manieth request and answers the others itself."""
        count = itertools.count(1)

        def some(ask: Callable[[], Reply]) -> Reply:
            return ask() if next(count) % one_of == 0 else Reply(status, {}, b"{}")

        self._add(pattern, some, times=1_000_000)

    def edit(self, pattern: str, change: Callable[[dict], dict], *, times: int = 1000) -> None:
        """Changes the JSON of the sandbox's answer."""

        def edited(ask: Callable[[], Reply]) -> Reply:
            reply = ask()
            reply.body = json.dumps(change(json.loads(reply.body))).encode()
            return reply

        self._add(pattern, edited, times)

    def cut(self, pattern: str, *, times: int = 1) -> None:
        """Breaks the answer off in its middle."""

        def halved(ask: Callable[[], Reply]) -> Reply:
            reply = ask()
            reply.headers["Content-Length"] = str(len(reply.body))
            reply.body = reply.body[: len(reply.body) // 2]
            return reply

        self._add(pattern, halved, times)

    def hang_up(self, pattern: str, *, times: int = 1) -> None:
        """Lets the request through and swallows the answer."""
        self._add(pattern, lambda ask: ask() and None, times)

    def hold(self, pattern: str, *, times: int = 1) -> threading.Event:
        """Lets the request through; its answer waits until the event is set."""
        gate = threading.Event()

        def held(ask: Callable[[], Reply]) -> Reply:
            reply = ask()
            gate.wait(60)
            return reply

        self._add(pattern, held, times)
        return gate

    def end(self, meddling: Meddling) -> None:
        """From now on these requests meet what was planned after it."""
        with self._lock:
            self._meddlings.remove(meddling)

    def _add(self, pattern: str, change: Callable[[Callable[[], Reply]], Reply | None], times: int) -> Meddling:
        planned = Meddling(pattern, change, times)
        with self._lock:
            self._meddlings.append(planned)
        return planned

    def handle(self, line: str, ask: Callable[[], Reply]) -> Reply | None:
        with self._lock:
            self._seen.append(line)
            found = next((one for one in self._meddlings if one.times and re.search(one.pattern, line)), None)
            if found:
                found.times -= 1
        return found.change(ask) if found else ask()


def _handler(meddler: Meddler) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            reply = meddler.handle(f"{self.command} {self.path}", lambda: self._ask(sent))
            self.close_connection = True
            if reply is None:
                return
            self.send_response(reply.status)
            for name, value in ({"Content-Length": str(len(reply.body))} | reply.headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body)

        do_POST = do_GET

        def _ask(self, sent: bytes) -> Reply:
            url = meddler.target + self.path
            passed = {name: value for name, value in self.headers.items() if name.lower() != "host"}
            answer = requests.request(self.command, url, data=sent, headers=passed, timeout=60)
            kept = {n: v for n, v in answer.headers.items() if n.lower().startswith(("content-type", "x-"))}
            body = answer.content
            if "json" in answer.headers.get("Content-Type", ""):
                # The sandbox knows only its own host: what it names is to be fetched through this gateway too.
                body = body.replace(meddler.target.encode(), meddler.url.encode())
            return Reply(answer.status_code, kept, body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


@contextmanager
def start_meddler(target: str) -> Iterator[Meddler]:
    meddler = Meddler(target)
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(meddler)) as server:
        server.daemon_threads = True
        meddler.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield meddler
        finally:
            server.shutdown()


def paid_once(ledger: Ledger, meddler: Meddler) -> bool:
    """Whether one paid request was sent, and one taken."""
    return (len(ledger.paid()), meddler.seen(SUBMISSION)) == (1, 1)
