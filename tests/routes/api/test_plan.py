"""A program asks what a request would cost, and says what it may: what costs more, or nobody knows what, stays."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from components.library.records import Ceiling
from components.studio import of_program
from tests.conftest import HUMO
from tests.routes.api.conftest import GENERATIONS, Program, refused, told

TALK, AVATAR = "segmind/infinite-talk", "runware/omnihuman-1"
PRICE = Decimal("1.22")


@pytest.fixture
def talk(shared, voice_wav, wide_jpg):
    """The smallest request to a model with a price."""
    face, voice = shared.add_asset(wide_jpg), shared.add_asset(voice_wav)
    return {"prompt": "x", "image": face.id, "audio": voice.id}


@pytest.fixture
def plan(program):
    return lambda parameters, model=TALK: program(
        "/api/v1/plan", "POST", {"model": model, "parameters": parameters}
    )


@pytest.fixture
def send(program, talk):
    """Sends that request under a key, with what it may cost."""

    def send(most_dollars, key=None, model=TALK, parameters=None):
        body = {"model": model, "parameters": parameters or talk, "most_dollars": most_dollars}
        return program(GENERATIONS, "POST", body, Idempotency_Key=key or uuid.uuid4().hex)

    return send


def test_plan_when_the_model_has_a_price_then_it_with_what_would_be_sent_and_nothing_is(
    plan, talk, shared, ledger
):
    before = shared.generations.recent(limit=100)
    planned = told(plan(talk))
    assert (planned["side"], Decimal(planned["dollars"]), planned["basis"]) == ("live", PRICE, "estimate")
    assert planned["parameters"] == talk | {"resolution": "480p", "fps": 25, "seed": 42424242}
    assert planned["hindrance"] is None
    assert shared.generations.recent(limit=100) == before
    assert ledger.paid() == []


def test_plan_when_there_is_no_price_then_none_and_where_it_would_not_go_through_why(plan, program, small, shared):
    planned = told(plan(small, HUMO))
    assert (planned["dollars"], planned["basis"]) == (None, "unknown")
    of_program(program.words).ceilings.rows.set(Ceiling(day=Decimal("0.01")))
    try:
        assert told(plan(small, HUMO))["hindrance"]["code"] == "ceiling_reached"
    finally:
        of_program(program.words).ceilings.rows.set(None)


def test_plan_when_something_does_not_fit_then_the_sentences_of_a_submission(plan, talk, small):
    refused(plan(talk | {"audio": talk["image"]}), 422, "invalid_request", "takes audio")
    refused(plan(small | {"frames": 3000}, HUMO), 422, "invalid_request", "must be between")


def test_plan_when_a_viewer_asks_then_told(ask, shared, talk):
    viewer = Program(ask, shared.tokens.make("looks on", role="viewer").words)
    assert told(viewer("/api/v1/plan", "POST", {"model": TALK, "parameters": talk}))["dollars"] == str(PRICE)


@pytest.mark.parametrize("most", ["0", "1.21", 1.2])
def test_submission_when_it_would_cost_more_than_it_may_then_403_and_nothing_is_sent(send, shared, ledger, most):
    before = shared.generations.recent(limit=100)
    refused(send(most), 403, "ceiling_reached", "This costs about $1.22", "Nothing was sent")
    assert shared.generations.recent(limit=100) == before
    assert ledger.paid() == []


def test_submission_when_nobody_knows_what_it_costs_then_403_however_much_it_may(send, small):
    refused(send("1000", model=HUMO, parameters=small), 403, "ceiling_reached", "publishes no price", "HuMo")


@pytest.mark.parametrize("most", ["-1", "NaN", "Infinity", "1e400", "much"])
def test_submission_when_what_it_may_cost_is_no_amount_then_400(send, most):
    refused(send(most), 400, "not_understood", "most_dollars")


def test_submission_when_repeated_with_less_to_spend_then_the_one_that_was_made(send, shared, ledger):
    key = uuid.uuid4().hex
    made = told(send("1.22", key), 201)
    assert told(send("0.01", key))["id"] == made["id"]
    assert shared.wait(made["id"], timeout=90).state == "done"
    assert len(ledger.paid()) == 1


def test_plan_when_its_provider_has_no_key_then_the_price_all_the_same_and_why_it_would_not_go_through(plan, talk):
    known = {"referenceImages": talk["image"], "audio": talk["audio"]}
    planned = told(plan(known, AVATAR))
    assert (planned["side"], planned["dollars"], planned["basis"]) == ("off", "0.097", "estimate")
    assert planned["hindrance"]["code"] == "not_configured"
    unknown = told(plan(known | {"audio": "https://example.com/voice.mp3"}, AVATAR))
    assert (Decimal(unknown["dollars"]), unknown["basis"]) == (Decimal("2.91"), "longest")
