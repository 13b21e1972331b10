"""Runware's answers as documented, and the requests that its client sends."""

from __future__ import annotations

import json
import uuid
from decimal import Decimal

import pytest
from pydantic import SecretStr

from components import errors
from components.catalog import MODELS
from components.providers.base import Body, Done, Failed, InputFile, Running, Started
from components.providers.http import Http
from components.providers.runware import answers as reads
from components.providers.runware.client import Runware, build, task_uuid
from components.settings import Settings
from tests.providers.documented import answer, answers
from tests.providers.gateway import RESET, Reply, start_gateway

NUMBER = "9d0b8c2e-6c1f-4c1e-8f57-2f0f6a1b7c3d"
REFERENCE = NUMBER.replace("-", "")
SPEC = MODELS["runware/omnihuman-1"]
POLL, ARCHIVE, MEDIA = answers("runware_poll"), answers("runware_archive"), answers("runware_media")
SUBMISSION = answers("runware_submission")
ADDRESSES = {"referenceImages": "https://example.com/a.jpg", "audio": "https://example.com/a.mp3"}


@pytest.fixture
def gateway():
    with start_gateway() as running:
        yield running


@pytest.fixture
def client(gateway):
    headers = Runware.headers({"runware_api_key": SecretStr("rw_key")})
    http = Http("Runware", hosts=Runware.hosts, headers=headers, gateway=gateway.url)
    return Runware(http, Settings(gateway=gateway.url))


def said(found, status=200):
    """A documented answer as the gateway gives it."""
    return Reply(found.status, found.content)


def sent(gateway):
    return [json.loads(seen.body)[0] for seen in gateway.seen]


@pytest.mark.parametrize("name", SUBMISSION)
def test_submission_when_taken_then_nothing_is_raised(name):
    reads.read_submission(SUBMISSION[name], NUMBER)


@pytest.mark.parametrize("name", ["processing", "pending", "unknown_word", "empty", "of_another_task"])
def test_poll_when_there_is_no_end_then_it_keeps_running(name):
    assert isinstance(reads.read_poll(POLL[name], NUMBER, 1), Running)


@pytest.mark.parametrize("name", ["one_of_two", "one_and_waiting", "one_waiting_and_error"])
def test_poll_when_fewer_have_come_than_were_asked_for_then_it_keeps_running(name):
    assert isinstance(reads.read_poll(POLL[name], NUMBER, 3), Running)


def test_poll_when_all_have_come_then_their_places_do_not_depend_on_their_order():
    done = reads.read_poll(POLL["two_of_two"], NUMBER, 2)
    assert [(result.position, result.url[-5:]) for result in done.results] == [(0, "1.mp4"), (1, "2.mp4")]
    assert (done.cost, done.reference, done.note) == (Decimal("0.38"), NUMBER, None)


def test_poll_when_a_video_is_told_twice_then_it_counts_once():
    item = {"taskUUID": NUMBER, "status": "success", "videoUUID": "1", "videoURL": "https://im.runware.ai/1.mp4"}
    again = item | {"videoURL": "https://im.runware.ai/1.mp4?signed=anew"}
    assert isinstance(reads.read_poll(answer({"data": [item, again]}), NUMBER, 2), Running)
    other = item | {"videoUUID": "2", "videoURL": "https://im.runware.ai/2.mp4"}
    assert len(reads.read_poll(answer({"data": [item, again, other]}), NUMBER, 2).results) == 2


def test_poll_when_the_newer_name_is_used_then_the_video_is_found_and_no_cost_is_invented():
    done = reads.read_poll(POLL["one_media_url"], NUMBER, 1)
    assert (len(done.results), done.cost) == (1, None)


def test_poll_when_some_failed_then_the_good_ones_are_kept_with_a_note():
    done = reads.read_poll(POLL["one_and_error"], NUMBER, 2)
    assert isinstance(done, Done)
    assert (len(done.results), done.cost) == (1, Decimal("0.18"))
    assert done.note.message.startswith("1 of 2 videos did not come.")
    assert done.note.hint


@pytest.mark.parametrize("name", ["item_error", "top_error", "single_error"])
def test_poll_when_the_job_failed_in_any_shape_then_failed_with_its_words(name):
    found = reads.read_poll(POLL[name], NUMBER, 1)
    assert isinstance(found, Failed)
    assert "No face was found." in found.error.message


