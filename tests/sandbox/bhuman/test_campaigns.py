"""BHuman by campaign in the sandbox: the documents' quickstart word for word, its lists, and what is refused.

Source: github.com/bhuman-ai/public_api, README of July 2026, read 2026-11-25.
"""

from __future__ import annotations

import pytest

from components.sandbox.bhuman.stock import CAMPAIGNS
from tests.sandbox.bhuman.test_routes import NOWHERE, STUDIO, ended, get, post

CAMPAIGN = CAMPAIGNS[0]["id"]
GOOD = {
    "campaign_id": CAMPAIGN,
    "variables": ["name", "company"],
    "names": [["Don", "Apple"], ["James", "X"]],
    "generation_mode": "keep_original",
}


def generate(sandbox, **changes):
    return post(sandbox, f"{STUDIO}/pipeline/campaign", GOOD | changes)


@pytest.fixture(scope="module")
def made(session_sandbox):
    ids = generate(session_sandbox).json()["result"]
    return [ended(session_sandbox, identifier) for identifier in ids]


def test_rows_when_sent_by_campaign_then_each_has_a_video_of_that_campaign(made):
    assert [(video["status"], video["campaign_id"], video["video_instance_id"]) for video in made] == [
        ("succeeded", CAMPAIGN, None)
    ] * 2
    assert [video["text"] for video in made] == GOOD["names"]


def test_videos_when_listed_by_campaign_then_the_newest_comes_first(sandbox, made):
    listed = get(sandbox, f"{STUDIO}/generated_video_by_campaign_id?campaign_id={CAMPAIGN}&page=0&size=1").json()
    assert listed["result"]["total"] >= 2
    assert len(listed["result"]["videos"]) == 1


def test_video_when_its_id_is_known_then_no_key_is_needed(sandbox, made):
    answer = get(sandbox, f"{STUDIO}/generated_video_by_id?id={made[0]['id']}", auth=None)
    assert (answer.status_code, answer.json()["result"]["id"]) == (200, made[0]["id"])


def test_campaigns_when_listed_then_all_are_there_and_one_can_be_asked_for(sandbox):
    listed = get(sandbox, f"{STUDIO}/campaigns?page=0&size=100").json()["result"]
    assert [campaign["id"] for campaign in listed["campaigns"]] == [campaign["id"] for campaign in CAMPAIGNS]
    [one] = get(sandbox, f"{STUDIO}/campaign?id={CAMPAIGN}").json()["result"]
    assert one["id"] == CAMPAIGN


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"campaign_id": NOWHERE}, 404),
        ({"campaign_id": "7"}, 422),
        ({"generation_mode": "loud"}, 422),
        ({"video_instance_id": NOWHERE}, 422),
        ({"names": [["Don"]]}, 400),
        ({"assets": [["a"]]}, 400),
    ],
)
def test_campaign_when_it_does_not_fit_then_it_is_refused_and_unpaid(sandbox, changes, status):
    before = len(sandbox.ledger()["paid"])
    assert generate(sandbox, **changes).status_code == status
    assert len(sandbox.ledger()["paid"]) == before


def test_ledger_when_a_campaign_is_taken_then_it_is_one_payment(sandbox):
    before = len(sandbox.ledger()["paid"])
    generate(sandbox)
    assert len(sandbox.ledger()["paid"]) == before + 1
