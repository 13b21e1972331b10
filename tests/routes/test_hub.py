"""The hub without a network: slow readers, a library that does not answer, one look for all."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from components.errors import NotConfigured
from components.library.records import Change
from components.routes import events, hub
from components.routes.hub import Hub, Listener

PERIOD = 0.01


class Library:
    """Answers as a studio's generations do."""

    def __init__(self) -> None:
        self.everyone = self
        self.rows: list[Change] = []
        self.down = False
        self.looks = 0

    def now(self) -> float:
        return time.time()

    def under_way(self) -> list[Change]:
        return []

    def changes(self, since: float) -> list[Change]:
        self.looks += 1
        if self.down:
            raise NotConfigured("The engine is not running.")
        return sorted((one for one in self.rows if one.changed_at >= since), key=lambda one: one.changed_at)

    def change(self, name: str, moment: float | None = None, owner: str = "local") -> None:
        self.rows = [one for one in self.rows if one.id != name]
        moment = time.time() if moment is None else moment
        self.rows.append(Change(id=name, owner=owner, model="m", state="running", changed_at=moment))


@pytest.fixture
def library() -> Library:
    return Library()


@pytest.fixture
def quick(library: Library, monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr(hub, "BEAT", 10**9)
    return Hub(lambda: library, PERIOD)


async def told(listener: Listener) -> list[str]:
    """The names in the next message."""
    message = await asyncio.wait_for(listener.outbox.get(), 60)
    assert message is not None
    return [change[0] for change in json.loads(message)["changes"]]


def join(quick: Hub) -> Listener:
    listener = quick.join("local", time.time(), time.time() + 1000)
    assert listener is not None
    return listener


def test_reader_when_it_is_too_slow_then_it_is_let_go_and_the_others_go_on(quick, library):
    async def run() -> None:
        slow, brisk = join(quick), join(quick)
        await told(brisk)
        for number in range(hub.BACKLOG + 5):
            library.change(f"g{number}")
            assert await told(brisk) == [f"g{number}"]
        assert len(quick) == 1
        assert slow.outbox.qsize() == hub.BACKLOG + 1
        quick.leave(brisk)

    asyncio.run(run())


def test_change_when_written_late_then_is_heard_though_a_newer_one_was(quick, library):
    async def run() -> None:
        listener = join(quick)
        await told(listener)
        library.change("prompt")
        assert await told(listener) == ["prompt"]
        library.change("waited for the database", time.time() - hub.OVERLAP / 2)
        assert await told(listener) == ["waited for the database"]
        quick.leave(listener)

    asyncio.run(run())


def test_change_when_heard_then_is_not_told_again(quick, library):
    async def run() -> None:
        listener = join(quick)
        await told(listener)
        library.change("once")
        assert await told(listener) == ["once"]
        await asyncio.sleep(10 * PERIOD)
        assert listener.outbox.empty()
        quick.leave(listener)

    asyncio.run(run())


def test_library_when_it_does_not_answer_then_it_is_said_once_and_what_changed_is_heard_later(
    quick, library, caplog
):
    async def run() -> None:
        listener = join(quick)
        await told(listener)
        library.down, before = True, library.looks
        while library.looks < before + 3:
            await asyncio.sleep(PERIOD)
        library.change("meanwhile")
        library.down = False
        assert await told(listener) == ["meanwhile"]
        quick.leave(listener)

    asyncio.run(run())
    assert [record.levelname for record in caplog.records if record.name == hub.__name__] == ["WARNING"]


def test_browsers_when_they_come_and_go_quickly_then_the_library_is_asked_no_more_often(quick, library):
    async def run() -> float:
        began = time.monotonic()
        for _ in range(200):
            quick.leave(join(quick))
            await asyncio.sleep(0)
        last = join(quick)
        await told(last)
        quick.leave(last)
        return time.monotonic() - began

    assert library.looks <= asyncio.run(run()) / PERIOD + 2


class Stuck:
    """A socket whose other end never reads."""

    def __init__(self) -> None:
        self.code: int | None = None

    async def send_text(self, _message: str) -> None:
        await asyncio.Event().wait()

    async def receive(self) -> dict[str, str]:
        await asyncio.Event().wait()
        return {}

    async def close(self, code: int) -> None:
        self.code = code


def test_socket_when_a_message_is_not_taken_then_it_is_closed(monkeypatch):
    monkeypatch.setattr(events, "PATIENCE", 0.05)
    stuck, listener = Stuck(), Listener("local", 0, 0)
    listener.outbox.put_nowait("{}")
    asyncio.run(events._converse(stuck, listener))
    assert stuck.code == events.SLOW
