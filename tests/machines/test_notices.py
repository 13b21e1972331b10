"""Two workers as processes of their own, and a person who is told elsewhere: by one of them, once."""

from __future__ import annotations

import json
import time

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from components.library.tables import notice
from tests.receiver import start_receiver
from tests.sandbox_server import until


@pytest.fixture
def receiver():
    with start_receiver() as running:
        yield running


@pytest.fixture
def shared(shared, receiver):
    hosts = {"notice_hosts": (f"127.0.0.1:{receiver.port}",), "shared_secret": SecretStr("s" * 32)}
    return shared.model_copy(update=hosts)


def test_ends_when_two_workers_see_them_then_one_notice_and_no_log_names_its_address(
    web, shared, start, submit, receiver
):
    workers = [start(shared).works() for _ in range(2)]
    web.notices.keep(f"json://hidden@127.0.0.1:{receiver.port}/hidden", ["done"])
    # As long as they were told something a moment ago, they are told nothing, however long the videos take.
    told = {
        "about": "before",
        "event": "done",
        "owner": "local",
        "at": time.time(),
        "claimed_at": time.time() + 3600.0,
    }
    with web._engine.database.begin() as connection:
        connection.execute(sa.insert(notice).values(told))
    for job in [submit(web) for _ in range(3)]:
        assert web.wait(job.id, 60).state == "done"
    with web._engine.database.begin() as connection:
        connection.execute(sa.delete(notice).where(notice.c.about == "before"))
        assert connection.execute(sa.update(notice).values(at=notice.c.at - 60.0)).rowcount == 3
    until(lambda: web.notices.get().told_at)
    assert [json.loads(one.body)["message"] for one in receiver.heard] == ["HuMo: 3 videos are finished."]
    assert ["hidden" in worker.words() for worker in workers] == [False, False]
