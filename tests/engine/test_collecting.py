"""From the provider's yes to a file of ours: whatever comes between, a paid video is not lost."""

from __future__ import annotations

import errno
import socket
import time

import pytest

from components.engine.context import current
from components.engine.save import DiskRefused, save_early
from components.errors import StorageTrouble
from components.library.storage import Storage
from components.media.video import probe
from components.providers.base import Result
from tests.engine.meddler import RESULT, STATUS, SUBMISSION, VIDEO, paid_once
from tests.sandbox_server import until


def is_playable(studio, job) -> bool:
    facts = probe(current().storage.path(job.outputs[0].key))
    return facts.frames == 10 and facts.seconds == pytest.approx(0.4, abs=0.05)


def test_video_when_done_then_it_is_ours_and_plays(studio, submit, tmp_path):
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, job.error, len(job.outputs)) == ("done", None, 1)
    copy = studio.copy_output(job.outputs[0].id, tmp_path / "mine.mp4")
    assert copy.stat().st_size == job.outputs[0].size
    assert is_playable(studio, job)


@pytest.mark.parametrize("status", [404, 403, 500])
def test_link_when_broken_then_the_video_comes_once_it_works(studio, ledger, submit, meddler, status):
    meddler.answer(VIDEO, status, times=2)
    job = studio.wait(submit(studio).id, 60)
    assert job.state == "done"
    assert is_playable(studio, job)
    assert paid_once(ledger, meddler)


def test_video_when_it_breaks_off_then_it_is_fetched_whole(studio, submit, meddler):
    meddler.cut(VIDEO, times=2)
    job = studio.wait(submit(studio).id, 60)
    assert job.state == "done"
    assert is_playable(studio, job)
    assert meddler.seen(VIDEO) > 2


def test_video_when_it_is_told_twice_then_it_is_kept_once(studio, submit, meddler):
    def twice(body):
        return body | {"output": [body["output"], body["output"], f"{body['output']}?again"]}

    meddler.edit(RESULT, lambda body: twice(body) if "output" in body else body)
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, len(job.outputs)) == ("done", 1)


@pytest.mark.parametrize(("number", "videos"), [("", 1), ("of another row", 2)])
def test_video_when_it_is_told_anew_after_it_was_kept_then_it_counts_once_unless_it_has_a_number_of_its_own(
    studio, submit, number, videos
):
    job = studio.wait(submit(studio).id, 60)
    again = Result(content=current().storage.read(job.outputs[0].key), position=1, number=number)
    save_early(current(), job, (again,))
    assert len(studio.generations.get(job.id).outputs) == videos


STRANGE = [b"", b"<html><body>Sorry</body></html>", b'{"error": "not yet"}', b"Sorry, no film today"]


@pytest.mark.parametrize("body", STRANGE)
def test_result_when_it_is_no_video_then_it_is_asked_for_again(studio, ledger, submit, meddler, body):
    meddler.answer(VIDEO, 200, body, times=3)
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, job.error) == ("done", None)
    assert is_playable(studio, job)
    assert paid_once(ledger, meddler)


def test_result_when_it_is_declared_a_page_then_it_is_asked_for_again(studio, submit, meddler):
    meddler.answer(VIDEO, 200, bytes(range(256)), times=2, **{"Content-Type": "text/html"})
    assert studio.wait(submit(studio).id, 60).state == "done"


def test_result_when_it_is_too_large_for_a_while_then_the_video_comes_all_the_same(
    studio, submit, meddler, monkeypatch
):
    monkeypatch.setattr("components.library.storage.MAX_BYTES", 1_000_000)
    meddler.answer(VIDEO, 200, b"\0\0\0\x18ftypmp42" + bytes(1_000_000), times=2)
    assert studio.wait(submit(studio).id, 60).state == "done"
    assert meddler.seen(VIDEO) > 2


def test_result_when_it_is_strange_for_six_days_then_it_is_still_asked_for(studio, submit, meddler, reaches):
    answer = meddler.hold(STATUS)
    job = submit(studio)
    until(lambda: meddler.seen(STATUS))
    current().generations.note(job.id, None, submitted_at=time.time() - 6.9 * 86400)
    meddler.answer(VIDEO, 200, b"Sorry, no film today", times=2)
    answer.set()
    assert studio.wait(job.id, 60).state == "done"


