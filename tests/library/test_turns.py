"""Turns at a provider that takes only so many: fair between owners, and never two for the last one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from components.catalog.pace import Pace
from components.library.clock import now
from components.library.generations import Generations
from components.library.tables import generation
from components.library.turns import Turns

HUMO = "segmind/humo"
FIVE_A_MINUTE = Pace(per_minute=5)


@pytest.fixture
def turns(library):
    return Turns(library, [HUMO])


@pytest.fixture
def wait(library, add_generation):
    """Adds generations of an owner that wait; gives their ids. The one made last is the youngest."""
    made = []

    def wait(owner, count=1, **values):
        names = [f"{owner}{len(made) + number}" for number in range(count)]
        for name in names:
            made.append(name)
            add_generation(name, owner, created_at=1000.0 + len(made), model=HUMO, **values)
        return names

    return wait


def change(library, which, **values):
    with library.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id.in_(which)).values(**values))


def test_turns_when_a_minute_is_full_then_the_rest_wait_until_it_is_over(library, turns, wait):
    asking = wait("ann", 8)
    first = turns.take(FIVE_A_MINUTE, asking)
    assert first == set(asking[:5])
    change(library, first, state="running")
    assert turns.take(FIVE_A_MINUTE, asking[5:]) == set()
    change(library, first, turn_at=now(library) - 60.0)
    assert turns.take(FIVE_A_MINUTE, asking[5:]) == set(asking[5:])


def test_turns_when_so_many_are_out_then_the_next_comes_with_an_end(library, turns, wait):
    asking, two = wait("ann", 4), Pace(at_once=2)
    assert turns.take(two, asking) == set(asking[:2])
    change(library, asking[:1], state="running")
    assert turns.take(two, asking[2:]) == set()
    change(library, asking[:1], state="done")
    assert turns.take(two, asking[2:]) == {asking[2]}


def test_turns_when_one_owner_has_hundreds_then_another_waits_for_two_at_the_most(library, turns, wait):
    many, one = wait("ann", 300), Pace(at_once=1)
    [bobs] = wait("bob")
    before = 0
    while bobs not in (granted := turns.take(one, [*many, bobs])):
        before += 1
        change(library, granted, state="done")
        many = [each for each in many if each not in granted]
    assert before <= 2


def test_turn_when_it_was_given_before_a_crash_then_it_still_counts_and_is_no_second_one(turns, wait):
    [first, second], one = wait("ann", 2), Pace(at_once=1)
    assert turns.take(one, [first, second]) == {first}
    assert turns.take(one, [first, second]) == {first}
    assert turns.order() == [second]


def test_turn_when_the_provider_refused_and_asked_to_wait_then_another_is_needed(library, turns, wait):
    [first], one = wait("ann"), Pace(per_minute=1)
    assert turns.take(one, [first]) == {first}
    change(library, [first], next_try_at=now(library) + 30.0)
    assert turns.take(one, [first]) == set()
    assert turns.order() == []
    change(library, [first], next_try_at=now(library) - 1.0, turn_at=now(library) - 61.0)
    assert turns.take(one, [first]) == {first}


def test_turns_when_they_are_of_the_sandbox_or_another_provider_then_take_none(
    library, turns, wait, add_generation
):
    add_generation("other", model="runware/omnihuman-1", turn_at=now(library))
    wait("carl", sandbox=True, turn_at=now(library))
    [first] = wait("ann")
    assert turns.take(Pace(per_minute=1), [first]) == {first}


def test_turns_when_the_next_is_anothers_process_then_it_is_left_for_it(turns, wait):
    first, second = wait("ann", 2)
    assert turns.take(Pace(at_once=1), [second]) == set()
    assert turns.take(Pace(at_once=1), [first]) == {first}


def test_turns_when_processes_ask_at_once_then_no_more_than_there_are(turns, wait):
    asking = wait("ann", 20)
    with ThreadPoolExecutor(8) as pool:
        granted = list(pool.map(lambda one: turns.take(Pace(per_minute=3), [one]), asking))
    assert sum(map(len, granted)) <= 3


def test_turns_when_one_that_waited_was_cancelled_then_it_waits_no_more(library, turns, wait):
    [first, second] = wait("ann", 2)
    Generations(library, "ann").move(first, "queued", "cancelled")
    assert turns.waiting([first, second]) == {second}
