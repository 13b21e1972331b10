"""A script has a server's studio as it has its own, and whatever breaks on the way, it pays once."""

from __future__ import annotations

import json
import socket
import threading
import uuid
from contextlib import closing, contextmanager
from decimal import Decimal

import pytest

from components.errors import (
    CannotCancel,
    CeilingReached,
    FileTooLarge,
    InvalidFile,
    InvalidRequest,
    NotAllowed,
    NotConfigured,
    NotFound,
    RepeatDiffers,
    StillRunning,
    StudioUnreachable,
    TokenRefused,
    TooManyRequests,
)
from components.media import video
from components.routes.api.operations import rate
from components.studio import open_studio
from tests.conftest import HUMO, Ledger
from tests.sandbox_server import until
from tests.studio_server import free_port
from tests.ui.rows import add_generation

TALK = "segmind/infinite-talk"


@pytest.fixture(autouse=True)
def _nobody_has_asked_before(server):
    until(lambda: not server.generations.any_under_way())
    rate.forget()


def test_script_when_run_as_designed_then_a_playable_video_lies_where_it_was_copied(remote, voice_wav, tmp_path):
    voice = remote.add_asset(voice_wav)
    job = remote.submit(HUMO, {"prompt": "A woman speaks", "audio": voice.id, "frames": 10})
    job = remote.wait(job.id, timeout=120)
    assert (job.state, job.model, job.error) == ("done", HUMO, None)
    [output] = job.outputs
    assert remote.copy_output(output.id, tmp_path / "hello.mp4") == tmp_path / "hello.mp4"
    assert remote.copy_output(output.id, tmp_path) == tmp_path / output.name
    assert video.probe(tmp_path / "hello.mp4").frames == 10
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["hello.mp4", output.name])
    assert [one.id for one in remote.generations.recent(HUMO, limit=1)] == [job.id]
    assert remote.generations.get(job.id) == job


def test_script_when_it_says_what_a_video_may_cost_then_planned_and_refused_before_it_is_sent(
    remote, small, voice_wav, wide_jpg, ledger
):
    assert remote.generations.plan(HUMO, small).dollars is None
    face, voice = remote.add_asset(wide_jpg), remote.add_asset(voice_wav)
    talk = {"prompt": "x", "image": face.id, "audio": voice.id}
    planned = remote.generations.plan(TALK, talk)
    assert (planned.dollars, planned.parameters["fps"]) == (Decimal("1.22"), 25)
    with pytest.raises(CeilingReached, match="Nothing was sent"):
        remote.submit(TALK, talk, most_dollars=planned.dollars - Decimal("0.01"))
    assert ledger.paid() == []
    job = remote.submit(TALK, talk, most_dollars=planned.dollars)
    assert remote.wait(job.id, timeout=60).state == "done"


def test_models_and_account_when_asked_then_typed(remote):
    humo = next(one for one in remote.models() if one.id == HUMO)
    assert humo.voice.most_seconds == 30
    assert remote.account().role == "member"


def test_errors_when_the_studio_refuses_then_the_very_classes_that_it_raises(remote, small, server, tmp_path):
    with pytest.raises(InvalidRequest) as wrong:
        remote.submit(HUMO, small | {"frames": 3000})
    assert "must be between" in wrong.value.problems["frames"]
    with pytest.raises(NotFound):
        remote.generations.get("0" * 32)
    with pytest.raises(InvalidFile):
        remote.add_asset(b"words")
    with pytest.raises(InvalidFile, match="no file"):
        remote.add_asset(tmp_path / "gone.mp3")
    ended = add_generation(server._engine.database, "uncertain")
    with pytest.raises(CannotCancel):
        remote.generations.cancel(ended.id)


def test_key_when_a_script_keeps_it_then_sent_again_it_is_the_same_one(remote, small):
    key = uuid.uuid4().hex
    first = remote.submit(HUMO, small, key=key)
    assert remote.submit(HUMO, small, key=key).id == first.id
    with pytest.raises(RepeatDiffers):
        remote.submit(HUMO, small | {"prompt": "y"}, key=key)
    assert remote.submit(HUMO, small).id != first.id


def test_waiting_when_the_time_is_over_then_still_running(remote, server):
    running = add_generation(server._engine.database, "running")
    with pytest.raises(StillRunning, match=r"After 0\.3 s"):
        remote.wait(running.id, timeout=0.3)
    server.generations._rows.move(running.id, "running", "failed")
    assert remote.wait(running.id, timeout=0).state == "failed"


