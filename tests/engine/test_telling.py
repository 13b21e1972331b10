"""Telling people elsewhere: each end once over all processes, and nothing of it anywhere else."""

from __future__ import annotations

import json
import logging
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa

from components.engine.notices import PURPOSE, Teller
from components.library.generations import Generations
from components.library.notices import EVENTS, NoticeAddresses
from components.library.people import People
from components.library.seals import Seals
from components.library.tables import notice
from components.settings import Settings
from tests.receiver import start_receiver
from tests.team import ANN, BOB, team

HIDDEN = "hidden-token"


@pytest.fixture
def receiver():
    with start_receiver() as running:
        yield running


@pytest.fixture
def alone(tmp_path, receiver):
    return Settings(data_dir=tmp_path / "data", notice_hosts=f"127.0.0.1:{receiver.port}")


@pytest.fixture
def address(library, receiver, alone):
    """Gives an owner the receiver's address."""

    def address(owner="local", settings=alone, words=False):
        sealed = Seals(settings, PURPOSE).seal(owner, f"json://{HIDDEN}@127.0.0.1:{receiver.port}/{HIDDEN}")
        rows = NoticeAddresses(library, owner)
        rows.save("JSON", sealed, EVENTS, words)
        return rows

    return address


@pytest.fixture
def ends(library, add_generation):
    """Has the engine end generations a minute ago."""

    def ends(count=1, owner="local", state="done"):
        for number in range(count):
            add_generation(f"g{number}", owner, parameters={"prompt": "rain"})
            assert Generations(library, owner=None).move(f"g{number}", "queued", state)
        with library.begin() as connection:
            connection.execute(sa.update(notice).values(at=notice.c.at - 60.0))

    return ends


def heard(receiver):
    return [json.loads(one.body)["message"] for one in receiver.heard]


def waiting(library):
    with library.connect() as connection:
        query = sa.select(sa.func.count()).select_from(notice).where(notice.c.claimed_at.is_(None))
        return connection.execute(query).scalar_one()


def test_ends_when_several_processes_tell_of_them_then_one_notice_with_their_number(
    library, alone, address, ends, receiver
):
    rows, together = address(), Barrier(3)
    ends(12)

    def tell():
        teller = Teller(library, alone)
        together.wait(30)
        teller.tell("local")

    tellers = [Thread(target=tell) for _ in range(3)]
    for each in tellers:
        each.start()
    for each in tellers:
        each.join(60)
    assert heard(receiver) == ["HuMo: 12 videos are finished."]
    shown = rows.get().shown
    assert (shown.told_at is None, shown.failed_at, shown.trouble) == (False, None, None)


def test_notice_when_it_is_not_taken_then_noted_once_without_its_address(
    library, alone, address, ends, receiver, caplog
):
    caplog.set_level(logging.INFO)
    receiver.answers.append((500, {}))
    rows, teller = address(), Teller(library, alone)
    ends(state="failed")
    for _ in range(2):
        teller.tell("local")
    assert heard(receiver) == ["HuMo: a video failed."]
    assert rows.get().shown.trouble == "failed"
    told = [record.getMessage() for record in caplog.records if record.name == "components.engine.notices"]
    assert told == ["a notice was not delivered: failed"]
    assert HIDDEN not in caplog.text


def test_address_when_the_secret_has_changed_then_nothing_leaves_and_nothing_is_lost(
    library, alone, address, ends, receiver
):
    rows = address()
    ends()
    Teller(library, Settings(data_dir=alone.data_dir, shared_secret="t" * 32)).tell("local")
    assert (heard(receiver), waiting(library), rows.get().shown.trouble) == ([], 1, "sealed")
    Teller(library, alone).tell("local")
    assert (heard(receiver), rows.get().shown.trouble) == (["HuMo: a video is finished."], None)


@pytest.mark.parametrize("role", ["out", "viewer"])
def test_person_when_they_may_make_nothing_any_more_then_they_are_not_told(
    library, alone, address, ends, receiver, role
):
    settings = team(alone.data_dir, notice_hosts=alone.notice_hosts)
    address(BOB, settings)
    ends(owner=BOB)
    People(library).set(BOB, role)
    Teller(library, settings).tell(BOB)
    assert (heard(receiver), waiting(library)) == ([], 0)


def test_person_when_they_are_one_of_the_team_then_told_and_those_from_before_sign_in_not(
    library, alone, address, ends, receiver
):
    settings = team(alone.data_dir, notice_hosts=alone.notice_hosts)
    for owner in (ANN, "local"):
        address(owner, settings, words=True)
    ends(owner=ANN)
    for owner in (ANN, "local"):
        Teller(library, settings).tell(owner)
    assert heard(receiver) == ["HuMo: a video is finished.\nrain"]


def test_look_when_something_is_due_then_told_without_waiting_for_it(library, alone, address, ends, receiver):
    address()
    ends()
    teller = Teller(library, alone)
    teller.look()
    teller.close()
    assert heard(receiver) == ["HuMo: a video is finished."]
