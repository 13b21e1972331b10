from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal

import pytest
import sqlalchemy as sa

from components.errors import ErrorInfo, NotFound
from components.library.assets import Assets
from components.library.database import migrate
from components.library.generations import Generations
from components.library.records import ENDED
from components.library.tables import generation

OUTPUT = {
    "id": "g1-0",
    "owner": "local",
    "generation_id": "g1",
    "position": 0,
    "media_type": "video/mp4",
    "key": "outputs/g1-0.mp4",
    "poster_key": None,
    "size": 1,
    "sha256": "0" * 64,
    "facts": {},
}
ASSET = {
    "kind": "audio",
    "name": "v.wav",
    "media_type": "audio/wav",
    "key": "assets/a.wav",
    "size": 1,
    "sha256": "0" * 64,
    "facts": {},
    "created_at": 1.0,
}


@contextmanager
def listening(library, event, call):
    sa.event.listen(library, event, call)
    yield
    sa.event.remove(library, event, call)


def settle(library, name, **values):
    with library.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id == name).values(**values))


@pytest.fixture
def mine(library, add_generation):
    add_generation("g1", "local")
    return Generations(library, "local")


@pytest.fixture
def theirs(library, mine):
    return Generations(library, "someone else")


def test_move_when_the_state_is_another_then_nothing_changes(mine):
    assert not mine.move("g1", "running", "done", cost_micros=1)
    left = mine.get("g1")
    assert (left.state, left.cost, left.finished_at) == ("queued", None, None)


def test_move_when_the_state_is_a_source_then_moved_with_its_values(mine):
    assert mine.move("g1", ("running", "queued"), "done", cost_micros=1_230_000)
    done = mine.get("g1")
    assert (done.state, done.cost, done.ended) == ("done", Decimal("1.23"), True)
    assert done.finished_at >= done.created_at


def test_move_when_many_claim_at_once_then_one_wins(mine):
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda _: mine.move("g1", "queued", "submitting"), range(24)))
    assert won.count(True) == 1


def test_owner_when_another_then_sees_and_changes_nothing(mine, theirs):
    mine.add_output(**OUTPUT)
    assert (theirs.recent(limit=10), theirs.under_way(), theirs.any_under_way()) == ([], [], False)
    assert theirs.ended(["queued"], 10) == []
    with pytest.raises(NotFound):
        theirs.get("g1")
    with pytest.raises(NotFound):
        theirs.output("g1-0")
    assert not theirs.move("g1", "queued", "cancelled")
    theirs.note("g1", ErrorInfo(code="x", message="x"))
    assert (mine.get("g1").state, mine.get("g1").error) == ("queued", None)


def test_owner_when_none_then_the_engine_sees_everyones(library, mine, add_generation):
    add_generation("g2", "someone else")
    assert {one.owner for one in Generations(library, None).under_way()} == {"local", "someone else"}


def test_recent_when_asked_then_newest_first_by_model_and_page(mine, add_generation):
    for number in (2, 3, 4):
        add_generation(f"g{number}", model="segmind/other" if number == 3 else "segmind/humo")
    assert [one.id for one in mine.recent(limit=2)] == ["g4", "g3"]
    assert [one.id for one in mine.recent(limit=2, offset=2)] == ["g2", "g1"]
    assert [one.id for one in mine.recent("segmind/other", limit=9)] == ["g3"]


@pytest.mark.parametrize("state", sorted(ENDED))
def test_under_way_when_ended_then_not_listed(mine, state):
    assert (len(mine.under_way()), mine.any_under_way()) == (1, True)
    mine.move("g1", "queued", state)
    assert (mine.under_way(), mine.any_under_way()) == ([], False)


def test_operation_when_two_look_for_it_at_once_then_one_takes_it(library, mine, add_generation):
    names = [f"twin{number}" for number in range(8)]
    for name in names:
        add_generation(name)
        mine.move(name, "queued", "uncertain")
    found = {"request_id": "the only one"}
    with ThreadPoolExecutor(len(names)) as pool:
        took = list(
            pool.map(lambda name: mine.adopt(name, "uncertain", found, "request_id", searched=True), names)
        )
    assert sum(took) == 1
    assert [mine.get(name).state for name in names].count("running") == 1


def test_operation_when_the_same_request_is_out_for_another_then_it_may_be_that_ones(
    library, mine, add_generation
):
    for name in ("lost", "twin"):
        add_generation(name)
        mine.move(name, "queued", "submitting")
    found = {"request_id": "whose?"}
    assert not mine.adopt("lost", "submitting", found, "request_id", searched=True)
    mine.move("twin", "submitting", "running", operation={"request_id": "its own"})
    assert mine.adopt("lost", "submitting", found, "request_id", searched=True)


def test_operation_when_found_by_our_own_number_then_it_is_taken_though_the_same_request_is_out(
    mine, add_generation
):
    for name in ("lost", "twin"):
        add_generation(name)
        mine.move(name, "queued", "submitting")
    for name in ("lost", "twin"):
        assert mine.adopt(name, "submitting", {"task_uuid": f"of {name}"}, "task_uuid", searched=False)


