from __future__ import annotations

import pytest
import requests

from tests.sandbox.conftest import base64_of, make_voice
from tests.sandbox_server import API, KEY

BEARER = {"Authorization": "Bearer SG_test"}


@pytest.mark.parametrize(
    ("headers", "text"),
    [
        ({}, "Missing Authorization or x-api-key in header"),
        ({"x-api-key": ""}, "Missing Authorization or x-api-key in header"),
        ({"x-api-key": "invalid"}, "Unauthorized. API key is invalid or may have expired"),
        (BEARER, "Unauthorized. API key is invalid or may have expired"),
    ],
)
@pytest.mark.parametrize("api", ["v1", "v2"])
def test_key_when_missing_or_wrong_then_401(sandbox, headers, text, api):
    answer = sandbox.submit({"prompt": "x"}, api=api, headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"].startswith(text)


@pytest.mark.parametrize("path", ["v1/get-user-credits", "v2/requests/x", "v2/requests/x/status", "v1/requests/x"])
def test_question_when_it_has_no_key_then_401(sandbox, path):
    assert requests.get(sandbox.at(API, path), timeout=60).status_code == 401


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_content_type_when_wrong_then_406(sandbox, content_type):
    headers = KEY | ({"Content-Type": content_type} if content_type else {})
    answer = sandbox.submit(json=None, data=b"{}", headers=headers)
    assert (answer.status_code, answer.json()) == (406, {"error": "Invalid content type"})


def test_method_when_wrong_then_405_is_a_page(sandbox):
    answer = sandbox.get(sandbox.at(API, "v1/bytedance-humo"))
    assert answer.status_code == 405
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["v2/bytedance-nobody", "v3/bytedance-humo"])
def test_model_when_unknown_then_404(sandbox, path):
    answer = requests.post(sandbox.at(API, path), json={}, headers=KEY, timeout=60)
    assert (answer.status_code, set(answer.json())) == (404, {"error"})


def test_request_id_when_unknown_then_404(sandbox):
    answer = sandbox.get(sandbox.at(API, "v2/requests/none/status"))
    assert (answer.status_code, answer.json()) == (404, {"error": "Request none not found"})


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null", b"[" * 100_000])
def test_body_when_no_json_object_then_400(sandbox, data):
    headers = KEY | {"Content-Type": "application/json"}
    answer = sandbox.submit(json=None, data=data, headers=headers)
    assert (answer.status_code, set(answer.json())) == (400, {"error"})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 1}, "seed"),
        ({"frames": 9}, "frames"),
        ({"frames": 101}, "frames"),
        ({"frames": "30"}, "frames"),
        ({"frames": 30.5}, "frames"),
        ({"frames": None}, "frames"),
        ({"steps": True}, "steps"),
        ({"scale_a": 0.9}, "scale_a"),
        ({"scale_t": "5"}, "scale_t"),
        ({"mode": "tia"}, "mode"),
        ({"width": 1920}, "width"),
        ({"height": [720]}, "height"),
        ({"prompt": "x" * 2001}, "prompt"),
        ({"mode": "TIA"}, "portrait"),
        ({"image": 7}, "image"),
        ({"image": "bm90IGFuIGltYWdl"}, "image"),
        ({"image": "not base64!"}, "base64"),
        ({"audio": "bm90IGF1ZGlv"}, "audio"),
        ({"audio": "data:audio/wav;base64,"}, "empty"),
        ({"audio": "http://example.com/voice.mp3"}, "https://"),
        ({"audio": "ftp://example.com/voice.mp3"}, "https://"),
        ({"audio": "https://"}, "https://"),
        ({"audio": "https://example.com/a voice.mp3"}, "https://"),
        ({"audio": "https://images.segmind.com/assets/none.mp3"}, "no file"),
        ({"audio": "https://images.segmind.com/assets/../tasks.sqlite"}, "no file"),
        ({"audio": "http://[/"}, "address"),
    ],
)
def test_parameter_when_bad_then_400_says_which(sandbox, change, words):
    answer = sandbox.submit({"prompt": "x"} | change)
    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_audio_when_30_seconds_then_400(sandbox):
    answer = sandbox.submit({"prompt": "x", "audio": base64_of(make_voice(30.0))})
    assert answer.status_code == 400
    assert "30 seconds" in answer.json()["error"]


@pytest.mark.parametrize("prompt", [{"prompt": 7}, {"prompt": ""}, {"prompt": None}])
def test_prompt_when_no_text_then_v1_answers_400(sandbox, prompt):
    answer = sandbox.submit(prompt, api="v1")
    assert (answer.status_code, answer.json()) == (400, {"error": "Prompt is Mandatory and must be string"})


def test_ledger_when_refused_then_nothing_is_paid(sandbox):
    before = sandbox.ledger()
    sandbox.submit({"frames": 0})
    after = sandbox.ledger()
    assert after["paid"] == before["paid"]
    assert len(after["refused"]) == len(before["refused"]) + 1


@pytest.mark.parametrize("path", ["assets/none.png", "outputs/..", "assets/%2e%2e%2ftasks.sqlite", "tasks.sqlite"])
def test_media_when_there_is_no_such_file_then_404(sandbox, path):
    assert requests.get(sandbox.at("images.segmind.com", path), timeout=60).status_code == 404
