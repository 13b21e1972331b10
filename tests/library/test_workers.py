"""Who counts as alive, by the database's own clock."""

from __future__ import annotations

import time

import pytest

from components.library.workers import Workers

AGES = 0.4


@pytest.fixture
def workers(library):
    return Workers(library)


def test_worker_when_joined_then_is_alive_until_it_leaves(workers):
    workers.join("one")
    workers.join("other")
    assert workers.alive(60) == {"one", "other"}
    workers.leave("one")
    assert workers.alive(60) == {"other"}


def test_worker_when_silent_for_too_long_then_is_not_alive_and_a_beat_brings_it_back(workers):
    workers.join("one")
    time.sleep(AGES)
    assert workers.alive(AGES / 2) == set()
    assert workers.beat("one")
    assert workers.alive(60) == {"one"}


def test_worker_when_buried_then_its_beat_says_that_it_counts_as_dead(workers):
    workers.join("one")
    assert workers.bury(60) == 0
    time.sleep(AGES)
    assert workers.bury(AGES / 2) == 1
    assert not workers.beat("one")
    assert workers.alive(60) == set()
