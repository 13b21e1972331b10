"""What a program reads: models, its own generations and videos, what is left to it; and how it waits."""

from __future__ import annotations

import hashlib
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from components.catalog import MODELS
from components.library.records import Ceiling
from components.routes.api import waiting
from components.routes.api.operations import rate
from components.routes.hub import hub
from tests.conftest import HUMO
from tests.routes.api.conftest import GENERATIONS, Program, refused, told
from tests.sandbox_server import until
from tests.ui.rows import add_generation


@pytest.fixture
def made(program, small):
    return told(program.send(uuid.uuid4().hex, small), 201)


@pytest.fixture
def done(program, made):
    return told(program(f"{GENERATIONS}/{made['id']}?wait=60"))


def test_video_when_done_then_its_file_comes_whole_or_in_part(program, done):
    [video] = done["outputs"]
    whole = program(video["video"])
    assert (whole.status, whole.headers["content-type"]) == (200, video["media_type"])
    assert hashlib.sha256(whole.content).hexdigest() == video["sha256"]
    assert f'filename="{video["name"]}"' in whole.headers["content-disposition"]
    part = program(video["video"], Range="bytes=0-99")
    assert (part.status, part.content) == (206, whole.content[:100])
    assert whole.headers["cache-control"] == "no-store"


def test_waiting_when_it_ends_then_answered_soon_after(program, made, shared):
    done = told(program(f"{GENERATIONS}/{made['id']}?wait=60"))
    now = shared.generations.now()
    assert done["ended"]
    assert now - shared.generations.get(made["id"]).changed_at < 30, "long before its time was over"
    assert len(hub) == 0


def test_waiting_when_it_does_not_end_then_answered_when_the_time_is_over(program, shared):
    one = add_generation(shared._engine.database, "uncertain")
    began = time.monotonic()
    assert told(program(f"{GENERATIONS}/{one.id}?wait=30"))["ended"]
    assert time.monotonic() - began < 25
    running = add_generation(shared._engine.database, "running")
    began = time.monotonic()
    assert told(program(f"{GENERATIONS}/{running.id}?wait=1.5"))["state"] == "running"
    assert time.monotonic() - began > 1.4
    shared.generations._rows.move(running.id, "running", "failed")


def test_waiting_when_too_many_of_one_token_do_then_429_and_other_tokens_wait_on(
    ask, ask_apart, program, shared, monkeypatch
):
    monkeypatch.setattr(waiting, "MOST", 1)
    running = add_generation(shared._engine.database, "running")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(Program(ask_apart, program.words), f"{GENERATIONS}/{running.id}?wait=40")
        until(lambda: len(hub) == 1)
        other = Program(ask, shared.tokens.make("another").words)
        assert told(other(f"{GENERATIONS}/{running.id}?wait=0.1"))["state"] == "running"
        refused(program(f"{GENERATIONS}/{running.id}?wait=0.1"), 429, "too_many_requests", "wait already")
        shared.generations._rows.move(running.id, "running", "failed")
        assert told(first.result(50))["state"] == "failed"


@pytest.mark.parametrize("wait", ["-1", "61", "x", "nan", "inf", ""])
def test_waiting_when_the_time_is_none_then_422(program, made, wait):
    refused(program(f"{GENERATIONS}/{made['id']}?wait={wait}"), 422, "invalid_request", "wait")


def test_list_when_asked_then_ones_own_newest_first_by_page_and_model(program, shared):
    ids = [add_generation(shared._engine.database, "uncertain").id for _ in range(3)]
    listed = told(program(f"{GENERATIONS}?model={HUMO}&limit=2"))["generations"]
    assert [one["id"] for one in listed] == ids[::-1][:2]
    after = told(program(f"{GENERATIONS}?limit=1&offset=2"))["generations"]
    assert [one["id"] for one in after] == ids[:1]
    refused(program(f"{GENERATIONS}?limit=101"), 422, "invalid_request", "limit")
    refused(program(f"{GENERATIONS}?model=nobody/nothing"), 404, "not_found")


def test_cancelling_when_it_has_ended_then_409_and_a_repeat_finds_it_cancelled(program, shared, done):
    refused(program(f"{GENERATIONS}/{done['id']}/cancel", "POST"), 409, "cannot_cancel", "done already")
    gone = add_generation(shared._engine.database, "cancelled")
    assert told(program(f"{GENERATIONS}/{gone.id}/cancel", "POST"))["state"] == "cancelled"


def test_models_when_read_then_every_one_with_limits_price_and_inputs(program):
    models = {one["id"]: one for one in told(program("/api/v1/models"))["models"]}
    assert set(models) == set(MODELS)
    humo = models[HUMO]
    frames = next(one for one in humo["parameters"] if one["name"] == "frames")
    assert (frames["kind"], frames["required"], frames["least"] < frames["most"]) == ("number", False, True)
    assert humo["voice"]["most_seconds"] == 30
    assert humo["side"] == "live"
    assert models["runware/omnihuman-1"]["price"]["usd_per_second"] > 0


def test_account_when_read_then_who_and_what_is_left_and_nothing_of_keys(program, ask, shared):
    said = told(program("/api/v1/account"))
    assert said == {"person": "local", "role": "member", "token": "a script", "expires_at": None, "ceilings": []}
    shared.ceilings.set(Ceiling(day=Decimal(20)))
    limited = shared.tokens.make("limited", role="viewer", ceiling=Ceiling(day=Decimal(3), in_flight=2))
    said = told(Program(ask, limited.words)("/api/v1/account"))
    shared.ceilings.set(Ceiling())
    assert said["role"] == "viewer"
    assert [one["whose"] for one in said["ceilings"]] == ["own", "token"]
    [day] = said["ceilings"][1]["dollars"]
    assert (day["period"], day["most"], day["left"], said["ceilings"][1]["in_flight"]) == ("today", "3", "3", 2)


def test_asking_when_too_often_then_429_says_when_and_another_token_goes_on(ask, program, shared, monkeypatch):
    monkeypatch.setattr(rate, "_most", 3)
    for _ in range(3):
        told(program("/api/v1/account"))
    got = program("/api/v1/account")
    refused(got, 429, "too_many_requests", "more than 3 requests")
    assert 0 < int(got.headers["retry-after"]) <= 60
    told(Program(ask, shared.tokens.make("another").words)("/api/v1/account"))
