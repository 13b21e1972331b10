"""Saves a finished generation's videos: received whole, checked, kept, and only then called done."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from components.engine.context import Context
from components.errors import ErrorInfo, InvalidFile, InvalidVideo, ProviderTrouble, StorageTrouble, UnsafeRedirect
from components.fetch import Chunks, open_url
from components.library.records import Generation, State
from components.library.storage import Received
from components.media import gate, video
from components.media.arriving import HEAD, may_be_video
from components.providers.base import Done, Result

NOT_A_VIDEO = ErrorInfo(
    code=InvalidVideo.code,
    message="The provider sent a file that is not a playable video.",
    hint="The file is kept, and you can download it. Ask the provider's support about it.",
)

KEPT_FOR = 7 * 86400.0
"""Seconds for which a video is asked for again where something else came: so long Segmind keeps files
(docs.segmind.com/api-reference/async-inference, read 2026-11-20), longer than any other that says so."""
AGAIN = "The studio asks for it again by itself."

DISK = ErrorInfo(
    code="disk",
    message="The video is ready, but this machine's disk did not take it.",
    hint="Make room on the disk; the studio tries again by itself.",
)


class DiskRefused(Exception):
    """The disk did not take a file. Not an OSError: the network's are of that kind too."""


def save(context: Context, generation_id: str, done: Done | None) -> bool:
    """Saves all videos of a generation. Safe to run again after a crash at any point.

    Args:
        context: the library, the storage and the providers.
        generation_id: a generation in `submitting`, `running` or `saving`.
        done: the provider's answer; None resumes with what had arrived whole before a restart.

    Returns:
        False where there was nothing to resume with.

    Raises:
        ProviderTrouble: a video could not be fetched, or something else came; asking again is safe.
        UnsafeAddress: a link that the studio will not follow.
        DiskRefused: it can be tried again.
    """
    generation = context.generations.get(generation_id)
    arrived = _arrived(context, generation) if done is None else _receive(context, generation, done.results)
    if not arrived and not generation.outputs:
        return False
    context.generations.move(generation_id, ("submitting", "running"), "saving")
    _keep_all(context, generation, arrived)
    cost = None if done is None or done.cost is None else int(done.cost * 1_000_000)
    playable = any(output.facts for output in context.generations.get(generation_id).outputs)
    state: State = "done" if playable else "failed"
    error = (done.note if done else None) if playable else NOT_A_VIDEO
    context.generations.move(
        generation_id, "saving", state, cost_micros=cost, error=error.model_dump() if error else None
    )
    return True


def receive_found(context: Context, generation: Generation, url: str) -> None:
    """Receives the video behind a link that a person gave; `save` keeps it as if the provider had sent it.

    Raises:
        UnsafeAddress: a link that the studio will not follow.
        ProviderTrouble: nothing, or something that is no video, lies there.
    """
    gateway = context.connections.gateway(sandbox=generation.sandbox)
    try:
        with _chunks(Result(url=url), gateway, picky=True) as chunks, _disk():
            context.storage.receive(f"{generation.id}-0", chunks)
    except ProviderTrouble as trouble:
        raise ProviderTrouble(trouble.message, "Copy the link again, or paste the generation's id.") from None
    except DiskRefused:
        raise StorageTrouble("This machine's disk did not take the video.", "Make room and try again.") from None


def save_early(context: Context, generation: Generation, results: tuple[Result, ...]) -> None:
    """Saves videos that are there while others are still made; raises as `save` does."""
    _keep_all(context, generation, _receive(context, generation, results))


@dataclass(frozen=True)
class _Arrival:
    """A received file and its place among the outputs."""

    position: int
    label: str
    file: Received


