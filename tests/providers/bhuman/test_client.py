"""BHuman's answers, read: bare and wrapped, each row's end, and all rows together."""

from __future__ import annotations

import base64
import json

import pytest
from pydantic import SecretStr

from components import errors
from components.catalog import MODELS
from components.providers.base import Done, Failed, Running, Started
from components.providers.bhuman import rows
from components.providers.bhuman.client import BHuman
from components.providers.http import Http
from components.settings import Settings
from tests.providers.documented import answer, answers
from tests.providers.gateway import Reply, start_gateway

ID, OTHER = "c10ee155-6202-4cec-9a40-dde536e2ab4e", "b3d2bfa8-fa75-49ed-9f8b-bb13452f49fd"
TEMPLATE = "7d859e18-dc89-446f-9718-9533bb178a75"
BODY = {"video_instance_id": TEMPLATE, "variables": ["n", "c"], "names": [["Don", "Apple"], ["James", "Google"]]}
CAMPAIGN = "d744af70-cd3c-4a41-8bfe-89238f937a3b"
CAMPAIGN_BODY = {
    "campaign_id": CAMPAIGN,
    "generation_mode": "keep_original",
    **{name: BODY[name] for name in ("variables", "names")},
}
SUBMISSION, VIDEO = answers("bhuman_submission"), answers("bhuman_video")
OPERATION = {"ids": [ID, OTHER], "labels": ["Don", "James"], "video_instance_id": TEMPLATE}


def together(first: str, second: str):
    """What two rows come to, by the names of their answers."""
    known = {i: rows.read_generated(VIDEO[name], i) for i, name in ((ID, first), (OTHER, second))}
    unseen = {i for i, video in known.items() if video is None}
    return rows.summarise([ID, OTHER], ["Don", "James"], {i: v for i, v in known.items() if v}, unseen)


@pytest.fixture
def gateway():
    with start_gateway() as running:
        yield running


@pytest.fixture
def client(gateway):
    key = {"bhuman_api_key_id": SecretStr("id"), "bhuman_api_key_secret": SecretStr("s:cret")}
    http = Http("BHuman", hosts=BHuman.hosts, headers=BHuman.headers(key), gateway=gateway.url)
    return BHuman(http, Settings())


def test_key_when_sent_then_it_is_basic_id_and_secret(client, gateway):
    gateway.reply(Reply(body=b'{"total": 0, "instances": []}'))
    client.account()
    scheme, given = gateway.seen[0].headers["Authorization"].split()
    assert (scheme, base64.b64decode(given)) == ("Basic", b"id:s:cret")
    assert gateway.seen[0].path == "/studio.bhuman.ai/api/ai_studio/video_instances?page=0&size=1"


def test_body_when_prepared_then_it_is_the_documented_one(client, gateway):
    given = BODY | {"callback_url": None}
    body = client.prepare(MODELS["bhuman/personalized-video"], given, {}, "0" * 32)
    gateway.reply(Reply(body=SUBMISSION["wrapped"].content))
    client.start(body)
    assert json.loads(gateway.seen[0].body) == BODY
    assert (gateway.seen[0].method, gateway.seen[0].path) == ("POST", "/studio.bhuman.ai/api/ai_studio/try_sample")


def test_campaign_when_sent_then_body_and_route_are_the_documented_ones(client, gateway):
    given = CAMPAIGN_BODY | {"video_instance_id": None, "enable_lipsync": None}
    body = client.prepare(MODELS["bhuman/personalized-video"], given, {}, "0" * 32)
    gateway.reply(Reply(body=SUBMISSION["wrapped"].content))
    started = client.start(body)
    assert json.loads(gateway.seen[0].body) == CAMPAIGN_BODY
    assert gateway.seen[0].path == "/studio.bhuman.ai/api/ai_studio/pipeline/campaign"
    assert started == Started({"ids": [ID, OTHER], "labels": ["Don", "James"], "campaign_id": CAMPAIGN})
    assert len(gateway.seen) == 1


@pytest.mark.parametrize("name", SUBMISSION)
def test_submission_when_taken_then_ids_and_labels_are_kept_in_order(name):
    assert rows.read_submission(SUBMISSION[name], BODY) == Started(OPERATION)


@pytest.mark.parametrize(
    "body", [{}, [], None, {"result": []}, {"result": [7]}, {"result": ["../x/y/z/../"]}, {"code": 200}]
)
def test_submission_when_taken_without_usable_ids_then_the_outcome_is_unknown(body):
    with pytest.raises(errors.OutcomeUnknown, match="gave no number"):
        rows.read_submission(answer(body), BODY)


@pytest.mark.parametrize("name", ["preparing", "queued", "processing", "rendering_anew", "bare"])
def test_rows_when_one_is_under_way_then_all_are_and_what_came_is_given(name):
    found = together("succeeded", name)
    assert isinstance(found, Running)
    assert [(result.position, result.label) for result in found.results] == [(0, "Don")]


