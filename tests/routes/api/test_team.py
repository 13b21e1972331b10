"""Where people sign in: a program sees what its owner sees on the pages, and nothing of anybody else's."""

from __future__ import annotations

import json

import pytest
from starlette.middleware import Middleware

from components.routes.identity import Identify
from components.settings import Settings
from components.studio import of, open_studio
from tests.conftest import HUMO, as_live
from tests.routes.api.conftest import GENERATIONS, Program, refused, told
from tests.routes.conftest import asking
from tests.routes_server import serve_routes
from tests.ui.rows import add_generation

ADA, BOB = "ada@example.com", "bob@example.com"


@pytest.fixture(scope="module")
def shared(tmp_path_factory, session_sandbox):
    """Ada is the admin, Bob a member."""
    plain = Settings(
        data_dir=tmp_path_factory.mktemp("team") / "data",
        poll_seconds=0.05,
        proxy_secret="s" * 32,
        admins=(ADA,),
        members=(BOB,),
    )
    with open_studio(plain.model_copy(update=as_live(session_sandbox.url))) as running:
        yield running


@pytest.fixture
def bob(ask, shared):
    return Program(ask, of(BOB).tokens.make("bob's").words)


@pytest.fixture
def asked(shared, voice_wav):
    """A small request with Ada's voice."""
    voice = of(ADA).add_asset(voice_wav)
    return {"prompt": "x", "audio": voice.id, "frames": 10, "width": 832, "height": 480}


def test_anothers_when_asked_for_by_id_then_404_until_it_is_shared(bob, asked):
    ada = of(ADA)
    job = ada.wait(ada.submit(HUMO, asked).id, timeout=60)
    video = f"/api/v1/outputs/{job.outputs[0].id}/video"
    for path, method in (
        (f"{GENERATIONS}/{job.id}", "GET"),
        (f"{GENERATIONS}/{job.id}?wait=5", "GET"),
        (f"{GENERATIONS}/{job.id}/cancel", "POST"),
        (video, "GET"),
    ):
        refused(bob(path, method), 404, "not_found")
    refused(bob.send("k", asked), 422, "invalid_request", "not in the library")
    ada.gallery.share([job.outputs[0].id], True)
    assert ADA not in json.dumps(told(bob(f"{GENERATIONS}/{job.id}")))
    assert bob(video).status == 200
    refused(bob(f"{GENERATIONS}/{job.id}/cancel", "POST"), 404, "not_found")
    ada.gallery.delete([job.outputs[0].id])
    assert told(bob(f"{GENERATIONS}/{job.id}"))["outputs"] == []
    refused(bob(video), 404, "not_found")
    assert told(bob(GENERATIONS))["generations"] == []


def test_members_token_when_it_is_an_admins_then_it_sees_their_own_only(ask, shared, asked):
    bob, ada = of(BOB), Program(ask, of(ADA).tokens.make("modest").words)
    job = bob.submit(HUMO, asked | {"audio": "https://example.com/voice.mp3"})
    refused(ada(f"{GENERATIONS}/{job.id}"), 404, "not_found")
    strong = Program(ask, of(ADA).tokens.make("strong", role="admin").words)
    assert told(strong(f"{GENERATIONS}/{job.id}"))["id"] == job.id


def test_cancel_when_an_admins_program_repeats_it_of_anothers_then_it_is_found_cancelled(ask, shared):
    waiting = add_generation(shared._engine.database, "queued", owner=BOB)
    strong = Program(ask, of(ADA).tokens.make("strong", role="admin").words)
    path = f"{GENERATIONS}/{waiting.id}/cancel"
    assert [told(strong(path, "POST"))["state"] for _ in range(2)] == ["cancelled", "cancelled"]
    done = add_generation(shared._engine.database, "failed", owner=BOB)
    refused(strong(f"{GENERATIONS}/{done.id}/cancel", "POST"), 409, "cannot_cancel")


def test_person_when_taken_out_then_their_program_is_refused(ask, shared):
    people = of(ADA).people
    people.set_role("eve@example.com", "member")
    program = Program(ask, of("eve@example.com").tokens.make("eve's").words)
    told(program("/api/v1/account"))
    people.set_role("eve@example.com", "out")
    refused(program("/api/v1/account"), 401, "token_refused")


def test_guard_of_signed_in_people_when_a_program_comes_then_its_token_decides(shared):
    guarded = Middleware(Identify, read_cookie=lambda *_: None, settings=lambda: shared.settings)
    program = of(BOB).tokens.make("through the guard").words
    # Whoever a proxy vouches for is a person, not a program: no page may spend by this door.
    vouched = {"X-Proxy-Secret": "s" * 32, "X-Forwarded-Email": BOB}
    with serve_routes(guarded) as port:
        ask = asking(port)
        good = Program(ask, program)
        assert told(good("/api/v1/account"))["person"] == BOB
        refused(ask("/api/v1/account"), 401, "token_refused")
        refused(ask("/api/v1/account", **vouched), 401, "token_refused")
        assert good("/api/anything").status == 403