def test_poll_when_it_was_unsafe_then_it_says_so_without_the_raw_words():
    found = reads.read_poll(POLL["unsafe"], NUMBER, 1)
    assert "safety check" in found.error.message
    assert "RAW" not in str(found.error)


@pytest.mark.parametrize("name", ["busy", "down"])
def test_poll_when_the_question_itself_failed_then_it_is_asked_again(name):
    with pytest.raises(errors.ProviderTrouble):
        reads.read_poll(POLL[name], NUMBER, 1)


def test_poll_when_the_key_is_bad_then_it_is_told():
    with pytest.raises(errors.KeyRefused):
        reads.read_poll(POLL["bad_key"], NUMBER, 1)


def test_poll_when_done_without_an_address_then_the_outcome_is_unknown():
    body = {"data": [{"taskUUID": NUMBER, "status": "success"}]}
    with pytest.raises(errors.OutcomeUnknown):
        reads.read_poll(answer(body), NUMBER, 1)


@pytest.mark.parametrize(
    ("name", "kind"), [("kept", Done), ("kept_as_list", Done), ("kept_failure", Failed), ("empty", type(None))]
)
def test_archive_when_asked_then_it_tells_the_same(name, kind):
    assert isinstance(reads.read_archive(ARCHIVE[name], NUMBER, 1), kind)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("processing", True),
        ("two_of_two", True),
        ("top_error", True),
        ("empty", None),
        ("down", None),
        ("unknown_task", False),
        ("busy", None),
    ],
)
def test_knowing_when_an_answer_is_read_then_only_a_clear_word_counts(name, known):
    assert reads.knows(POLL[name], NUMBER) is known


@pytest.mark.parametrize("name", ["not_yet", "without", "there_already"])
def test_upload_when_not_stored_yet_then_there_is_no_number(name):
    assert reads.read_media(MEDIA[name]) is None


def test_check_when_the_poll_no_longer_knows_it_then_the_archive_is_asked(client, gateway):
    gateway.reply(said(POLL["unknown_task"]), said(ARCHIVE["kept"]))
    assert isinstance(client.check({"task_uuid": NUMBER, "count": 1}), Done)
    assert [task["taskType"] for task in sent(gateway)] == ["getResponse", "getTaskDetails"]


def test_check_when_nobody_knows_it_then_the_record_is_missing(client, gateway):
    gateway.reply(said(POLL["unknown_task"]), said(ARCHIVE["unknown_task"]))
    with pytest.raises(errors.RecordMissing):
        client.check({"task_uuid": NUMBER, "count": 1})


REFUSED = {"errors": [{"code": "invalidInputs", "message": "Wrong.", "taskUUID": NUMBER}]}


@pytest.mark.parametrize("name", ["processing", "top_error", "unknown_task", "empty"])
def test_submission_when_refused_then_only_a_task_that_is_under_way_there_belies_it(client, gateway, name):
    archive = [said(ARCHIVE["unknown_task"])] if name == "unknown_task" else []
    gateway.reply(Reply(400, json.dumps(REFUSED).encode()), said(POLL[name]), *archive, said(POLL[name]))
    body = Body([{"taskType": "videoInference", "taskUUID": NUMBER}], "bytedance:5@1")
    if name == "processing":
        assert client.start(body).operation["task_uuid"] == NUMBER
    else:
        with pytest.raises(errors.RequestRefused):
            client.start(body)
    kinds = [task["taskType"] for task in sent(gateway)]
    assert kinds.count("videoInference") == 1
    assert "getResponse" in kinds


def test_body_when_built_then_it_is_the_documented_one():
    ours = {"outputFormat": "MOV", "numberResults": 2, "mode": "full", "ttl": 60}
    task = build(SPEC, ours, ADDRESSES, NUMBER)
    assert task == {
        "taskType": "videoInference",
        "taskUUID": NUMBER,
        "model": "bytedance:5@1",
        "deliveryMethod": "async",
        "outputType": "URL",
        "outputFormat": "MOV",
        "outputQuality": 95,
        "numberResults": 2,
        "includeCost": True,
        "ttl": 60,
        "safety": {"checkContent": True, "mode": "full"},
        "inputs": {"referenceImages": ["https://example.com/a.jpg"], "audio": "https://example.com/a.mp3"},
    }