def _receive(context: Context, generation: Generation, results: tuple[Result, ...]) -> list[_Arrival]:
    """Receives what is not kept yet."""
    gateway = context.connections.gateway(sandbox=generation.sandbox)
    picky = time.time() - (generation.submitted_at or 0.0) < KEPT_FOR
    with _disk():
        kept = {output.position for output in generation.outputs if context.storage.has(output.key)}
    contents = {output.sha256 for output in generation.outputs if output.position in kept}
    arrived = []
    for position, result in _each_once(results):
        if position in kept:
            continue
        with _chunks(result, gateway, picky=picky) as chunks, _disk():
            file = context.storage.receive(f"{generation.id}-{position}", chunks)
        # Two rows of one name may give two equal files, and both count: each has a number of its own.
        if result.number or file.sha256 not in contents:
            arrived.append(_Arrival(position, result.label, file))
            contents.add(file.sha256)
        else:
            with _disk():
                file.path.unlink(missing_ok=True)
    return arrived


def _each_once(results: tuple[Result, ...]) -> Iterator[tuple[int, Result]]:
    """The videos with their places; one that is named twice, by its number or its address, counts once."""
    seen: set[str] = set()
    for order, result in enumerate(results):
        name = result.number or result.url or ""
        if name not in seen:
            yield (order if result.position is None else result.position), result
        seen |= {name} - {""}


def _keep_all(context: Context, generation: Generation, arrived: list[_Arrival]) -> None:
    for arrival in arrived:
        with _disk():
            _keep(context, generation, arrival)


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except requests.RequestException:
        raise
    except (OSError, StorageTrouble) as refused:
        raise DiskRefused from refused


@contextmanager
def _chunks(result: Result, gateway: str | None, *, picky: bool) -> Iterator[Iterator[bytes]]:
    """What a result holds or leads to; where it can be asked for again, only what may be a video."""
    if result.content is not None:
        yield iter((result.content,))
        return
    try:
        with open_url(result.url or "", gateway=gateway) as chunks:
            yield _of_a_video(chunks) if picky else chunks
    except (UnsafeRedirect, InvalidFile) as strange:
        raise ProviderTrouble(strange.message, AGAIN) from None


def _of_a_video(chunks: Chunks) -> Iterator[bytes]:
    """The same chunks, unless their beginning is that of a page, of JSON or of nothing."""
    head = b""
    while len(head) < HEAD and (chunk := next(chunks, b"")):
        head += chunk
    if not may_be_video(head[:HEAD], chunks.media_type):
        raise ProviderTrouble("The provider sent something that is no video.", AGAIN)
    yield head
    yield from chunks


def _arrived(context: Context, generation: Generation) -> list[_Arrival]:
    """What a blocking answer had brought; it carries exactly one video."""
    received = context.storage.received(f"{generation.id}-0")
    return [_Arrival(0, "", received)] if received else []


def _keep(context: Context, generation: Generation, arrival: _Arrival) -> None:
    """Checks one received file and moves it into the library, playable or not."""
    output_id, received = f"{generation.id}-{arrival.position}", arrival.file
    media_type, facts, poster = _inspect(received)
    suffix = {"video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov"}.get(media_type, "bin")
    key, poster_key = f"outputs/{output_id}.{suffix}", f"posters/{output_id}.jpg" if poster else None
    if poster and poster_key:
        context.storage.put(poster_key, poster)
    context.generations.add_output(
        id=output_id,
        owner=generation.owner,
        generation_id=generation.id,
        position=arrival.position,
        media_type=media_type,
        key=key,
        poster_key=poster_key,
        size=received.size,
        sha256=received.sha256,
        facts=facts | {"label": arrival.label} if facts and arrival.label else facts,
    )
    # The row first, the move last: until the file has its place it can be received again.
    context.storage.keep(received, key)


def _inspect(received: Received) -> tuple[str, dict[str, object], bytes | None]:
    with received.path.open("rb") as file:
        media_type = video.sniff(file.read(64))
    try:
        found = gate.read_result(received.path)
    except InvalidVideo:
        return "application/octet-stream", {}, None
    return media_type or "video/mp4", dict(vars(found.facts)), found.poster
