"""The children that read files: what they may take, what they are given, and that losing one costs one file."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from components.errors import AudioTooLong, InvalidFile, InvalidImage
from components.media import gate
from components.media.compose import Cell, Plan
from components.media.gate.limits import MEMORY_IS_LIMITED, PICTURE, Limits
from components.media.gate.pool import Pool
from components.media.gate.worker import Task
from tests.media import childish

ROOT = Path(__file__).resolve().parents[2]
HASTY = replace(PICTURE, seconds=0.1)
PATIENT = replace(PICTURE, seconds=60.0)

Ask = Callable[..., object]
UPLOADED, RECEIVED = 10.0, 60.0
READ = {
    "a portrait": (gate.read_portrait, 1.5, UPLOADED),
    "a picture": (gate.read_picture, 1.5, UPLOADED),
    "a thumbnail": (lambda path: gate.thumbnail(path, 64), 1.5, UPLOADED),
    "a voice": (gate.read_voice, 1.0, UPLOADED),
    "a voice as WAV": (lambda path: gate.as_wav(path, 1.0), 1.0, UPLOADED),
    "whether there is sound": (gate.has_sound, 1.0, UPLOADED),
    "a table": (gate.read_table, 1.0, UPLOADED),
    "tags": (gate.read_tags, 1.0, UPLOADED),
    "a result": (gate.read_result, 1.0, RECEIVED),
    "measures": (gate.examine, 1.0, RECEIVED),
    "a small clip": (lambda path: gate.preview(path, path), 1.0, RECEIVED),
    "a playable copy": (lambda path: gate.playable(path, path), 1.0, RECEIVED),
    "a copy with tags": (lambda path: gate.write_tags(path, path, {}), 1.0, RECEIVED),
    "a sheet": (lambda path: gate.contact_sheet([Cell(path, "A")]), 1.0, RECEIVED),
    "a film": (lambda path: gate.compose(Plan((Cell(path, "A"),) * 2), path, bool), 1.0, RECEIVED),
}
"""What reads it, the gigabytes and the seconds that it may take."""


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    pool = Pool(2)
    yield pool
    pool.close()


@pytest.fixture
def ask(pool: Pool) -> Ask:
    def ask(function, *arguments, limits=PATIENT, step=None):
        return pool.ask(Task(function, arguments, limits, step))

    return ask


@pytest.mark.parametrize(("read", "gigabytes", "seconds"), READ.values(), ids=READ)
def test_file_when_read_then_by_a_child_within_the_limits_of_its_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable, gigabytes: float, seconds: float
) -> None:
    asked: list[Limits] = []

    def ask(_: Pool, task: Task) -> None:
        asked.append(task.limits)
        raise InvalidFile("Not now.")

    monkeypatch.setattr(Pool, "ask", ask)
    (tmp_path / "file").write_bytes(b"film")
    with pytest.raises(InvalidFile, match="Not now"):
        read(tmp_path / "file")
    assert [(each.memory, each.seconds) for each in asked] == [(gigabytes * 1024**3, seconds)]


def test_task_when_asked_twice_then_the_same_warm_child_does_it(ask: Ask) -> None:
    assert ask(childish.number) == ask(childish.number)


@pytest.mark.skipif(not MEMORY_IS_LIMITED, reason="this system has no limit of memory for a process")
@pytest.mark.parametrize("devour", [childish.devour, childish.devour_in_words])
def test_task_when_it_needs_too_much_memory_then_the_file_gets_a_sentence(ask: Ask, devour: Callable) -> None:
    with pytest.raises(InvalidImage, match="more memory than a portrait should"):
        ask(devour, 2 * PICTURE.memory)
    assert ask(childish.devour, 1000) == 1000


@pytest.mark.parametrize(
    ("endless", "limits"), [(childish.hang, HASTY), (childish.work, replace(PICTURE, seconds=1.0))]
)
def test_task_when_it_takes_too_long_then_the_file_gets_a_sentence(
    ask: Ask, endless: Callable, limits: Limits
) -> None:
    with pytest.raises(InvalidImage, match="longer to read than a portrait should"):
        ask(endless, limits=limits)
    assert ask(childish.devour, 1000) == 1000


@pytest.mark.parametrize(("death", "words"), [(childish.kill, "more memory"), (childish.fault, "is damaged")])
def test_child_when_it_dies_then_one_file_is_refused_and_the_next_one_read(
    ask: Ask, death: Callable, words: str
) -> None:
    with pytest.raises(InvalidImage, match=words):
        ask(death)
    assert ask(childish.devour, 1000) == 1000


def test_upload_when_another_one_hangs_then_is_answered_meanwhile(ask: Ask) -> None:
    begun, answered = threading.Event(), threading.Event()

    def step(_: float) -> bool:
        begun.set()
        return not answered.is_set()

    with ThreadPoolExecutor() as threads:
        busy = threads.submit(ask, childish.count, 10**9, step=step)
        begun.wait()
        assert ask(childish.devour, 1000) == 1000
        assert not busy.done()
        answered.set()


def test_refusal_when_raised_in_a_child_then_comes_back_as_it_was(ask: Ask) -> None:
    with pytest.raises(AudioTooLong) as refused:
        ask(childish.refuse)
    assert (refused.value.message, refused.value.hint, refused.value.seconds) == ("Too long.", "Cut it.", 31.5)


def test_fault_of_ours_when_raised_in_a_child_then_is_logged_and_the_file_refused(
    ask: Ask, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(InvalidFile):
        ask(childish.break_down)
    assert "a fault of ours" in caplog.text


def test_disk_when_it_is_full_in_a_child_then_the_error_is_the_systems_own(ask: Ask) -> None:
    with pytest.raises(OSError, match="No space left") as full:
        ask(childish.full_disk)
    assert full.value.errno == 28


def test_answer_when_it_is_no_plain_record_then_nothing_is_made_of_it(ask: Ask) -> None:
    with pytest.raises(InvalidImage):
        ask(childish.disguise)


def test_steps_when_told_then_the_server_decides_whether_to_go_on(ask: Ask) -> None:
    told: list[float] = []

    def step(part: float) -> bool:
        told.append(part)
        return part < 0.5

    assert ask(childish.count, 10, step=step) == 5
    assert told == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5]


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system knows of a process")
def test_child_when_started_then_has_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SEGMIND_API_KEY", "AWS_SECRET_ACCESS_KEY", "STUDIO_DATABASE_URL", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "a-secret-word")
    pool = Pool(1)
    known = pool.ask(Task(childish.variables, (), PATIENT))
    pool.close()
    assert [line for line in known if "a-secret-word" in line] == []
    assert known


def test_child_when_started_then_imports_neither_server_nor_settings(ask: Ask) -> None:
    packages = {name.split(".")[0] for name in ask(childish.modules)}
    assert packages & {"streamlit", "dbos", "sqlalchemy", "pytest", "requests"} == set()
    assert {"components.settings", "components.studio"} & set(ask(childish.modules)) == set()
    assert "PIL" in packages


SCRIPT = """
from pathlib import Path
from components.media import gate
print("once")
print(gate.read_portrait(Path({picture!r}))[0].width)
"""


def test_script_when_it_guards_nothing_then_runs_once(tmp_path: Path, portrait_jpg: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(picture=str(portrait_jpg)))
    command = [sys.executable, str(script)]
    ended = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (ended.stdout.split(), ended.stderr) == (["once", "480"], "")


@pytest.mark.skipif(sys.platform != "linux", reason="reads what the system knows of a process")
def test_children_when_the_server_is_killed_then_end() -> None:
    program = (
        "import sys; from tests.media import childish; from tests.media.test_gate import PATIENT, Pool, Task\n"
        "pool = Pool(1)\n"
        "print(pool.ask(Task(childish.number, (), PATIENT)), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        child = int(server.stdout.readline())
        server.kill()
    waiting = threading.Event()
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        waiting.wait(0.05)
    assert not Path(f"/proc/{child}").exists()
