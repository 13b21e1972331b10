"""What a generation counts under a ceiling, from press to end: reserved, settled by the charge, released."""

from __future__ import annotations

from decimal import Decimal

import pytest
import sqlalchemy as sa

from components.errors import CeilingReached
from components.library.records import Ceiling
from components.library.tables import generation
from tests.engine.meddler import RESULT, SUBMISSION
from tests.engine.test_sending import cancelled
from tests.sandbox_server import until

RESERVED = Decimal("2.94")
"""For HuMo, whose price Segmind does not publish."""
WIDE = Ceiling(day=Decimal(100))


@pytest.fixture
def studio(studio):
    """With a ceiling far away and nothing counted under it."""
    with studio._engine.database.begin() as connection:
        connection.execute(sa.update(generation).values(reserved_micros=0, cost_micros=0))
    studio.ceilings.set(WIDE)
    yield studio
    studio.ceilings.set(Ceiling())


def counted(studio):
    return studio.ceilings.room().counted.day


@pytest.mark.parametrize("charged", [Decimal("0.25"), Decimal("7.5"), None])
def test_generation_when_done_then_counts_what_was_charged_and_what_was_reserved_until_then(
    studio, submit, meddler, charged
):
    if charged:
        meddler.edit(RESULT, lambda body: body | {"metrics": {"cost": float(charged)}})
    release = meddler.hold(SUBMISSION)
    job = submit(studio)
    assert (counted(studio), studio.ceilings.room().counted.under_way) == (RESERVED, 1)
    release.set()
    assert studio.wait(job.id, 60).cost == charged
    assert (counted(studio), studio.ceilings.room().counted.under_way) == (charged or RESERVED, 0)


@pytest.mark.parametrize(
    ("how", "counts"),
    [
        ({"answer": 400}, 0),
        ({"kind": "credits"}, 0),
        ({"fail": "The model could not make this video."}, 0),
        ({"answer": 500}, RESERVED),
        ({"answer": 502}, RESERVED),
    ],
)
def test_generation_when_it_fails_then_reserved_only_where_it_may_have_been_charged(
    studio, submit, sandbox, how, counts
):
    sandbox.rehearse(**how)
    job = studio.wait(submit(studio).id, 60)
    assert job.state in ("failed", "uncertain")
    assert counted(studio) == counts
    if job.doubtful:
        studio.ways_out.not_made(job.id)
        assert counted(studio) == 0


def test_generation_when_cancelled_before_it_left_then_counts_no_more(studio, submit, sandbox):
    sandbox.rehearse(kind="busy", times=100)
    job = submit(studio)
    until(lambda: studio.generations.get(job.id).tries)
    assert counted(studio) == RESERVED
    assert until(lambda: cancelled(studio, job)).state == "cancelled"
    assert counted(studio) == 0


def test_press_when_the_ceiling_is_reached_then_nothing_is_stored_or_sent(studio, submit, meddler):
    studio.ceilings.set(Ceiling(day=RESERVED - Decimal("0.01")))
    before = len(studio.generations.recent(limit=1000))
    with pytest.raises(CeilingReached, match=r"\$2.94.*\$2.93 of \$2.93 is left today. Nothing was sent."):
        submit(studio)
    assert len(studio.generations.recent(limit=1000)) == before
    assert not studio.generations.any_under_way()
    assert meddler.seen(SUBMISSION) == 0


def test_sending_again_when_the_ceiling_is_reached_then_refused_and_the_first_stays_open(
    studio, submit, sandbox, meddler
):
    sandbox.rehearse(answer=502)
    job = studio.wait(submit(studio).id, 30)
    studio.ceilings.set(Ceiling(day=RESERVED))
    with pytest.raises(CeilingReached):
        studio.ways_out.send_again(job.id)
    assert studio.generations.get(job.id).doubtful
    assert meddler.seen(SUBMISSION) == 1


def test_looking_again_when_the_ceiling_is_reached_then_what_is_paid_for_comes_home(
    studio, submit, meddler, ledger
):
    meddler.hang_up(SUBMISSION)
    job = studio.wait(submit(studio).id, 30)
    studio.ceilings.set(Ceiling(day=Decimal(0), in_flight=1))
    studio.ways_out.accept(job.id, ledger.paid()[0]["request_id"])
    assert studio.wait(job.id, 60).state == "done"
