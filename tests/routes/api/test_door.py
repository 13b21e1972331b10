"""Who is let in and who is not, what is too large, and that no body whatsoever breaks the server."""

from __future__ import annotations

import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.routes.api import OPENAPI, OPERATIONS, bodies
from components.routes.api.operations import BASE, rate
from tests.conftest import HUMO
from tests.routes.api.conftest import GENERATIONS, Program, refused, told
from tests.ui.rows import add_generation

EACH = [(one.method, BASE + one.path.replace("{id}", "0" * 32)) for one in OPERATIONS]


@pytest.mark.parametrize(("method", "path"), EACH)
@pytest.mark.parametrize(
    "said",
    [
        {},
        {"Cookie": "_streamlit_user=x"},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer st_" + "x" * 43},
        {"Authorization": "Basic c3RfOng="},
        {"Authorization": "Bearer \xff\xfe"},
    ],
)
def test_operation_when_asked_without_a_good_token_then_401(ask, shared, method, path, said):
    assert shared
    got = ask(path, method, None, **said)
    refused(got, 401, "token_refused", "settings page")
    assert got.headers["www-authenticate"] == "Bearer"


def test_token_when_revoked_then_401_at_once(ask, shared):
    made = shared.tokens.make("short")
    program = Program(ask, made.words)
    told(program("/api/v1/account"))
    shared.tokens.revoke(made.token.id)
    refused(program("/api/v1/account"), 401, "token_refused")


def test_viewers_token_when_it_would_spend_or_change_then_403(ask, shared, small):
    viewer = Program(ask, shared.tokens.make("watcher", role="viewer").words)
    refused(viewer.send("k", small), 403, "not_allowed")
    refused(viewer("/api/v1/assets", "POST", b"x"), 403, "not_allowed")
    waiting = add_generation(shared._engine.database, "running")
    refused(viewer(f"{GENERATIONS}/{waiting.id}/cancel", "POST"), 403, "not_allowed")
    assert told(viewer(f"{GENERATIONS}/{waiting.id}"))["state"] == "running"
    shared.generations._rows.move(waiting.id, "running", "failed")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"model": "segmind/humo"}',
        b'{"model": 1, "parameters": {}}',
        b'{"model": "segmind/humo", "parameters": {}, "follows": "x"}',
        b'{"model": "segmind/humo", "parameters": {"frames": NaN}}',
        b'{"model": "segmind/humo", "parameters": {"frames": 1e999}}',
        b'{"model": "segmind/humo", "parameters": {"prompt": "\\ud800"}}',
        b'{"model": "segmind/humo", "parameters": ' + b'{"a":' * 5000 + b"1" + b"}" * 5001,
    ],
)
def test_body_when_it_is_no_submission_then_400_and_nothing_of_it_is_told_back(program, body):
    refused(program(GENERATIONS, "POST", body, Idempotency_Key="k"), 400, "not_understood", "Nothing was sent")


def test_number_when_it_has_5000_digits_then_refused(program):
    body = b'{"model": "segmind/humo", "parameters": {"frames": ' + b"9" * 5000 + b"}}"
    got = program(GENERATIONS, "POST", body, Idempotency_Key="k")
    assert 400 <= got.status < 500, got.content


def test_body_when_larger_than_a_submission_can_be_then_413(program):
    body = b'{"model": "' + b"x" * bodies.MOST_JSON + b'"}'
    refused(program(GENERATIONS, "POST", body, Idempotency_Key="k"), 413, "file_too_large", "/api/v1/assets")


def test_file_when_it_says_that_it_is_too_large_then_413_before_it_is_sent(program):
    refused(
        program("/api/v1/assets", "POST", b"", Content_Length=str(201 * 1024**2)), 413, "file_too_large", "200 MB"
    )


def test_file_when_it_turns_out_too_large_then_413_and_none_of_it_stays(program, shared, monkeypatch):
    monkeypatch.setattr("components.routes.api.assets.MAX_UPLOAD", 3 * 1024**2)
    refused(program("/api/v1/assets", "POST", iter([bytes(1024**2)] * 5)), 413, "file_too_large", "3 MB")
    assert list((shared.settings.data_dir / "incoming").glob("*.part")) == []


def test_file_when_it_is_none_of_ours_then_422_as_on_the_pages(program):
    refused(program("/api/v1/assets?name=a.txt", "POST", b"words"), 422, "invalid_audio")
    refused(program("/api/v1/assets?kind=film", "POST", b"words"), 422, "invalid_request", "kind")
    refused(program("/api/v1/assets?model=nobody/nothing", "POST", b"words"), 404, "not_found")


def test_file_when_it_is_a_voice_then_kept_under_its_name_without_where_it_lies(program, voice_wav):
    kept = told(program("/api/v1/assets?name=Hello.wav", "POST", voice_wav.read_bytes()), 201)
    assert (kept["kind"], kept["name"], kept["facts"]["seconds"] > 0) == ("audio", "Hello.wav", True)
    assert "key" not in kept
    assert told(program("/api/v1/assets?name=Hello.wav", "POST", voice_wav.read_bytes()), 201)["id"] == kept["id"]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["prompt", "audio", "image", "frames", "mode", "seed", "width", "height", "rows"])
SUBMISSIONS = st.fixed_dictionaries(
    {"model": st.sampled_from([HUMO, "bhuman/personalized-video", "runware/omnihuman-1"]) | st.text(max_size=9)},
    optional={"parameters": st.dictionaries(NAMES | st.text(max_size=6), ANYTHING, max_size=5) | ANYTHING},
)


# The server's threads draw random numbers meanwhile, which Hypothesis takes for the strategies' doing.
@pytest.mark.filterwarnings("ignore:Do not use the `random` module")
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=80) | (SUBMISSIONS | ANYTHING).map(lambda value: json.dumps(value).encode()))
def test_body_when_it_is_anything_at_all_then_never_a_500(program, body):
    rate.forget()
    got = program(GENERATIONS, "POST", body, Idempotency_Key=uuid.uuid4().hex)
    assert got.status in (400, 404, 422), (body, got.content)
    assert set(json.loads(got.content)["error"]) >= {"code", "message", "hint"}


def test_unforeseen_when_it_happens_then_500_in_the_same_form_without_its_words(program, shared, monkeypatch):
    def breaks(*_):
        raise RuntimeError("SG_secret")

    monkeypatch.setattr(type(shared.ceilings), "rooms", breaks)
    got = program("/api/v1/account")
    refused(got, 500, "error", "failed on this request")
    assert b"SG_secret" not in got.content


def test_document_when_asked_then_everybody_has_it(ask):
    assert ask("/api/v1/openapi.json").content == OPENAPI.encode()


def test_document_when_read_then_each_operation_is_in_it_and_every_reference_leads_somewhere():
    whole = json.loads(OPENAPI)
    told_of = {(method.upper(), path) for path, methods in whole["paths"].items() for method in methods}
    assert told_of == {(one.method, BASE + one.path) for one in OPERATIONS}
    names = [part.split('"')[0] for part in OPENAPI.split("#/components/schemas/")[1:]]
    assert set(names) <= set(whole["components"]["schemas"])
    ids = [about["operationId"] for methods in whole["paths"].values() for about in methods.values()]
    assert len(ids) == len(set(ids))
