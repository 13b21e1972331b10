"""AI/ML API's answers, read: each documented shape leads to what the engine needs, and to no more."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from pydantic import SecretStr

from components.catalog import MODELS
from components.errors import (
    GenerationFailed,
    KeyRefused,
    NotConfigured,
    OutcomeUnknown,
    ProviderTrouble,
    StudioError,
)
from components.providers.aimlapi import client
from components.providers.base import Done, Failed, InputFile, Running, Started
from components.providers.http import Http
from components.settings import Settings
from tests.providers.documented import answer, answers
from tests.providers.gateway import Reply, start_gateway

OMNIHUMAN = MODELS["aimlapi/omnihuman"]
ID = "9e73f0c4-1b52-4c1e-9d3f-2f7a4b8c6d10:bytedance/omnihuman"
VIDEO = "https://cdn.aimlapi.com/generations/a.mp4"
PICTURE = InputFile(b"picture", "image/png")
SUBMISSION, RUNNING, COMPLETED = (answers(f"aimlapi_{topic}") for topic in ("submission", "running", "completed"))
FAILED, BILLING, ERRORS = (answers(f"aimlapi_{topic}") for topic in ("failed", "billing", "errors"))


@pytest.fixture
def gateway():
    with start_gateway() as running:
        yield running


@pytest.fixture
def provider(gateway):
    kind = client.AimlApi
    headers = kind.headers({"aimlapi_api_key": SecretStr("k3y")})
    return kind(Http(kind.name, hosts=kind.hosts, headers=headers, gateway=gateway.url), Settings())


def json_reply(body, status=200):
    return Reply(status, json.dumps(body).encode(), {"Content-Type": "application/json"})


@pytest.mark.parametrize("name", SUBMISSION)
def test_submission_when_taken_then_the_operation_is_the_bare_number(name):
    assert client.read_submission(SUBMISSION[name]) == Started({"generation_id": ID})


@pytest.mark.parametrize("body", [{}, [], None, "x", {"id": 7}, {"id": ""}, {"id": "https://x.example/a"}])
def test_submission_when_taken_without_a_usable_number_then_the_outcome_is_unknown(body):
    with pytest.raises(OutcomeUnknown, match="AI/ML API took the request"):
        client.read_submission(answer(body))


@pytest.mark.parametrize("name", RUNNING)
def test_status_when_under_way_or_unknown_then_it_is_running(name):
    found = client.read_generation(RUNNING[name])
    assert found == Running(RUNNING[name].json()["status"])


@pytest.mark.parametrize("name", COMPLETED)
def test_result_when_named_in_any_documented_shape_then_the_video_and_its_price_are_found(name):
    found = client.read_generation(COMPLETED[name])
    assert isinstance(found, Done)
    assert [result.url for result in found.results] == [VIDEO]
    assert (found.cost, found.reference) == (Decimal("2.94"), ID)


@pytest.mark.parametrize("video", [None, "", [], {}, {"url": None}, "ftp://x.example/a.mp4", 7])
def test_result_when_completed_without_a_video_then_the_outcome_is_unknown(video):
    with pytest.raises(OutcomeUnknown, match="names no video"):
        client.read_generation(answer({"status": "completed", "video": video}))


@pytest.mark.parametrize(
    "meta", [None, {}, {"usage": None}, {"usage": {}}, {"usage": {"credits_used": "NaN"}}, {"usage": {"x": 1}}]
)
def test_cost_when_it_is_not_told_then_it_is_not_known(meta):
    assert client.read_cost(meta) is None


@pytest.mark.parametrize("name", FAILED)
def test_status_when_failed_in_any_documented_shape_then_one_sentence_says_why(name):
    found = client.read_generation(FAILED[name])
    assert isinstance(found, Failed)
    assert isinstance(found.error, GenerationFailed)
    assert found.error.message == "The video failed at AI/ML API. It says: Could not detect face in the image."
    assert "AI/ML API says that it bills successes only" in found.error.hint


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_status_when_the_question_itself_failed_then_a_failure_word_in_it_ends_nothing(status):
    with pytest.raises(StudioError):
        client.read_generation(answer({"status": "error", "error": "busy"}, status))


@pytest.mark.parametrize("unusable", [answer({}), answer([]), answer({"status": 7}), answer(content=b"<html>")])
def test_status_when_it_says_nothing_then_it_is_asked_again(unusable):
    with pytest.raises(ProviderTrouble):
        client.read_generation(unusable)


@pytest.mark.parametrize("name", BILLING)
def test_balance_when_told_in_dollars_or_credits_then_it_is_dollars(name):
    assert client.read_account(BILLING[name]).balance == Decimal("123.45")


@pytest.mark.parametrize("body", [{}, {"current_balance": None}, {"current_balance": 5, "currency": "EUR"}])
def test_balance_when_it_is_not_in_dollars_then_it_is_not_known(body):
    assert client.read_account(answer(body)).balance is None


@pytest.mark.parametrize(("name", "expected"), [("401", KeyRefused), ("502", ProviderTrouble)])
def test_balance_when_refused_then_the_key_is_to_blame_or_it_can_be_asked_again(name, expected):
    with pytest.raises(expected):
        client.read_account(ERRORS[name])


def test_account_when_the_newer_route_is_gone_then_the_older_one_is_asked(provider, gateway):
    gateway.reply(json_reply({}, 404), json_reply(BILLING["older"].json()))
    assert provider.account().balance == Decimal("123.45")
    paths = [seen.path for seen in gateway.seen]
    assert paths == ["/api.aimlapi.com/v2/billing", "/api.aimlapi.com/v1/billing/balance"]


def test_body_when_built_then_the_picture_travels_inside_and_the_voice_by_its_address():
    voice = InputFile(b"voice", "audio/mpeg", lambda: "https://studio.example/files/t/a.mp3")
    body = client.build(OMNIHUMAN, {}, {"image_url": PICTURE, "audio_url": voice})
    assert body == {
        "model": "bytedance/omnihuman",
        "image_url": "data:image/png;base64,cGljdHVyZQ==",
        "audio_url": "https://studio.example/files/t/a.mp3",
    }


def test_body_when_addresses_are_given_then_they_pass_as_they_are():
    given = {"image_url": "https://x.example/i.png", "audio_url": "https://x.example/a.mp3?sig=1"}
    assert client.build(OMNIHUMAN, {}, given) == {"model": "bytedance/omnihuman"} | given


def test_body_when_the_voice_has_no_address_then_two_sentences_say_what_to_do():
    with pytest.raises(NotConfigured) as refused:
        client.build(OMNIHUMAN, {}, {"image_url": PICTURE, "audio_url": InputFile(b"voice", "audio/mpeg")})
    assert "web address" in refused.value.message
    assert "STUDIO_PUBLIC_URL" in refused.value.hint
    assert "paste a web address" in refused.value.hint


def test_start_when_sent_then_one_post_carries_the_bearer_key(provider, gateway):
    gateway.reply(json_reply(SUBMISSION["queued"].json(), 201))
    given = {"image_url": PICTURE, "audio_url": "https://x.example/a.mp3"}
    assert provider.start(provider.prepare(OMNIHUMAN, {}, given, "r")) == Started({"generation_id": ID})
    [seen] = gateway.seen
    assert (seen.method, seen.path) == ("POST", "/api.aimlapi.com/v2/video/generations")
    assert seen.headers["Authorization"] == "Bearer k3y"
    assert json.loads(seen.body)["model"] == "bytedance/omnihuman"


def test_check_when_asked_then_colon_and_slash_of_the_number_are_encoded(provider, gateway):
    gateway.reply(json_reply(RUNNING["generating"].json()))
    assert provider.check({"generation_id": ID}) == Running("generating")
    encoded = ID.replace(":", "%3A").replace("/", "%2F")
    assert gateway.seen[0].path == f"/api.aimlapi.com/v2/video/generations?generation_id={encoded}"


@pytest.mark.parametrize(
    "operation", [{}, {"generation_id": None}, {"generation_id": "a b"}, {"generation_id": ""}]
)
def test_check_when_the_operation_holds_no_number_then_nothing_is_asked(provider, gateway, operation):
    with pytest.raises(StudioError):
        provider.check(operation)
    assert gateway.seen == []