@pytest.mark.parametrize(
    "name", ["succeeded", "succeeded_bare", "succeeded_upper", "succeeded_june_2026", "completed"]
)
def test_rows_when_all_succeeded_then_done_without_a_note(name):
    found = together(name, "succeeded")
    assert isinstance(found, Done)
    assert ([result.position for result in found.results], found.note) == ([0, 1], None)


def test_rows_when_one_failed_then_done_with_a_note_that_names_it_without_raw_words():
    found = together("succeeded", "failed")
    assert isinstance(found, Done)
    assert f"Render failed for 1 of 2 rows: row 2, James (generation {OTHER})" in found.note.message
    assert "Traceback" not in str(found.note)
    assert "10.0.4.7" not in str(found.note)


def test_rows_when_all_failed_then_it_failed():
    found = together("failed", "failed")
    assert isinstance(found, Failed)
    assert isinstance(found.error, errors.GenerationFailed)
    assert "Traceback" not in str(found.error)


@pytest.mark.parametrize("name", ["unknown", "unknown_in_a_200"])
def test_rows_when_bhuman_knows_none_then_the_record_is_missing_and_one_is_noted(name):
    with pytest.raises(errors.RecordMissing):
        together(name, name)
    assert "unknown to BHuman" in together("succeeded", name).note.message


def test_rows_when_done_without_a_file_then_their_fate_is_not_known():
    video = rows.read_generated(answer({"id": ID, "status": "succeeded", "url": None}), ID)
    with pytest.raises(errors.OutcomeUnknown):
        rows.summarise([ID], ["Don"], {ID: video}, set())


@pytest.mark.parametrize(
    "bad", [answer({}), answer([]), answer(None, 500), answer(content=b"<html>"), answer({}, 429)]
)
def test_row_when_not_understood_then_the_others_still_count_and_alone_it_is_trouble(bad):
    odd, good = rows.read_generated(bad, ID), rows.read_generated(VIDEO["succeeded"], OTHER)
    found = rows.summarise([ID, OTHER], ["Don", "James"], {ID: odd, OTHER: good}, set())
    assert isinstance(found, Running)
    assert [result.position for result in found.results] == [1]
    with pytest.raises(errors.ProviderTrouble):
        rows.summarise([ID], ["Don"], {ID: odd}, set())


def test_row_when_the_key_is_refused_then_it_is_told():
    with pytest.raises(errors.KeyRefused, match="API key"):
        rows.read_generated(VIDEO["key"], ID)


@pytest.mark.parametrize("operation", [{}, {"ids": []}, {"ids": "x"}, {"ids": ["../../x/y"]}])
def test_operation_when_it_holds_no_ids_then_nothing_is_asked(client, gateway, operation):
    with pytest.raises(errors.StudioError, match="no number"):
        client.check(operation)
    assert gateway.seen == []


def test_check_when_there_are_few_rows_then_each_is_asked_by_its_id(client, gateway):
    gateway.reply(Reply(body=VIDEO["succeeded"].content))
    assert isinstance(client.check(OPERATION), Done)
    assert [seen.path.split("?")[1] for seen in gateway.seen] == [f"id={ID}", f"id={OTHER}"]


def many(count: int):
    ids = [f"00000000-0000-4000-8000-{number:012d}" for number in range(count)]
    return ids, {"ids": ids, "labels": ["a"] * count, "video_instance_id": TEMPLATE}


def listed(ids):
    videos = [{"id": i, "status": "succeeded", "url": "https://a.example/v.mp4"} for i in ids]
    return Reply(body=json.dumps({"code": 200, "result": {"total": 120, "videos": videos}}).encode())


def test_check_when_there_are_many_rows_then_the_paged_list_answers_for_all(client, gateway):
    ids, operation = many(120)
    gateway.reply(listed(ids[:100]), listed(ids[100:]))
    found = client.check(operation)
    assert isinstance(found, Done)
    assert [result.position for result in found.results] == list(range(120))
    assert [seen.path.split("?")[1] for seen in gateway.seen] == [
        f"video_instance_id={TEMPLATE}&page={page}&size=100" for page in (0, 1)
    ]


def test_check_when_many_rows_are_of_a_campaign_then_the_campaigns_list_answers(client, gateway):
    ids, operation = many(120)
    del operation["video_instance_id"]
    gateway.reply(listed(ids[:100]), listed(ids[100:]))
    assert isinstance(client.check(operation | {"campaign_id": CAMPAIGN}), Done)
    assert [seen.path.rsplit("/", 1)[1] for seen in gateway.seen] == [
        f"generated_video_by_campaign_id?campaign_id={CAMPAIGN}&page={page}&size=100" for page in (0, 1)
    ]


def test_check_when_the_list_is_closed_then_each_row_is_asked_by_its_id(client, gateway):
    _, operation = many(51)
    gateway.reply(Reply(401), Reply(body=VIDEO["processing"].content))
    assert client.check(operation) == Running("PROCESSING")
    assert len(gateway.seen) == 52
