"""The matrix: every provider, fault and moment. Nothing is paid for twice, nothing is lost, all is told."""

from __future__ import annotations

import itertools
import json
import os
import re
import time
import wave
from collections.abc import Iterator

import av
import numpy as np
import pytest

from components.errors import GenerationFailed
from components.providers import PROVIDERS
from components.settings import Settings
from components.studio import Studio, open_studio
from components.ui.frame import lateness
from tests.conftest import as_live, every_key
from tests.contract.faults import FAULTS, HUGE, KEPT, faults_at
from tests.contract.refused import refusing
from tests.contract.stand_in import MARK, Cell, Fault, StandIn, start_stand_in
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
FAILED = GenerationFailed.code
OFTEN = 3
"""So many questions after one that goes on show that it is asked after."""


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
    with start_stand_in(clip) as running, refusing(running):
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
        "collect.SILENT_AFTER": 1.0,
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
            {
                "referenceImages": f"https://example.com/{cell.name}.jpg",
                "audio": voice,
                "numberResults": cell.takes,
            },
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
                "names": [[f"{cell.name} {place}"] for place in range(cell.takes)],
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


def outcome(studio: Studio, cell: Cell, job) -> dict:
    """What the documentation shows of a cell."""
    return {
        "state": job.state,
        "told": re.sub(r"cell-\d{4}", "…", said(studio, job)),
        "taken": cell.paid,
        "sent": cell.posts,
        "videos": len(job.outputs),
        "ways out": job.doubtful,
    }


def said(studio: Studio, job) -> str:
    """Of one that goes on without trouble: what its tile says once it takes longer than usual."""
    if job.error:
        return f"{job.error.message} {job.error.hint}"
    old = job.model_copy(update={"submitted_at": time.time() - 7200})
    return f"{lateness.longer('usually …')}." if not job.ended and lateness.is_late(studio, old) else ""


def settled(studio: Studio, cell: Cell, job, fault: Fault):
    """At its end, or where it has none, once it was asked often and says what is the matter."""
    if fault.ends:
        return studio.wait(job.id, 120)

    def asked_on():
        now = studio.generations.get(job.id)
        return cell.asked > OFTEN and bool(now.error) == bool(now.troubled_since) and now

    return until(asked_on, 60)


@pytest.fixture(scope="module")
def studio(hurried, stand_in, module_settings, told) -> Iterator[Studio]:
    with open_studio(module_settings) as running:
        yield running
        before = {job.id: job for job in running.generations.recent(limit=10_000)}
    posts, asked = sent(stand_in), {cell.name: cell.asked for cell in stand_in.cells.values()}
    # What a restart does: nothing to what has ended, and it sends nothing; what goes on is asked after again.
    with open_studio(module_settings) as again:
        for job in before.values():
            now = again.generations.get(job.id)
            assert not job.ended or (now.state, now.error, len(now.outputs)) == (
                job.state,
                job.error,
                len(job.outputs),
            )
            if not job.ended:
                name = MARK.search(json.dumps(job.parameters))[0]
                until(lambda name=name: stand_in.cells[name].asked > asked[name] + OFTEN, 60)
                assert again.generations.get(job.id).state == "running"
    assert sent(stand_in) == posts


def sent(stand_in: StandIn) -> dict[str, int]:
    """How often each cell's paid request was sent."""
    return {cell.name: cell.posts for cell in stand_in.cells.values()}


def holds(fault: Fault, cell: Cell, ended, provider: str) -> bool:
    """Whether what became of a cell keeps the rules of the matrix."""
    told = f"{ended.error.message} {ended.error.hint}" if ended.error else ""
    name = PROVIDERS[provider].name
    assert cell.paid <= fault.most_taken, f"{fault.name}: paid for {cell.paid} times"
    wrong = faults_of(ended.error, provider) if ended.error else []
    # While it goes on, the studio speaks of its own fetching, and names nobody.
    assert not [one for one in wrong if ended.ended or "not its own" not in one], fault.name
    # What was taken is home, or waits for a person with ways out, or is still asked for, or is over by the
    # provider's own word; that it cost nothing is then its word too, and never a fact of ours.
    over = fault.believed or (fault.name.startswith("documented failure") and ended.error.code == FAILED)
    assert not cell.paid or ended.state in ("done", "running") or ended.doubtful or over, (fault.name, told)
    assert not cell.paid or not re.search(rf"Nothing was \w+(?!, says {re.escape(name)})\b[.,]", told), told
    return ended.ended == fault.ends


@pytest.mark.parametrize(("provider", "moment"), MOMENTS, ids=[f"{who}-{when}" for who, when in MOMENTS])
def test_fault_when_it_strikes_then_it_is_told_nothing_is_paid_twice_and_nothing_lost(
    provider, moment, studio, stand_in, told, tmp_path
):
    cells = {}
    for fault in faults_at(provider, moment):
        cell = Cell(f"cell-{next(NUMBERS):04}", moment, fault.act, fault.times, fault.takes)
        stand_in.add(cell)
        cells[fault.name] = (fault, cell, studio.submit(*request_of(provider, cell, studio, stand_in, tmp_path)))
    ends = {name: settled(studio, cell, job, fault) for name, (fault, cell, job) in cells.items()}
    for name, (fault, cell, _) in cells.items():
        assert holds(fault, cell, ends[name], provider), name
    found = {name: outcome(studio, cell, ends[name]) for name, (_, cell, _) in cells.items()}
    told.setdefault(provider, {})[moment] = found
    if not WRITE:
        assert found == json.loads(KEPT.read_text("utf-8"))[provider][moment], "FAULTS=write, then make docs"