def test_waiting_when_asked_too_often_then_it_waits_as_long_as_it_is_told(remote, server, monkeypatch):
    running = add_generation(server._engine.database, "running")
    monkeypatch.setattr(rate, "_most", 1)
    with pytest.raises(TooManyRequests):
        [remote.account() for _ in range(2)]
    monkeypatch.setattr(rate, "_window", 2.0)
    threading.Timer(0.5, server.generations._rows.move, (running.id, "running", "failed")).start()
    assert remote.wait(running.id, timeout=30).state == "failed"


def test_token_when_it_is_not_good_or_may_not_then_said(port, server):
    address = f"http://127.0.0.1:{port}/"
    with open_studio(url=address, token="st_" + "x" * 43) as stranger, pytest.raises(TokenRefused):
        stranger.account()
    viewer = server.tokens.make("watcher", role="viewer").words
    with open_studio(url=address, token=viewer) as watcher, pytest.raises(NotAllowed):
        watcher.submit(HUMO, {})


def test_address_when_nobody_answers_or_not_a_studio_then_a_sentence_without_the_token(port, token, monkeypatch):
    monkeypatch.setattr("components.client.transport.TRIES", 0)
    for url in (f"http://127.0.0.1:{free_port()}", f"http://127.0.0.1:{port}/scripts"):
        with open_studio(url=url, token=token) as nobody, pytest.raises(StudioUnreachable) as said:
            nobody.account()
        assert token not in str(said.value)
    with pytest.raises(NotConfigured), open_studio(url="localhost:8501", token=token):
        pass


def test_file_when_too_large_then_said_before_it_is_sent(remote, monkeypatch):
    monkeypatch.setattr("components.client.remote.MOST_BYTES", 3)
    with pytest.raises(FileTooLarge):
        remote.add_asset(b"four")


def test_netrc_when_it_knows_the_host_then_the_token_is_said_all_the_same(remote, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    assert remote.account().person == "local"


@contextmanager
def losing(port, answers):
    """Hands requests on, but keeps the first so many answers to itself and hangs up."""
    lost = []
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def serve():
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                with near, socket.create_connection(("127.0.0.1", port)) as far:
                    request = _whole(near)
                    far.sendall(request.replace(b"keep-alive", b"close"))
                    answer = b"".join(iter(lambda far=far: far.recv(65536), b""))
                    if len(lost) < answers:
                        lost.append(answer)
                    else:
                        near.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listener.getsockname()[1], lost
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _whole(near):
    """A request with as much body as it says."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += near.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while len(body) < int(lengths[0] if lengths else 0):
        body += near.recv(65536)
    return head + b"\r\n\r\n" + body


def test_answer_when_it_is_lost_twice_then_the_client_asks_again_and_one_is_paid(
    port, token, small, server, sandbox
):
    ledger = Ledger(sandbox)
    with losing(port, 2) as (lossy, lost), open_studio(url=f"http://127.0.0.1:{lossy}", token=token) as studio:
        job = studio.submit(HUMO, small)
    assert len(lost) == 2
    assert all(b" 201 " in each.split(b"\r\n")[0] or b" 200 " in each.split(b"\r\n")[0] for each in lost)
    server.wait(job.id, timeout=60)
    assert len(ledger.paid()) == 1
    assert server.generations.recent(limit=1)[0].id == job.id


@pytest.mark.parametrize("part", [1.0, 0.6])
def test_script_when_killed_in_mid_submission_then_its_next_run_pays_no_second_time(
    port, token, remote, small, server, sandbox, part
):
    ledger, key = Ledger(sandbox), uuid.uuid4().hex
    body = json.dumps({"model": HUMO, "parameters": small}).encode()
    head = (
        f"POST /api/v1/generations HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
        f"Idempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    before = {one.id for one in server.generations.recent(limit=100)}
    with socket.create_connection(("127.0.0.1", port)) as killed:
        killed.sendall((head + body)[: int(part * len(head + body))])
        if part == 1.0:
            until(lambda: {one.id for one in server.generations.recent(limit=100)} - before)
    job = remote.submit(HUMO, small, key=key)
    server.wait(job.id, timeout=60)
    assert {one.id for one in server.generations.recent(limit=100)} - before == {job.id}
    assert len(ledger.paid()) == 1