def test_under_way_when_asked_then_an_index_finds_those_few_among_all(sqlite):
    migrate(sqlite)
    mine, asked = Generations(sqlite, "local"), []
    with listening(sqlite, "before_cursor_execute", lambda *told: asked.append(told[2:4])):
        mine.any_under_way()
        mine.under_way()
    with sqlite.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[n][0]}", asked[n][1]).all() for n in (0, 1)
        ]
    assert all("ix_generation_state" in str(plan) for plan in plans)


def test_outputs_when_only_the_first_is_wanted_then_each_has_the_first_that_is_not_in_the_bin(
    library, mine, gallery, make, add_generation
):
    for name in ("a", "b"):
        make(name, videos=3)
    gallery.delete(["b-0"])
    read = mine.recent(limit=9, first_output=True) + mine.ended(["done"], 9)
    assert [[one.id for one in each.outputs] for each in read] == [[], ["b-1"], ["a-0"], ["b-1"], ["a-0"]]
    assert [one.id for one in mine.recent(limit=9)[-1].outputs] == ["a-0", "a-1", "a-2"]
    assert [len(one.outputs) for one in Generations(library, None).ended(["done"], 9)] == [1, 1]


def test_ended_when_asked_then_by_state_and_moment_the_last_first_and_none_that_was_deleted(
    library, gallery, add_generation
):
    for number, state in enumerate(("uncertain", "failed", "done", "uncertain", "failed")):
        add_generation(f"g{number}", created_at=9.0 - number)
        settle(library, f"g{number}", state=state, changed_at=100.0 + number)
    rows = Generations(library, "local")
    assert [one.id for one in rows.ended(["uncertain", "failed"], 9)] == ["g4", "g3", "g1", "g0"]
    assert [one.id for one in rows.ended(["uncertain", "failed"], 2)] == ["g4", "g3"]
    assert [one.id for one in rows.ended(["uncertain"], 9, since=103.0)] == ["g3"]
    assert rows.ended(["done"], 9) == [], "all of its videos are gone"
    gallery.delete(["g3"])
    assert [one.id for one in rows.ended(["uncertain"], 9)] == ["g0"]


def test_count_try_when_counted_then_keeps_the_reason(mine):
    info = ErrorInfo(code="rate_limited", message="busy", hint="wait")
    assert [mine.count_try("g1", info, wait) for wait in (5, 60)] == [True, True]
    waiting = mine.get("g1")
    assert (waiting.tries, waiting.error) == (2, info)
    assert waiting.next_try_at - waiting.changed_at == pytest.approx(60, abs=5)
    assert waiting.troubled_since < waiting.changed_at
    assert mine.move("g1", "queued", "submitting")
    assert mine.get("g1").next_try_at is None
    assert not mine.count_try("g1", info, 5)


def test_output_when_added_twice_then_once_there(mine):
    mine.add_output(**OUTPUT)
    mine.add_output(**OUTPUT | {"id": "another"})
    assert [one.id for one in mine.get("g1").outputs] == ["g1-0"]


def test_output_when_its_generation_is_unknown_then_refused(mine):
    with pytest.raises(sa.exc.IntegrityError):
        mine.add_output(**OUTPUT | {"generation_id": "nothing"})


def test_durations_when_asked_then_only_of_done_runs_on_that_side(mine, add_generation):
    add_generation("g2", sandbox=True)
    for one in ("g1", "g2"):
        mine.move(one, "queued", "done", submitted_at=100.0, finished_at=130.0)
    add_generation("g3")
    mine.move("g3", "queued", "failed", submitted_at=100.0)
    assert mine.durations("segmind/humo", sandbox=False) == [30.0]


def test_assets_when_another_owners_then_neither_seen_nor_the_same(library):
    mine, theirs = Assets(library, "local"), Assets(library, "someone else")
    asset = mine.add(id="a1", **ASSET)
    assert (mine.get("a1"), mine.same_content("audio", "0" * 64)) == (asset, asset)
    assert (mine.same_content("image", "0" * 64), theirs.same_content("audio", "0" * 64)) == (None, None)
    with pytest.raises(NotFound):
        theirs.get("a1")
    assert Assets(library, None).get("a1") == asset


@pytest.mark.parametrize(
    ("theirs", "shared"),
    [
        ({"ids": ["a", "b"], "labels": ["Don", "James"]}, True),
        ({"ids": ["x", "b"], "labels": ["Ann", "James"]}, True),
        ({"ids": "a", "taken": True}, True),
        ({"ids": ["x"], "labels": ["Don"]}, False),
        ({"taken": True}, False),
        ({}, False),
    ],
)
def test_operation_when_another_generation_has_one_of_its_ids_then_it_is_anothers(
    library, mine, add_generation, theirs, shared
):
    add_generation("g2", "someone else", operation=theirs)
    operation = {"ids": ["a", "b"], "labels": ["Don", "James"], "taken": True}
    assert mine.has_operation(operation, "ids", but="g1") == shared
    assert not mine.has_operation(operation, "ids", but="g2")
    assert not mine.has_operation({"taken": True}, "ids", but="g1")
