from __future__ import annotations

import io

import pytest
import requests
from PIL import Image

from tests.sandbox.conftest import Clip, data_uri, make_voice
from tests.sandbox.runware.client import MEDIA, ask, code, new, post, result, store

NOBODYS = "6f1d2f0e-98a4-4b0e-9d5c-2f6f3a1f7c11"


def test_task_when_sent_then_it_is_acknowledged_and_ends_with_a_clip(sandbox, task, portrait):
    given = task({"referenceImages": [data_uri(portrait, "image/png")]})
    assert post(sandbox, given).json() == {"data": [{"taskType": "videoInference", "taskUUID": given["taskUUID"]}]}
    [item] = result(sandbox, given["taskUUID"])["data"]
    assert (item["status"], item["cost"]) == ("success", pytest.approx(0.4 * 0.097))
    assert item["videoURL"].startswith(sandbox.at(MEDIA, "video/"))
    clip = Clip(io.BytesIO(requests.get(item["videoURL"], timeout=60).content))
    assert (clip.size, len(clip.frames), clip.rate) == ((746, 896), 10, 25)
    assert clip.sound_seconds == pytest.approx(0.4, abs=0.06)


@pytest.mark.parametrize(
    ("kind", "media_type", "codec"), [("WEBM", "video/webm", "vp9"), ("MOV", "video/quicktime", "h264")]
)
def test_format_when_asked_for_then_the_file_is_of_that_kind(sandbox, task, kind, media_type, codec):
    given = task(outputFormat=kind)
    post(sandbox, given)
    [item] = result(sandbox, given["taskUUID"])["data"]
    answer = requests.get(item["videoURL"], timeout=60)
    assert answer.headers["content-type"] == media_type
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.codec, len(clip.frames)) == (codec, 10)
    assert clip.has_sound


def test_takes_when_several_are_asked_for_then_they_differ_and_are_paid_once(sandbox, task):
    before = len(sandbox.ledger()["paid"])
    given = task(numberResults=3, includeCost=False)
    post(sandbox, given)
    items = result(sandbox, given["taskUUID"])["data"]
    assert len({item["seed"] for item in items}) == len({item["videoUUID"] for item in items}) == 3
    assert all("cost" not in item for item in items)
    assert len({requests.get(item["videoURL"], timeout=60).content for item in items}) == 3
    assert [line["request_id"] for line in sandbox.ledger()["paid"][before:]] == [given["taskUUID"]]


def test_number_when_repeated_then_conflict_and_nothing_is_paid_again(sandbox, task):
    given = task()
    post(sandbox, given)
    before = sandbox.ledger()["paid"]
    assert code(post(sandbox, given)) == (400, "conflictTaskUUID", "taskUUID")
    assert sandbox.ledger()["paid"] == before


@pytest.mark.parametrize("kind", ["mediaStorage", "imageUpload"])
def test_upload_when_its_number_was_used_then_conflict(sandbox, kind):
    number, picture = new(), io.BytesIO()
    Image.new("RGB", (400, 400)).save(picture, "PNG")
    media = data_uri(picture.getvalue(), "image/png")
    upload = {"operation": "upload", "media": media} if kind == "mediaStorage" else {"image": media}
    assert ask(sandbox, kind, number, **upload).status_code == 200
    assert code(ask(sandbox, kind, number, **upload)) == (400, "conflictTaskUUID", "taskUUID")


def test_upload_when_its_file_was_refused_then_its_number_is_used_all_the_same(sandbox):
    number, upload = new(), {"operation": "upload", "media": data_uri(b"no picture", "image/png")}
    assert code(ask(sandbox, "mediaStorage", number, **upload)) == (400, "invalidMedia", "media")
    assert code(ask(sandbox, "mediaStorage", number, **upload)) == (400, "conflictTaskUUID", "taskUUID")


@pytest.mark.parametrize("number", [None, "1", "0685260a-e520-11f1-8a2b-02fc00000001", 7])
def test_number_when_it_is_no_version_4_uuid_then_400(sandbox, task, number):
    status, said, parameter = code(post(sandbox, task(taskUUID=number)))
    assert (status, parameter) == (400, "taskUUID")
    assert said in ("missingTaskUUID", "invalidTaskUUID")


WRONG = [
    ({"seed": 1}, "seed"),
    ({"prompt": "x"}, "prompt"),
    ({"referenceImages": []}, "referenceImages"),
    ({"outputFormat": "GIF"}, "outputFormat"),
    ({"outputQuality": 19}, "outputQuality"),
    ({"outputQuality": 100}, "outputQuality"),
    ({"outputQuality": "95"}, "outputQuality"),
    ({"numberResults": 0}, "numberResults"),
    ({"numberResults": 5}, "numberResults"),
    ({"ttl": 59}, "ttl"),
    ({"includeCost": 1}, "includeCost"),
    ({"webhookURL": "http://example.com"}, "webhookURL"),
    ({"deliveryMethod": "sync"}, "deliveryMethod"),
    ({"outputType": "base64Data"}, "outputType"),
    ({"safety": {"mode": "strict"}}, "safety.mode"),
    ({"safety": {"checkContent": "yes"}}, "safety.checkContent"),
    ({"safety": {"level": 1}}, "safety.level"),
    ({"safety": True}, "safety"),
]


@pytest.mark.parametrize(("more", "parameter"), WRONG)
def test_parameter_when_wrong_then_400_names_it_and_nothing_is_paid(sandbox, task, more, parameter):
    before = sandbox.ledger()
    status, _, named = code(post(sandbox, task(**more)))
    assert (status, named) == (400, parameter)
    after = sandbox.ledger()
    assert (after["paid"], len(after["refused"])) == (before["paid"], len(before["refused"]) + 1)


