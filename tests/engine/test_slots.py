"""Send slots in turn by owner."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from components.engine.slots import Slots


def order_of(slots: Slots, owners: str) -> list[str]:
    """In which order those who ask, in this one, come in; each is inside for a moment."""
    came = []

    async def one(owner: str) -> None:
        async with slots.one(owner):
            came.append(owner)
            await asyncio.sleep(0.001)

    async def run() -> None:
        await asyncio.gather(*(one(owner) for owner in owners))

    asyncio.run(run())
    return came


def test_slot_when_one_owner_asks_for_many_then_another_comes_after_one_of_them():
    assert order_of(Slots(1), "aaaaaab") == list("aabaaaa")


def test_slots_when_several_owners_wait_then_they_take_turns():
    assert order_of(Slots(1), "aaabbbcc") == list("aabcabcb")


def test_slot_when_who_waits_is_cancelled_then_it_is_not_lost():
    async def run() -> None:
        slots = Slots(1)
        async with slots.one("a"):
            waiting = asyncio.create_task(asyncio.wait_for(slots.one("b").__aenter__(), 10))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            waiting.cancel()
            with suppress(asyncio.CancelledError):
                await waiting
        async with asyncio.timeout(10), slots.one("c"):
            pass

    asyncio.run(run())
