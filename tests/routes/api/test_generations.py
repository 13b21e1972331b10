"""A program submits, and whatever becomes of the answer, pays once; it reads its own and nobody else's."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from components.studio import of_program
from tests.conftest import HUMO
from tests.routes.api.conftest import GENERATIONS, refused, told


def new_key():
    return uuid.uuid4().hex


def test_submission_when_valid_then_201_and_the_pages_have_it_too(program, shared, small):
    made = told(program.send(new_key(), small), 201)
    assert (made["model"], made["sandbox"], made["error"]) == (HUMO, False, None)
    assert made["parameters"]["prompt"] == "x"
    assert shared.generations.get(made["id"]).model == HUMO
    assert "owner" not in made
    assert "operation" not in made


def test_submission_when_repeated_under_its_key_then_200_and_the_same_one_paid_once(
    program, shared, small, ledger
):
    key = new_key()
    first = told(program.send(key, small), 201)
    again = told(program.send(key, dict(reversed(small.items()))))
    assert again["id"] == first["id"]
    shared.wait(first["id"], timeout=60)
    assert told(program.send(key, small))["state"] == "done"
    assert len(ledger.paid()) == 1


def test_submission_when_its_key_was_for_another_request_then_422_and_nothing_is_sent(program, shared, small):
    key = new_key()
    told(program.send(key, small), 201)
    before = len(shared.generations.recent(limit=100))
    refused(program.send(key, small | {"prompt": "y"}), 422, "repeat_differs", "Nothing was sent", "new key")
    assert len(shared.generations.recent(limit=100)) == before


def test_submission_when_it_was_refused_then_its_key_is_free_for_the_corrected_one(program, small):
    key = new_key()
    refused(program.send(key, small | {"frames": 3000}), 422, "invalid_request", "frames")
    told(program.send(key, small), 201)


def test_submission_when_many_come_at_once_under_one_key_then_one_is_made(shared, small):
    studio = of_program(shared.tokens.make("many").words)
    key, at_once = new_key(), 8
    with ThreadPoolExecutor(at_once) as pool:
        sent = list(pool.map(lambda _: studio.generations.submit_once(key, HUMO, small), range(at_once)))
    assert len({one.generation.id for one in sent}) == 1
    assert [one.repeated for one in sent].count(False) == 1


@pytest.mark.parametrize("key", [None, "", " ", "x" * 129, "naïve", "a\tb"])
def test_submission_when_its_key_is_none_or_bad_then_400_and_nothing_is_sent(program, small, key):
    refused(program.send(key, small), 400, "not_understood", "Idempotency-Key", "Nothing was sent")


def test_submission_when_the_model_is_unknown_then_404_names_those_there_are(program):
    refused(program.send(new_key(), {}, model="nobody/nothing"), 404, "not_found", HUMO)


def test_submission_when_parameters_are_wrong_then_the_pages_own_sentences_by_parameter(program, small):
    got = program.send(new_key(), small | {"frames": 3000, "colour": "red"})
    problems = told(got, 422)["error"]["problems"]
    assert (
        problems["frames"].startswith("Length (frames) must be between") or "must be between" in problems["frames"]
    )
    assert problems["colour"] == "HuMo has no parameter called 'colour'."


@pytest.mark.parametrize("path", ["0" * 32, "..%2f..%2fetc", "%00", "x" * 300])
def test_generation_when_there_is_none_then_404(program, path):
    refused(program(f"{GENERATIONS}/{path}"), 404, "not_found")


def test_address_when_unknown_then_404_as_json(program):
    refused(program("/api/v1/nothing"), 404, "not_found", "openapi.json")
