from __future__ import annotations

import io

import pytest
import requests

from tests.sandbox.conftest import Clip, base64_of, data_uri
from tests.sandbox_server import API

MEDIA, UPLOADS, HISTORY = "images.segmind.com", "workflows-api.segmind.com", "api.spotprod.segmind.com"


@pytest.fixture(scope="module")
def finished(session_sandbox, body):
    """A submission's answer and its result."""
    submitted = session_sandbox.submit(body).json()
    return submitted, session_sandbox.result(submitted["request_id"]).json()


def test_v1_when_asked_for_a_clip_then_answers_its_bytes(sandbox, body):
    answer = sandbox.submit(body, api="v1")
    assert answer.headers["content-type"] == "video/mp4"
    assert {"x-remaining-credits", "x-request-id", "x-generation-time", "x-seed-value"} <= {
        name.lower() for name in answer.headers
    }
    assert "x-cost" not in answer.headers  # of HuMo no price is published
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.size, len(clip.frames), clip.rate, clip.codec) == ((832, 480), 25, 25, "h264")
    assert clip.sound_seconds == pytest.approx(1.0, abs=0.05)
    assert clip.comment == "Made by the Screentest sandbox, not by an AI model"


def test_v2_when_submitted_then_answers_the_three_addresses(sandbox, finished):
    submitted, _ = finished
    task = submitted["request_id"]
    assert submitted == {
        "request_id": task,
        "status": "QUEUED",
        "poll_url": sandbox.at(API, f"v1/requests/{task}"),
        "status_url": sandbox.at(API, f"v2/requests/{task}/status"),
        "response_url": sandbox.at(API, f"v2/requests/{task}"),
    }


def test_v2_when_done_then_all_routes_say_so(sandbox, finished):
    submitted, result = finished
    assert (result["status"], "cost" in result["metrics"]) == ("COMPLETED", False)
    assert {"inference_time", "queue_time", "total_time", "remaining_credits"} <= set(result["metrics"])
    assert sandbox.get(submitted["status_url"]).json()["status"] == "COMPLETED"
    assert sandbox.get(submitted["poll_url"]).json()["output"] == result["output"]


def test_v2_when_not_done_then_the_response_is_the_status(sandbox):
    sandbox.rehearse(slow_seconds=600)
    submitted = sandbox.submit({"prompt": "wait"}).json()
    answer = sandbox.get(submitted["response_url"])
    assert answer.status_code == 200
    assert answer.json()["status"] in ("QUEUED", "PROCESSING")
    assert answer.json()["status_url"] == submitted["status_url"]


def test_output_when_fetched_then_needs_no_key_and_plays(finished):
    clip = Clip(io.BytesIO(requests.get(finished[1]["output"], timeout=60).content))
    assert len(clip.frames) == 25


def test_output_when_a_range_is_asked_for_then_answers_it(finished):
    url = finished[1]["output"]
    whole = requests.get(url, timeout=60).content
    part = requests.get(url, headers={"Range": "bytes=100-199"}, timeout=60)
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"


def test_history_when_done_then_has_the_clip_and_the_parameters(sandbox, finished):
    submitted, result = finished
    url = sandbox.at(HISTORY, f"inference-request/request-history/{submitted['request_id']}")
    record = sandbox.get(url).json()
    assert (record["status"], record["generation_url"]) == ("COMPLETED", result["output"])
    assert record["request_body"]["frames"] == 25


def test_histories_when_asked_then_list_the_models_requests_page_by_page_the_newest_first(sandbox, finished):
    url = sandbox.at(HISTORY, "inference-request/request-history")
    listed = sandbox.get(f"{url}?model_name=humo&per_page=1").json()
    assert (listed["page"], len(listed["data"])) == (1, 1)
    whole = sandbox.get(f"{url}?model_name=bytedance-humo&per_page=100").json()["data"]
    assert whole[0] == listed["data"][0]
    assert finished[0]["request_id"] in {row["request_id"] for row in whole}
    assert [row["model_created"] for row in whole] == sorted((row["model_created"] for row in whole), reverse=True)
    assert sandbox.get(f"{url}?from_date=2999-01-01").json()["data"] == []


@pytest.mark.parametrize("query", ["per_page=0", "per_page=101", "page=x", "from_date=soon"])
def test_histories_when_asked_oddly_then_refused(sandbox, query):
    url = sandbox.at(HISTORY, "inference-request/request-history")
    assert sandbox.get(f"{url}?{query}").status_code == 400


def test_credits_when_asked_then_answers_both_balances(sandbox):
    balance = sandbox.get(sandbox.at(API, "v1/get-user-credits")).json()
    assert set(balance) == {"credits", "free-credits"}


def upload(sandbox, *uris):
    url = sandbox.at(UPLOADS, "upload-asset")
    return requests.post(url, json={"data_urls": list(uris)}, headers={"x-api-key": "k"}, timeout=60)


def test_upload_when_given_files_then_serves_and_takes_them(sandbox, body, portrait, voice):
    urls = upload(sandbox, body["image"], body["audio"]).json()["file_urls"]
    assert [requests.get(url, timeout=60).content for url in urls] == [portrait, voice]
    assert all(url.startswith(sandbox.at(MEDIA, "assets/")) for url in urls)
    assert sandbox.submit(body | {"image": urls[0], "audio": urls[1]}).status_code == 200


@pytest.mark.parametrize("form", ["https://images.segmind.com", "http://127.0.0.1:1/images.segmind.com"])
def test_input_when_it_names_the_media_host_then_any_gateway_reads_it(sandbox, body, form):
    url = upload(sandbox, body["audio"]).json()["file_urls"][0]
    assert sandbox.submit(body | {"audio": url.replace(sandbox.at(MEDIA, "")[:-1], form)}).status_code == 200


def test_input_when_it_is_bare_base64_then_is_read(sandbox, body, portrait, voice):
    bare = {"image": base64_of(portrait), "audio": base64_of(voice)}
    assert sandbox.submit(body | bare).status_code == 200


@pytest.mark.parametrize("uris", [[], ["hello"], ["data:audio/wav,hello"], [7]])
def test_upload_when_it_is_no_data_uri_then_400(sandbox, uris):
    answer = upload(sandbox, *uris)
    assert (answer.status_code, set(answer.json())) == (400, {"error"})


def test_prompt_when_empty_then_v2_fails_with_422(sandbox):
    submitted = sandbox.submit({"frames": 10, "prompt": ""}).json()
    result = sandbox.result(submitted["request_id"])
    assert (result.status_code, result.json()["status"]) == (422, "FAILED")
    assert result.json()["error"] == "Prompt is Mandatory and must be string"
    assert "cost" not in result.json()["metrics"]
    assert sandbox.get(submitted["status_url"]).status_code == 422


def test_audio_when_missing_then_the_clip_is_silent(sandbox, body):
    silent = {name: value for name, value in body.items() if name != "audio"}
    clip = Clip(io.BytesIO(sandbox.submit(silent | {"frames": 10}, api="v1").content))
    assert (len(clip.frames), clip.has_sound) == (10, False)


def test_data_uri_when_it_lies_about_its_type_then_the_content_counts(sandbox, body, voice):
    assert sandbox.submit(body | {"audio": data_uri(voice, "audio/mpeg")}).status_code == 200