def picture(side):
    out = io.BytesIO()
    Image.new("RGB", side, (90, 100, 140)).save(out, "PNG")
    return data_uri(out.getvalue(), "image/png")


@pytest.mark.parametrize(
    ("inputs", "parameter"),
    [
        ({"referenceImages": None}, "referenceImages"),
        ({"referenceImages": "x"}, "referenceImages"),
        ({"referenceImages": []}, "referenceImages"),
        ({"referenceImages": [picture((400, 400))] * 2}, "referenceImages"),
        ({"referenceImages": [picture((299, 400))]}, "referenceImages"),
        ({"referenceImages": [picture((6001, 1600))]}, "referenceImages"),
        ({"referenceImages": ["aGVsbG8="]}, "referenceImages"),
        ({"referenceImages": [NOBODYS]}, "referenceImages"),
        ({"audio": None}, "audio"),
        ({"audio": ["a"]}, "audio"),
        ({"audio": data_uri(make_voice(1), "audio/wav")}, "audio"),
        ({"audio": NOBODYS}, "audio"),
        ({"audio": "http://example.com/a.mp3"}, "audio"),
        ({"video": "x"}, "video"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_file_when_it_cannot_be_used_then_400_names_it(sandbox, task, inputs, parameter):
    status, _, named = code(post(sandbox, task(inputs)))
    assert (status, named) == (400, f"inputs.{parameter}")


def test_audio_when_30_seconds_then_it_can_be_stored_but_not_used(sandbox, task):
    number = store(sandbox, data_uri(make_voice(30.0), "audio/wav"))["mediaUUID"]
    answer = post(sandbox, task({"audio": number}))
    assert code(answer)[2] == "inputs.audio"
    assert "30 seconds" in answer.json()["errors"][0]["message"]


def test_image_when_given_in_any_documented_form_then_it_is_taken(sandbox, task, portrait):
    uri = data_uri(portrait, "image/png")
    stored = store(sandbox, uri)
    for image in (uri, uri.partition(",")[2], stored["mediaUUID"], stored["mediaURL"]):
        assert "data" in post(sandbox, task({"referenceImages": [image]})).json()


def test_upload_when_served_then_it_is_the_same_file(sandbox, portrait):
    stored = store(sandbox, data_uri(portrait, "image/png"))
    assert requests.get(stored["mediaURL"], timeout=60).content == portrait
    removed = ask(sandbox, "mediaStorage", new(), operation="delete", media=stored["mediaUUID"])
    assert removed.json()["data"][0]["mediaUUID"] == stored["mediaUUID"]


@pytest.mark.parametrize("media", ["aGVsbG8=", "", 7, "https://example.com/a.png"])
def test_upload_when_it_is_no_media_then_400(sandbox, media):
    assert ask(sandbox, "mediaStorage", new(), operation="upload", media=media).status_code == 400


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer invalid"}, {"X-API-Key": "k"}])
def test_key_when_missing_or_bad_then_401(sandbox, headers):
    answer = post(sandbox, {"taskType": "accountManagement", "taskUUID": new()}, headers=headers)
    assert answer.status_code == 401
    assert "ApiKey" in answer.json()["errors"][0]["code"]


def test_key_when_it_comes_as_the_first_task_then_the_rest_is_answered(sandbox):
    first = {"taskType": "authentication", "apiKey": "k"}
    asked = {"taskType": "accountManagement", "taskUUID": new(), "operation": "getDetails"}
    signed_in, account = post(sandbox, first, asked, headers={}).json()["data"]
    assert signed_in["taskType"] == "authentication"
    assert account["balance"] > 0


@pytest.mark.parametrize("body", [b"{}", b"[]", b"no", b"[7]", b'[{"taskType": "imageInference"}]'])
def test_body_when_it_is_no_array_of_known_tasks_then_400(sandbox, body):
    answer = post(sandbox, json=None, data=body)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["code"]


@pytest.mark.parametrize("kind", ["getResponse", "getTaskDetails"])
def test_question_when_the_task_is_unknown_then_404(sandbox, kind):
    assert code(ask(sandbox, kind, new())) == (404, "taskNotFound", "taskUUID")


def test_archive_when_asked_then_it_has_request_and_response(sandbox, task):
    given = task()
    post(sandbox, given)
    done = result(sandbox, given["taskUUID"])
    [kept] = ask(sandbox, "getTaskDetails", given["taskUUID"]).json()["data"]
    assert kept["response"] == done
    assert kept["request"][0]["model"] == "bytedance:5@1"


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 429, 500, 503, 504])
def test_answer_when_rehearsed_then_is_the_providers_error_and_unpaid(sandbox, task, status):
    paid = sandbox.ledger()["paid"]
    sandbox.rehearse(answer=status)
    assert code(post(sandbox, task()))[0] == status
    assert sandbox.ledger()["paid"] == paid


def test_fail_when_rehearsed_for_two_takes_then_one_comes_and_one_fails(sandbox, task):
    sandbox.rehearse(fail="Out of film")
    given = task(numberResults=2)
    post(sandbox, given)
    body = result(sandbox, given["taskUUID"])
    assert [item["status"] for item in body["data"]] == ["success"]
    assert [(error["status"], error["message"]) for error in body["errors"]] == [("error", "Out of film")]


def test_slow_when_rehearsed_then_it_is_processing(sandbox, task):
    sandbox.rehearse(slow_seconds=2)
    given = task()
    post(sandbox, given)
    assert ask(sandbox, "getResponse", given["taskUUID"]).json()["data"][0]["status"] == "processing"
