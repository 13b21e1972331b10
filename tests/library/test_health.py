"""How a provider does, from live generations that ended: each owner's own, lately and ever."""

from __future__ import annotations

import uuid

import pytest
import sqlalchemy as sa

from components.library.health import Health
from components.library.tables import generation
from components.studio.health import quantile

LATELY = 1_000.0


@pytest.fixture
def health(library, add_generation):
    """Adds generations, then asks for the one provider's."""

    def health(*rows: dict):
        for row in rows:
            values = {"state": "done", "submitted_at": LATELY, "finished_at": LATELY + 5} | row
            name = add_generation(uuid.uuid4().hex, owner=values.pop("owner", "local"))
            with library.begin() as connection:
                connection.execute(sa.update(generation).where(generation.c.id == name).values(**values))
        return Health(library, "local").by_provider(LATELY)

    return health


def test_provider_when_generations_ended_then_only_those_of_lately_are_counted(health):
    (found,) = health(
        {"finished_at": LATELY + 9},
        {"state": "failed"},
        {"state": "uncertain"},
        {"state": "cancelled"},
        {"state": "running", "finished_at": None},
        {"finished_at": LATELY - 1},
        {"state": "failed", "finished_at": LATELY - 1},
    )
    assert (found.provider, found.ended, found.without_video) == ("segmind", 3, 2)
    assert (found.last_success, found.seconds) == (LATELY + 9, (9.0,))


def test_provider_when_its_last_video_is_old_then_it_is_told_all_the_same(health):
    (found,) = health({"finished_at": 5.0})
    assert (found.last_success, found.ended, found.seconds) == (5.0, 0, ())


def test_provider_when_used_in_the_sandbox_or_by_another_only_then_nothing_is_told(health):
    assert health({"sandbox": True}, {"owner": "somebody"}) == []


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [((), 0.5, None), ((7.0,), 0.9, 7.0), (tuple(range(1, 11)), 0.5, 5), (tuple(range(1, 11)), 0.9, 9)],
)
def test_quantile_when_asked_then_is_the_value_that_so_many_do_not_exceed(values, share, found):
    assert quantile(values, share) == found
