"""The matrix: every provider, fault and moment. Nothing is paid for twice, nothing is lost, all is told."""

from __future__ import annotations

import itertools
import json
import os
import re
import wave
from collections.abc import Iterator

import av
import numpy as np
import pytest

from components.providers import PROVIDERS
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live, every_key
from tests.contract.faults import FAULTS, HUGE, KEPT, Fault
from tests.contract.stand_in import Cell, StandIn, start_stand_in
from tests.sandbox_server import until
from tests.sentences import faults as faults_of

KEYS = every_key("SG_0123456789abcdef")
MOMENTS = [
    (provider, moment)
    for provider in PROVIDERS
    for moment in FAULTS
    if moment != "upload" or provider in ("segmind", "runware")
]
WRITE = os.environ.get("FAULTS") == "write"
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> bytes:
    """A true video, larger than one drip."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 96, "yuv420p"
        for shade in range(6):
            grain = np.random.default_rng(shade).integers(0, 255, (96, 160, 3), dtype=np.uint8)
            file.mux(stream.encode(av.VideoFrame.from_ndarray(grain, format="rgb24")))
        file.mux(stream.encode())
    return path.read_bytes()


@pytest.fixture(scope="module")
def stand_in(clip) -> Iterator[StandIn]:
    with start_stand_in(clip) as running:
        yield running


@pytest.fixture(scope="module")
def hurried() -> Iterator[None]:
    """Hours are fractions of a second, and an answer of 200 kB is too much."""
    hurry = {
        "pauses.LEAST": 0.05,
        "pauses.FIRST": 0.1,
        "pauses.LONGEST": 0.2,
        "submit.KEEP_WAITS": (0.1, 0.1),
        "collect.MISSING_GRACE": 0.0,
        "collect.MISSING_FOR": 10.0,
        "collect.LONGEST_TROUBLE": 0.4,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in hurry.items():
            patch.setattr(f"components.engine.{name}", value)
        patch.setattr("components.providers.http.LARGEST", HUGE // 2)
        yield


@pytest.fixture(scope="module")
def module_settings(stand_in, tmp_path_factory) -> Settings:
    given = Settings(data_dir=tmp_path_factory.mktemp("faults") / "data", poll_seconds=0.05)
    return given.model_copy(update=as_live(stand_in.url) | KEYS)


def test_matrix_when_listed_then_every_provider_has_every_moment():
    kept = json.loads(KEPT.read_text("utf-8"))
    assert {(who, when) for who, moments in kept.items() for when in moments} == set(MOMENTS)


@pytest.fixture(scope="module")
def told() -> Iterator[dict]:
    """What each cell came to; written down where that is asked for."""
    found: dict = {}
    yield found
    if WRITE:
        KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def request_of(provider: str, cell: Cell, studio: Studio, stand_in: StandIn, tmp_path) -> tuple[str, dict]:
    """A request whose mark the stand-in finds again; only cells of the upload give a file."""
    voice = f"https://example.com/{cell.name}.wav"
    if cell.moment == "upload":
        asset = studio.add_asset(_voice(tmp_path / f"{cell.name}.wav", int(cell.name[-4:])))
        stand_in.knows(cell.name, studio._engine.context.storage.read(asset.key))
        voice = asset.id
    return {
        "segmind": ("segmind/humo", {"prompt": f"A face, {cell.name}", "audio": voice, "frames": 10}),
        "runware": (
            "runware/omnihuman-1",
            {"referenceImages": f"https://example.com/{cell.name}.jpg", "audio": voice},
        ),
        "aimlapi": (
            "aimlapi/omnihuman",
            {"image_url": f"https://example.com/{cell.name}.jpg", "audio_url": voice},
        ),
        "bhuman": (
            "bhuman/personalized-video",
            {
                "video_instance_id": "0b1f7a52-9f63-4b5e-8f57-2f0f6a1b7c3d",
                "variables": ["name"],
                "names": [[cell.name]],
            },
        ),
    }[provider]


def _voice(path, seed: int):
    noise = np.random.default_rng(seed).integers(-9000, 9000, 16_000, dtype=np.int16)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(noise.tobytes())
    return path


def outcome(cell: Cell, job) -> dict:
    """What the documentation shows of a cell."""
    said = f"{job.error.message} {job.error.hint}" if job.error else ""
    return {
        "state": job.state,
        "told": re.sub(r"cell-\d{4}", "…", said),
        "taken": cell.paid,
        "sent": cell.posts,
        "videos": len(job.outputs),
        "ways out": job.doubtful,
    }


def settled(studio: Studio, job, fault: Fault):
    """At its end, or where it has none, once it has said what is the matter or was asked often."""
    if fault.name != "only trouble, for ever":
        return studio.wait(job.id, 120)
    return until(lambda: (now := studio.generations.get(job.id)).troubled_since and now, 60)


@pytest.fixture(scope="module")
def studio(hurried, module_settings, told) -> Iterator[Studio]:
    with open_studio(module_settings) as running:
        yield running
        before = {job.id: job for job in running.generations.recent(limit=10_000)}
    # What a restart does: nothing to what has ended, and it sends nothing.
    with open_studio(module_settings) as again:
        for job in again.generations.recent(limit=10_000):
            assert not before[job.id].ended or (job.state, job.error) == (
                before[job.id].state,
                before[job.id].error,
            )


@pytest.mark.parametrize(("provider", "moment"), MOMENTS, ids=[f"{who}-{when}" for who, when in MOMENTS])
def test_fault_when_it_strikes_then_it_is_told_nothing_is_paid_twice_and_nothing_lost(
    provider, moment, studio, stand_in, told, tmp_path
):
    cells = {}
    for fault in FAULTS[moment]:
        cell = Cell(f"cell-{next(NUMBERS):04}", moment, fault.act, fault.times)
        stand_in.add(cell)
        cells[fault.name] = (fault, cell, studio.submit(*request_of(provider, cell, studio, stand_in, tmp_path)))
    found = {name: outcome(cell, settled(studio, job, fault)) for name, (fault, cell, job) in cells.items()}
    for name, (fault, cell, job) in cells.items():
        assert cell.paid <= 1, f"{name}: paid for {cell.paid} times"
        ended = studio.generations.get(job.id)
        assert ended.error is None or not faults_of(ended.error, provider), name
        # What was taken is home, or waits for a person with ways out, or is still asked for.
        assert not cell.paid or ended.state in ("done", "running") or ended.doubtful, (name, ended.error)
        if fault.name != "only trouble, for ever":
            assert ended.ended
    told.setdefault(provider, {})[moment] = found
    if not WRITE:
        assert found == json.loads(KEPT.read_text("utf-8"))[provider][moment], "FAULTS=write, then make docs"