@pytest.mark.parametrize(
    ("given", "safety"),
    [
        ({}, {"checkContent": False, "mode": "none"}),
        ({"checkContent": True}, {"checkContent": True}),
        ({"mode": "fast"}, {"checkContent": True, "mode": "fast"}),
    ],
)
def test_safety_when_asked_for_then_switch_and_depth_never_contradict(given, safety):
    assert build(SPEC, given, ADDRESSES, NUMBER)["safety"] == safety


def test_number_when_made_of_our_reference_then_it_is_a_version_4_uuid():
    ours = uuid.uuid4()
    assert task_uuid(ours.hex) == str(ours)


def test_prepare_when_a_file_is_not_stored_yet_then_it_is_asked_for_by_the_same_number(client, gateway):
    gateway.reply(said(MEDIA["not_yet"]), said(MEDIA["stored"]))
    files = {"audio": InputFile(b"x", "audio/wav"), "referenceImages": "https://example.com/a.jpg"}
    body = client.prepare(SPEC, {}, files, REFERENCE)
    upload, question = sent(gateway)
    assert (upload["taskType"], upload["media"]) == ("mediaStorage", "data:audio/wav;base64,eA==")
    assert (question["taskType"], question["taskUUID"]) == ("getResponse", upload["taskUUID"])
    assert body.json[0]["inputs"]["audio"] == "bd778741-cc7b-4c8e-8f57-2f0f6a1b7c3d"


def test_prepare_when_an_upload_was_lost_then_the_next_has_a_number_of_its_own(client, gateway):
    gateway.reply(RESET, said(MEDIA["stored"]))
    files = {"audio": InputFile(b"x", "audio/wav")}
    with pytest.raises(errors.ProviderTrouble):
        client.prepare(SPEC, {}, files, REFERENCE)
    client.prepare(SPEC, {}, files, REFERENCE)
    lost, taken = sent(gateway)
    assert lost["media"] == taken["media"]
    assert lost["taskUUID"] != taken["taskUUID"]


def test_prepare_when_the_file_never_arrives_then_it_can_be_tried_again(client, gateway):
    gateway.reply(said(MEDIA["not_yet"]), said(MEDIA["without"]))
    with pytest.raises(errors.ProviderTrouble, match="has not taken the file"):
        client.prepare(SPEC, {}, {"audio": InputFile(b"x", "audio/wav")}, REFERENCE)


def test_start_when_the_answer_is_lost_then_one_question_tells_that_it_was_taken(client, gateway):
    body = client.prepare(SPEC, {"numberResults": 2}, ADDRESSES, REFERENCE)
    gateway.reply(RESET, said(POLL["processing"]))
    assert client.start(body) == Started({"task_uuid": NUMBER, "count": 2})
    assert [task["taskType"] for task in sent(gateway)] == ["videoInference", "getResponse"]


def test_start_when_the_answer_is_lost_and_nobody_knows_it_then_the_outcome_is_unknown(client, gateway):
    body = client.prepare(SPEC, {}, ADDRESSES, REFERENCE)
    gateway.reply(RESET, said(POLL["unknown_task"]), said(ARCHIVE["unknown_task"]))
    with pytest.raises(errors.OutcomeUnknown):
        client.start(body)
    assert [task["taskType"] for task in sent(gateway)].count("videoInference") == 1


def test_find_when_the_answer_tells_nothing_yet_then_asking_again_may_help(client, gateway):
    gateway.reply(said(POLL["empty"]))
    with pytest.raises(errors.ProviderTrouble):
        client.find(SPEC, {}, REFERENCE, 0.0)


def test_account_when_read_then_only_the_balance_comes_out(client, gateway):
    item = {"balance": 12.5, "team": [{"email": "a@b.c"}], "apiKeys": [{"apiKey": "****"}]}
    gateway.reply(Reply(200, json.dumps({"data": [item]}).encode()))
    assert vars(client.account()) == {"balance": Decimal("12.5")}
    assert gateway.seen[0].headers["Authorization"] == "Bearer rw_key"