@pytest.mark.parametrize("elsewhere", ["http://169.254.169.254/latest/meta-data", "?"], ids=["inside", "loop"])
def test_result_when_it_leads_elsewhere_for_a_while_then_the_video_comes_all_the_same(
    studio, submit, meddler, elsewhere
):
    meddler.answer(VIDEO, 302, times=1000, Location=elsewhere)
    job = submit(studio)
    until(lambda: (now := studio.generations.get(job.id)).error and "by itself" in now.error.hint)
    meddler.forget()
    assert studio.wait(job.id, 60).state == "done"


def test_result_when_it_stays_strange_beyond_all_keeping_then_failed_and_the_file_is_kept(
    studio, submit, meddler, tmp_path, monkeypatch
):
    monkeypatch.setattr("components.engine.save.KEPT_FOR", 0.0)
    meddler.answer(VIDEO, 200, b"Sorry, no film today")
    job = studio.wait(submit(studio).id, 60)
    assert (job.state, job.error.code, job.doubtful) == ("failed", "invalid_video", True)
    assert "kept" in job.error.hint
    copy = studio.copy_output(job.outputs[0].id, tmp_path / "what")
    assert copy.read_bytes() == b"Sorry, no film today"


UNSAFE = [
    "http://169.254.169.254/latest/meta-data",
    "https://169.254.169.254/latest/meta-data",
    "https://127.0.0.1:{port}/video.mp4",
    "http://127.0.0.1:{port}/video.mp4",
    "https://[::1]:{port}/video.mp4",
    "https://localhost:{port}/video.mp4",
    "https://10.0.0.1/video.mp4",
    "https://user:password@127.0.0.1:{port}/video.mp4",
]


@pytest.mark.parametrize("link", UNSAFE)
def test_link_when_unsafe_then_never_fetched_and_uncertain(studio, submit, meddler, link):
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.setblocking(False)
        unsafe = link.format(port=trap.getsockname()[1])
        meddler.edit(RESULT, lambda body: body | {"output": unsafe})
        job = studio.wait(submit(studio).id, 30)
        with pytest.raises(BlockingIOError):
            trap.accept()
    assert (job.state, job.outputs) == ("uncertain", ())
    assert job.error.message
    assert "169.254" not in job.error.message


@pytest.mark.parametrize("link", ["https://[broken", "https://host:notaport/x.mp4", "https://a..b/x.mp4"])
def test_link_when_malformed_then_uncertain(studio, submit, meddler, link):
    meddler.edit(RESULT, lambda body: body | {"output": link})
    job = studio.wait(submit(studio).id, 30)
    assert (job.state, bool(job.error.hint)) == ("uncertain", True)


@pytest.mark.parametrize("refusing", ["receive", "keep", "put"])
def test_disk_when_full_then_it_is_told_and_the_video_comes_once_there_is_room(
    studio, submit, meddler, monkeypatch, refusing
):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    answer = meddler.hold(SUBMISSION)
    job = submit(studio)
    until(lambda: meddler.seen(SUBMISSION))
    with monkeypatch.context() as patch:
        patch.setattr(Storage, refusing, full)
        answer.set()
        until(lambda: (now := studio.generations.get(job.id)).error and now.error.code == "disk")
        assert not studio.generations.get(job.id).ended
    done = studio.wait(job.id, 60)
    assert (done.state, done.error) == ("done", None)
    assert is_playable(studio, done)


def test_storage_when_it_cannot_even_be_asked_then_it_is_tried_again(studio, submit, monkeypatch):
    job = studio.wait(submit(studio).id, 60)

    def silent(*_):
        raise StorageTrouble("The bucket does not answer.")

    monkeypatch.setattr(Storage, "has", silent)
    # Any other error of the studio's would end a paid generation as "uncertain".
    with pytest.raises(DiskRefused):
        save_early(current(), studio.generations.get(job.id), ())
