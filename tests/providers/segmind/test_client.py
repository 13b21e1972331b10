"""Segmind's answers, read: each documented shape leads to what the engine needs, and to no more."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from components.catalog import MODELS
from components.errors import GenerationFailed, OutcomeUnknown, ProviderTrouble, RecordMissing, RequestRefused
from components.providers.base import Done, Failed, Running, Started
from components.providers.segmind import client
from tests.providers.documented import FIXTURES, answer, answers

HUMO, HUNYUAN = MODELS["segmind/humo"], MODELS["segmind/hunyuan-video"]
ID = "2c7f4b0e-5a61-4c39-9a4d-0d6f4f1f7a10"
VIDEO = "https://images.segmind.com/outputs/a.mp4"
SUBMISSION, STATUS, RESULT = answers("submission"), answers("status"), answers("result")
UPLOAD, HISTORY, BLOCKING = answers("upload"), answers("history"), answers("blocking")


@pytest.mark.parametrize("file", sorted(FIXTURES.glob("*.json")), ids=lambda file: file.stem)
def test_fixture_when_read_then_it_names_its_source_and_date(file):
    page = json.loads(file.read_text("utf-8"))
    assert page["source"]
    assert page["date"].startswith("20")


@pytest.mark.parametrize("name", SUBMISSION)
def test_submission_when_taken_then_the_operation_is_the_bare_number(name):
    assert client.read_submission(SUBMISSION[name]) == Started({"request_id": ID})


@pytest.mark.parametrize("body", [{}, [], None, "x", {"request_id": 7}, {"request_id": "../../v1/x"}])
def test_submission_when_taken_without_a_usable_number_then_the_outcome_is_unknown(body):
    with pytest.raises(OutcomeUnknown, match="Segmind took the request"):
        client.read_submission(answer(body))


def test_submission_when_v2_answers_with_the_video_itself_then_it_is_done():
    assert client.read_submission(BLOCKING["bytes"]).results[0].content


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("queued", Running("QUEUED")),
        ("processing", Running("PROCESSING")),
        ("lower_case", Running("PROCESSING")),
        ("unknown_word", Running("WARMING_UP")),
        ("completed", None),
    ],
)
def test_status_when_under_way_or_over_then_the_word_decides(name, expected):
    assert client.read_status(STATUS[name]) == expected


@pytest.mark.parametrize("name", ["failed", "failed_with_200"])
def test_status_when_failed_then_the_body_decides_and_not_the_http_code(name):
    found = client.read_status(STATUS[name])
    assert isinstance(found, Failed)
    assert isinstance(found.error, GenerationFailed)
    assert "Prompt is Mandatory" in found.error.message
    assert "Segmind says that it bills successes only" in found.error.hint


@pytest.mark.parametrize("unusable", [answer({}), answer([]), answer(None, 500), answer(content=b"<html>")])
def test_status_when_it_says_nothing_then_it_is_asked_again(unusable):
    with pytest.raises(ProviderTrouble):
        client.read_status(unusable)


@pytest.mark.parametrize("name", RESULT)
def test_result_when_named_in_any_documented_shape_then_the_video_and_its_price_are_found(name):
    found = client.read_result(RESULT[name])
    assert isinstance(found, Done)
    assert [result.url for result in found.results] == [VIDEO]
    assert (found.cost, found.reference) == (Decimal("0.05"), ID)


def test_result_when_it_is_the_video_itself_then_its_bytes_are_the_result():
    assert client.read_result(BLOCKING["bytes"]).results[0].content == BLOCKING["bytes"].content


def test_result_when_completed_without_a_video_then_its_fate_is_not_known():
    with pytest.raises(OutcomeUnknown, match="names no video"):
        client.read_result(STATUS["completed"])


@pytest.mark.parametrize("cost", ["NaN", "Infinity", "1e999", '"free"', "null", "[1]"])
def test_result_when_the_price_is_nonsense_then_the_video_is_kept_without_one(cost):
    body = f'{{"status":"COMPLETED","output":"{VIDEO}","request_id":7,"metrics":{{"cost":{cost}}}}}'
    found = client.read_result(answer(content=body.encode()))
    assert isinstance(found, Done)
    assert (found.cost, found.reference) == (None, None)


def test_find_results_when_a_list_names_two_videos_then_both_are_found_in_order():
    found = client.find_results({"output": [{"url": VIDEO}, "https://images.segmind.com/outputs/b.mp4", "no"]})
    assert [result.url for result in found] == [VIDEO, "https://images.segmind.com/outputs/b.mp4"]


def test_find_results_when_nested_without_end_then_it_gives_up_in_peace():
    deep: object = VIDEO
    for _ in range(900):
        deep = [deep]
    assert client.find_results(deep) == ()
    assert answer(content=b"[" * 100_000).json() is None


@pytest.mark.parametrize("name", UPLOAD)
def test_upload_when_answered_in_any_known_shape_then_the_address_is_found(name):
    assert client.read_upload(UPLOAD[name]) == "https://images.segmind.com/assets/a.mp3"


@pytest.mark.parametrize("useless", [answer({}), answer([]), answer({"url": "file:///etc"}), answer({}, 500)])
def test_upload_when_no_address_comes_then_there_is_none(useless):
    assert client.read_upload(useless) is None


def test_history_when_it_knows_the_video_then_the_lost_result_is_found():
    found = client.read_history(HISTORY["completed"])
    assert (found.results[0].url, found.cost) == (VIDEO, Decimal("0.05"))


def test_history_when_pending_then_it_is_still_running():
    assert client.read_history(HISTORY["pending"]) == Running("PENDING")


def test_history_when_failed_then_it_failed():
    assert isinstance(client.read_history(HISTORY["failed"]), Failed)


def test_history_when_it_does_not_know_either_then_the_record_is_missing():
    with pytest.raises(RecordMissing, match="history at Segmind"):
        client.read_history(HISTORY["unknown"])


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_history_when_it_has_trouble_then_the_video_is_not_given_up(status):
    with pytest.raises(ProviderTrouble):
        client.read_history(answer({"error": "later"}, status))


@pytest.mark.parametrize("name", ["bytes", "bytes_under_another_name", "octet_stream"])
def test_blocking_answer_when_it_carries_bytes_then_content_decides(name):
    found = client.read_blocking(BLOCKING[name])
    assert found.results[0].content == BLOCKING[name].content
    assert (found.cost, found.reference) == (Decimal("0.05"), "r-1")


def test_blocking_answer_when_it_is_json_then_the_address_is_found():
    found = client.read_blocking(BLOCKING["json"])
    assert (found.results[0].url, found.cost) == (VIDEO, Decimal("0.05"))


@pytest.mark.parametrize("empty", [answer({}), answer(content=b""), answer(content=b"<html>hello</html>")])
def test_blocking_answer_when_200_without_a_video_then_the_outcome_is_unknown(empty):
    with pytest.raises(OutcomeUnknown, match="names no video"):
        client.read_blocking(empty)


def test_blocking_answer_when_refused_as_video_type_then_it_is_still_a_refusal():
    with pytest.raises(RequestRefused):
        client.read_blocking(answer({"error": "no"}, 400, content_type="video/mp4"))


def test_body_when_built_then_names_are_documented_and_nothing_is_empty():
    body = client.build(HUMO, {"prompt": "p", "frames": 30, "mode": None}, {"audio": VIDEO}, {})
    assert body == {"prompt": "p", "frames": 30, "audio": VIDEO}


def test_body_when_input_names_are_overridden_then_the_settings_win():
    names = {"image": "image_url", "prompt": "text"}
    body = client.build(HUMO, {"prompt": "p", "steps": 3}, {"image": "i", "audio": "a"}, names)
    assert body == {"text": "p", "steps": 3, "image_url": "i", "audio": "a"}


def test_body_when_the_names_of_humo_are_overridden_then_another_models_stay():
    sent = {"prompt": "p", "video_length": 77, "seed": -1, "flow_shift": 7.0}
    assert client.build(HUNYUAN, {**sent, "negative_prompt": None}, {}, {"prompt": "text", "seed": "s"}) == sent


def test_body_when_the_whole_request_is_sent_then_each_name_is_documented():
    body = client.build(HUNYUAN, HUNYUAN.request().model_dump(), {}, {})
    assert body == {
        "prompt": "A cat walks on the grass, realistic style.",
        "negative_prompt": "Aerial view, overexposed, low quality, deformation",
        "width": 854,
        "height": 480,
        "video_length": 77,
        "infer_steps": 40,
        "flow_shift": 7.0,
        "embedded_guidance_scale": 6,
        "seed": 96501778,
    }


@pytest.mark.parametrize(
    "spec", [spec for spec in MODELS.values() if spec.provider == "segmind"], ids=lambda s: s.id
)
def test_slug_when_a_model_is_segminds_then_there_is_one(spec):
    assert spec.links["Documentation"] == f"https://www.segmind.com/models/{spec.slug}/api"
