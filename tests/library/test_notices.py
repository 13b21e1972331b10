"""What people are still to be told: noted with the end itself, collected, and claimed by one process only."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from components.library.generations import Generations
from components.library.notices import APART, COLLECT, EVENTS, LATE, NoticeAddresses, Outbox
from components.library.tables import notice, notice_address
from tests.library.videos import FACTS, add_video

ANN, BOB = "ann@team.test", "bob@team.test"


@pytest.fixture
def ann(library):
    """Wants to know of everything."""
    rows = NoticeAddresses(library, ANN)
    rows.save("ntfy", "sealed", EVENTS, words=False)
    return rows


@pytest.fixture
def outbox(library):
    return Outbox(library)


@pytest.fixture
def ends(library, add_generation):
    """Has the engine end generations of an owner."""

    def ends(*names, state="done", owner=ANN, videos=1):
        engine = Generations(library, owner=None)
        for name in names:
            add_generation(name, owner)
            for position in range(videos if state == "done" else 0):
                add_video(engine, owner, name, position, FACTS)
            assert engine.move(name, "queued", state)

    return ends


@pytest.fixture
def later(library):
    """Lets time go by for all that was noted and claimed."""

    def later(seconds):
        with library.begin() as connection:
            connection.execute(sa.update(notice).values(at=notice.c.at - seconds))
            gone = sa.update(notice).where(notice.c.claimed_at.is_not(None))
            connection.execute(gone.values(claimed_at=notice.c.claimed_at - seconds))
            asked = sa.update(notice_address).values(ceiling_at=notice_address.c.ceiling_at - seconds)
            connection.execute(asked)

    return later


def events(claimed):
    return [one.event for one in claimed]


def noted(library):
    with library.connect() as connection:
        return sorted(connection.execute(sa.select(notice.c.about, notice.c.event)).all())


def test_ends_when_collected_then_one_claim_has_them_all_and_no_other_any(ann, outbox, ends, later):
    ends(*(f"g{number}" for number in range(12)))
    assert outbox.due() == []
    later(COLLECT)
    assert outbox.due() == [ANN]
    claimed = outbox.claim(ANN)
    assert events(claimed) == ["done"] * 12
    assert (claimed[0].model, claimed[0].outputs) == ("segmind/humo", ("g0-0",))
    assert (outbox.claim(ANN), outbox.due()) == ([], [])


def test_claim_when_two_come_at_once_then_one_has_it(ann, outbox, ends, later):
    ends("a", "b", "c")
    later(COLLECT)
    with ThreadPoolExecutor(6) as pool:
        claimed = list(pool.map(lambda _: events(outbox.claim(ANN)), range(6)))
    assert sorted(claimed) == [[]] * 5 + [["done"] * 3]


def test_ends_when_the_last_notice_was_a_moment_ago_then_they_wait_for_the_next(ann, outbox, ends, later):
    ends("a")
    later(COLLECT)
    outbox.claim(ANN)
    ends("b")
    later(COLLECT)
    assert outbox.due() == []
    later(APART - COLLECT)
    assert len(outbox.claim(ANN)) == 1


def test_end_when_it_comes_about_a_second_time_then_it_is_told_once(library, ann, outbox, ends, later):
    ends("a", state="uncertain")
    engine = Generations(library, owner=None)
    assert engine.move("a", "uncertain", "running")
    assert engine.move("a", "running", "uncertain")
    assert noted(library) == [("a", "uncertain")]
    later(COLLECT + APART)
    assert events(outbox.claim(ANN)) == ["uncertain"]
    assert engine.move("a", "uncertain", "running")
    assert engine.move("a", "running", "uncertain")
    later(COLLECT + APART)
    assert outbox.due() == []


def test_end_when_another_follows_while_it_waits_then_only_the_last_is_told(library, ann, outbox, ends, later):
    ends("a", state="uncertain")
    later(1)
    engine = Generations(library, owner=None)
    assert engine.move("a", "uncertain", "running")
    assert engine.move("a", "running", "done")
    later(COLLECT)
    assert events(outbox.claim(ANN)) == ["done"]


def test_end_when_the_person_brought_it_about_then_they_are_not_told(library, ann, add_generation):
    mine = Generations(library, ANN)
    add_generation("a", ANN)
    assert mine.move("a", "queued", "uncertain")
    assert mine.move("a", "uncertain", "failed")
    assert noted(library) == []


def test_end_when_nobody_wants_to_know_of_it_then_nothing_is_noted(library, ann, ends):
    ann.change(["failed"], words=True)
    ends("of bob", owner=BOB, state="failed")
    ends("done")
    ends("failed", state="failed")
    ends("cancelled", state="cancelled")
    assert noted(library) == [("failed", "failed")]


def test_end_when_it_cannot_be_noted_then_it_comes_about_all_the_same(library, ann, add_generation):
    with library.begin() as connection:
        connection.execute(sa.schema.DropTable(notice))
    add_generation("a", ANN)
    assert Generations(library, owner=None).move("a", "queued", "done")
    assert Generations(library, ANN).get("a").state == "done"
    Generations(library, ANN).stopped_by_ceiling()


def test_generation_when_it_brought_several_videos_then_all_are_named(ann, outbox, ends, later):
    ends("a", videos=3)
    later(COLLECT)
    assert outbox.claim(ANN)[0].outputs == ("a-0", "a-1", "a-2")


def test_ceiling_when_it_stops_many_then_one_notice_an_hour(library, ann, outbox, later):
    rows = Generations(library, ANN)
    for _ in range(3):
        rows.stopped_by_ceiling()
    Generations(library, BOB).stopped_by_ceiling()
    later(COLLECT)
    assert events(outbox.claim(ANN)) == ["ceiling"]
    rows.stopped_by_ceiling()
    later(3600)
    assert outbox.due() == []
    rows.stopped_by_ceiling()
    later(COLLECT)
    assert events(outbox.claim(ANN)) == ["ceiling"]


def test_address_when_removed_then_what_waited_is_told_no_more(ann, outbox, ends, later):
    ends("a")
    ann.remove()
    later(COLLECT)
    assert (outbox.due(), ann.get()) == ([], None)


def test_notices_when_too_late_then_forgotten(library, ann, outbox, ends, later):
    ends("a")
    later(LATE + 1)
    assert outbox.forget_old() == 1
    assert noted(library) == []


def test_test_when_one_has_just_left_then_the_next_waits(ann):
    assert [ann.may_test(), ann.may_test()] == [True, False]
