"""One key makes one generation: whoever sends it again, from threads, other servers, while the first one waits."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from threading import Barrier, Event

import pytest
import sqlalchemy as sa

from components.engine.runtime import Engine
from components.errors import CeilingReached, RepeatDiffers
from components.library.ceilings import TEAM, Ceilings
from components.library.database import migrate, open_database
from components.library.generations import Generations
from components.library.records import Ceiling
from components.library.submissions import SentBefore, Submissions, once
from components.library.tables import generation, submission
from tests.engine.one_press import DOLLAR, HUMO, NoJobs
from tests.engine.test_ceilings import url  # noqa: F401

AT_ONCE = 8
ASKED = once("key", "segmind/humo", {"frames": 10, "prompt": "x"})


@pytest.fixture
def servers(url):  # noqa: F811
    """The databases of two servers of one studio."""
    opened = [open_database(url) for _ in range(2)]
    migrate(opened[0])
    yield opened
    for each in opened:
        each.dispose()


def send(database, asked=ASKED, owner="ann", reserved=DOLLAR, jobs=None):
    """The generation that was made, or None where another had been."""
    engine, generation_id = Engine(database, None, jobs or NoJobs(), works=False), uuid.uuid4().hex
    first = partial(Submissions(database, owner).claim, asked=asked, generation_id=generation_id)
    ceilings = [Ceilings(database, each) for each in (TEAM, owner)]
    try:
        engine.enqueue(
            Generations(database, owner), ceilings, generation_id, reserved, first, **HUMO, sandbox=False
        )
    except SentBefore:
        return None
    return generation_id


def ids(database):
    with database.connect() as connection:
        return list(connection.execute(sa.select(generation.c.id)).scalars())


def test_key_when_two_servers_send_it_at_once_then_one_generation_which_all_find(servers):
    together = Barrier(AT_ONCE)

    def one(number):
        database = servers[number % 2]
        with database.connect():
            together.wait(30)
        made = send(database)
        return made, Submissions(database, "ann").find(ASKED)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, range(AT_ONCE)))
    [made] = ids(servers[0])
    assert [each for each, _ in found if each] == [made]
    assert {known for _, known in found} == {made}


class SlowJobs(NoJobs):
    """A queue that holds the transaction open until it is told to go on, well or not."""

    def __init__(self, fails):
        self.fails, self.begun, self.goes_on = fails, Event(), Event()

    def enqueue_in_transaction(self, *_):
        self.begun.set()
        assert self.goes_on.wait(30)
        if self.fails:
            raise RuntimeError("the first one broke")


@pytest.mark.parametrize("fails", [False, True])
def test_key_when_the_first_is_still_under_way_then_the_second_waits_for_what_becomes_of_it(servers, fails):
    jobs = SlowJobs(fails)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(send, servers[0], jobs=jobs)
        assert jobs.begun.wait(30)
        second = pool.submit(send, servers[1])
        with pytest.raises(TimeoutError):
            second.result(0.5)
        jobs.goes_on.set()
        if fails:
            with pytest.raises(RuntimeError):
                first.result(30)
            made = second.result(40)
            assert ids(servers[0]) == [made]
        else:
            assert second.result(40) is None
            assert ids(servers[0]) == [first.result(30)]


def test_key_when_its_request_had_no_room_then_it_is_free(servers):
    Ceilings(servers[0], "ann").set(Ceiling(day=Decimal(0)))
    with pytest.raises(CeilingReached):
        send(servers[0])
    assert Submissions(servers[0], "ann").find(ASKED) is None
    Ceilings(servers[0], "ann").set(None)
    assert send(servers[1]) is not None


def test_key_when_it_was_for_something_else_then_it_is_said_and_another_owners_is_not_looked_at(servers):
    send(servers[0])
    other = once("key", "segmind/humo", {"frames": 11, "prompt": "x"})
    with pytest.raises(RepeatDiffers):
        Submissions(servers[1], "ann").find(other)
    assert Submissions(servers[1], "bob").find(other) is None
    assert send(servers[1], other, owner="bob") is not None


def test_request_when_its_parameters_come_in_another_order_then_it_is_the_same(servers):
    assert once("key", "segmind/humo", {"prompt": "x", "frames": 10}) == ASKED
    assert once("key", "segmind/humo", {"prompt": "x", "frames": 10.5}) != ASKED
    assert once("key", "segmind/other", {"prompt": "x", "frames": 10}) != ASKED
    with servers[0].connect() as connection:
        assert connection.execute(sa.select(submission)).all() == []
