"""Brings a finished generation's videos home: received whole, checked, kept, and only then called done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from obstore.exceptions import BaseError as StoreError

from components.engine.context import Context
from components.errors import ErrorInfo, InvalidVideo
from components.fetch import open_url
from components.library.records import Generation, State
from components.library.storage import Received
from components.media import video
from components.providers.base import Done, Result

NOT_A_VIDEO = ErrorInfo(
    code=InvalidVideo.code,
    message="The provider sent a file that is not a playable video.",
    hint="The file is kept, and you can download it. Ask the provider's support about it.",
)

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
        ProviderTrouble: a video could not be fetched; asking the provider again is safe.
        UnsafeAddress: a link that the studio will not follow.
        DiskRefused: it can be tried again.
    """
    generation = context.generations.get(generation_id)
    arrived = _arrived(context, generation) if done is None else _receive(context, generation, done)
    if not arrived and not generation.outputs:
        return False
    context.generations.move(generation_id, ("submitting", "running"), "saving")
    for position, received in enumerate(arrived):
        with _disk():
            _keep(context, generation, position, received)
    cost = None if done is None or done.cost is None else int(done.cost * 1_000_000)
    playable = any(output.facts for output in context.generations.get(generation_id).outputs)
    state: State = "done" if playable else "failed"
    error = None if playable else NOT_A_VIDEO.model_dump()
    context.generations.move(generation_id, "saving", state, cost_micros=cost, error=error)
    return True


def _receive(context: Context, generation: Generation, done: Done) -> list[Received]:
    gateway = context.connections.gateway(sandbox=generation.sandbox)
    received = []
    for position, result in enumerate(done.results):
        with _chunks(result, gateway) as chunks, _disk():
            received.append(context.storage.receive(f"{generation.id}-{position}", chunks))
    return received


@contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except requests.RequestException:
        raise
    except (OSError, StoreError) as refused:
        raise DiskRefused from refused


@contextmanager
def _chunks(result: Result, gateway: str | None) -> Iterator[Iterator[bytes]]:
    if result.content is not None:
        yield iter((result.content,))
    else:
        with open_url(result.url or "", gateway=gateway) as chunks:
            yield chunks


def _arrived(context: Context, generation: Generation) -> list[Received]:
    """What a blocking answer had brought; it carries exactly one video."""
    received = context.storage.received(f"{generation.id}-0")
    return [received] if received else []


def _keep(context: Context, generation: Generation, position: int, received: Received) -> None:
    """Checks one received file and moves it into the library, playable or not."""
    output_id = f"{generation.id}-{position}"
    media_type, facts, poster = _inspect(received)
    suffix = {"video/mp4": "mp4", "video/webm": "webm", "video/quicktime": "mov"}.get(media_type, "bin")
    key, poster_key = f"outputs/{output_id}.{suffix}", f"posters/{output_id}.jpg" if poster else None
    if poster and poster_key:
        context.storage.put(poster_key, poster)
    context.generations.add_output(
        id=output_id,
        owner=generation.owner,
        generation_id=generation.id,
        position=position,
        media_type=media_type,
        key=key,
        poster_key=poster_key,
        size=received.size,
        sha256=received.sha256,
        facts=facts,
    )
    # The row first, the move last: until the file has its place it can be received again.
    context.storage.keep(received, key)


def _inspect(received: Received) -> tuple[str, dict[str, object], bytes | None]:
    with received.path.open("rb") as file:
        media_type = video.sniff(file.read(64))
    try:
        facts = video.probe(received.path)
    except InvalidVideo:
        return "application/octet-stream", {}, None
    try:
        poster = video.poster(received.path)
    except InvalidVideo:
        poster = None
    return media_type or "video/mp4", dict(vars(facts)), poster
