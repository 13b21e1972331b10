"""A studio that runs on a server, as a script has it: the same short forms as of one that runs in the script.

with open_studio(url="http://localhost:8501", token="st_...") as studio:
    voice = studio.add_asset(Path("hello.mp3"))
    job = studio.submit("segmind/humo", {"prompt": "...", "audio": voice.id, "frames": 97})
    job = studio.wait(job.id, timeout=120)
    studio.copy_output(job.outputs[0].id, Path("hello.mp4"))
"""

from __future__ import annotations

import re
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any, Literal

from components.client import shapes
from components.client.transport import Transport
from components.errors import FileTooLarge, InvalidFile, StillRunning, TooManyRequests

MOST_BYTES = 200 * 1024**2
LONGEST_WAIT = 60.0
"""Seconds that one question may wait."""
LEAST_PAUSE = 1.0
CHUNK = 256 * 1024


class RemoteGenerations:
    """What one's own token sends and sees."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def plan(self, model_id: str, parameters: Mapping[str, Any]) -> shapes.Plan:
        """What a request would become and cost; nothing is stored or sent.

        Raises:
            InvalidRequest: something does not fit.
        """
        body = shapes.Draft(model=model_id, parameters=dict(parameters)).model_dump_json()
        return self._transport.post(shapes.Plan, "/plan", body.encode(), {"Content-Type": "application/json"})

    def submit(
        self,
        model_id: str,
        parameters: Mapping[str, Any],
        *,
        key: str | None = None,
        most_dollars: Decimal | None = None,
    ) -> shapes.Generation:
        """Starts a generation; it goes on whatever happens to this script.

        A connection that breaks is tried again under the same key, so that nothing is paid for twice.

        Args:
            model_id: e.g. `segmind/humo`.
            parameters: by documented name; image and audio take an asset id or an https address.
            key: what this request is called. One that a script keeps, to send again after a crash; else a new one.
            most_dollars: what it may cost, in US dollars, by the model's price; the sandbox costs nothing.

        Raises:
            InvalidRequest: something does not fit; nothing was stored or sent.
            CeilingReached: a ceiling has no room for it, it is expected to cost more than it may, or its price is
                not known; nothing was stored or sent.
            RepeatDiffers: another request was sent under this key.
            StudioUnreachable: nobody knows whether it arrived; the same key tells.
        """
        wanted = shapes.Submission(model=model_id, parameters=dict(parameters), most_dollars=most_dollars)
        # A server of before this knows no such limit, and refuses what it does not know.
        body = wanted.model_dump_json(exclude={"most_dollars"} if most_dollars is None else None)
        headers = {"Idempotency-Key": key or uuid.uuid4().hex, "Content-Type": "application/json"}
        return self._transport.post(shapes.Generation, "/generations", body.encode(), headers)

    def get(self, generation_id: str) -> shapes.Generation:
        return self._transport.get(shapes.Generation, f"/generations/{generation_id}")

    def recent(
        self, model: str | None = None, *, limit: int = 20, offset: int = 0
    ) -> tuple[shapes.Generation, ...]:
        """One's own, newest first, of one model or of all."""
        page = self._transport.get(shapes.Generations, "/generations", model=model, limit=limit, offset=offset)
        return page.generations

    def cancel(self, generation_id: str) -> shapes.Generation:
        """Takes back a generation that has not left yet; raises CannotCancel where it has."""
        return self._transport.post(shapes.Generation, f"/generations/{generation_id}/cancel")

    def wait(self, generation_id: str, timeout: float) -> shapes.Generation:
        """Blocks until the generation has ended, at most `timeout` seconds.

        Raises:
            StillRunning: it has not; it goes on all the same.
        """
        deadline = time.monotonic() + timeout
        while True:
            asked = time.monotonic()
            left, path = deadline - asked, f"/generations/{generation_id}"
            try:
                found = self._transport.get(shapes.Generation, path, wait=max(0.0, min(LONGEST_WAIT, left)))
            except TooManyRequests as busy:
                _pause(min(busy.retry_after, max(0.0, left)))
                if left > 0:
                    continue
                raise
            if found.ended:
                return found
            if time.monotonic() >= deadline:
                raise StillRunning(
                    f"After {timeout:g} s the video is not ready yet.", "It goes on; ask for it again later."
                )
            # A server that cannot let it wait answers at once.
            _pause(min(LEAST_PAUSE - (time.monotonic() - asked), deadline - time.monotonic()))


class RemoteStudio:
    """Everything that a program may do on a server, within its token's role and ceiling."""

    def __init__(self, url: str, token: str) -> None:
        self._transport = Transport(url, token)
        self.generations = RemoteGenerations(self._transport)
        self.submit, self.wait = self.generations.submit, self.generations.wait

    def add_asset(
        self,
        source: Path | bytes,
        *,
        name: str = "",
        kind: Literal["image", "audio"] | None = None,
        model_id: str | None = None,
    ) -> shapes.Asset:
        """Checks a file and keeps it, ready to be sent; see `Studio.add_asset`."""
        query = {"name": name or None, "kind": kind, "model": model_id}
        if isinstance(source, bytes):
            _refuse_large(len(source))
            return self._transport.post(shapes.Asset, "/assets", source, query=query)
        if not source.is_file():
            raise InvalidFile(f"There is no file {source}.", "Check the path.")
        _refuse_large(source.stat().st_size)
        with source.open("rb") as file:
            return self._transport.post(shapes.Asset, "/assets", file, query=query | {"name": name or source.name})

    def copy_output(self, output_id: str, target: Path) -> Path:
        """Copies a video to `target`, a file or a folder; it is there whole or not at all."""
        with self._transport.stream(f"/outputs/{output_id}/video") as response:
            if target.is_dir():
                target /= _name(response.headers.get("Content-Disposition", ""), output_id)
            with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".part", delete=False) as draft:
                try:
                    for chunk in response.iter_content(CHUNK):
                        draft.write(chunk)
                    draft.close()
                    return Path(draft.name).replace(target)
                finally:
                    Path(draft.name).unlink(missing_ok=True)

    def models(self) -> tuple[shapes.Model, ...]:
        """What each model is, takes and costs."""
        return self._transport.get(shapes.Models, "/models").models

    def account(self) -> shapes.Account:
        """Who this token is, and what is left under each ceiling."""
        return self._transport.get(shapes.Account, "/account")


@contextmanager
def connected(url: str, token: str) -> Iterator[RemoteStudio]:
    """A studio at an address; the token is told to nobody else."""
    studio = RemoteStudio(url, token)
    try:
        yield studio
    finally:
        studio._transport.close()


def _refuse_large(size: int) -> None:
    """Before it is sent: a server that refuses in the midst of it cuts the connection, and says nothing."""
    if size > MOST_BYTES:
        raise FileTooLarge("The file is larger than 200 MB.", "Choose a smaller one.")


def _name(said: str, output_id: str) -> str:
    """The name that the server gives a file, without any folder."""
    found = re.search(r'filename="([^"]+)"', said)
    return PurePath(found[1].replace("\\", "/")).name if found else f"{output_id}.mp4"


def _pause(seconds: float) -> None:
    if seconds > 0:
        threading.Event().wait(seconds)
