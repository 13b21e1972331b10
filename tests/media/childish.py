"""What the tests of the gate let a child do: hang, devour memory, crash, tell about itself."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from components.errors import AudioTooLong, InvalidImage


def number() -> int:
    return os.getpid()


def hang() -> None:
    threading.Event().wait()


def work() -> None:
    while True:
        pass


def devour(size: int) -> int:
    return len(b"x" * size)


def devour_in_words(size: int) -> None:
    """As readers do that make one error of all."""
    try:
        devour(size)
    except Exception:
        raise InvalidImage("This picture is damaged.") from None


def end(how: int) -> None:
    os.kill(os.getpid(), how)


def kill() -> None:
    end(signal.SIGKILL)


def fault() -> None:
    end(signal.SIGSEGV)


def refuse() -> None:
    raise AudioTooLong("Too long.", "Cut it.", seconds=31.5)


def break_down() -> None:
    raise RuntimeError("a fault of ours")


def full_disk() -> None:
    raise OSError(28, "No space left on device")


def disguise() -> object:
    """Something that would run at the other end."""
    return Fraction(1, 2)


def variables() -> list[str]:
    """All variables it was started with, as the system knows them, and those that it sees."""
    started = Path("/proc/self/environ").read_bytes().decode().split("\0")
    return [*started, *(f"{name}={value}" for name, value in os.environ.items())]


def modules() -> list[str]:
    return [*sys.modules]


def count(most: int, step: Callable[[float], bool]) -> int:
    """Counts until it is told to stop."""
    return next((done for done in range(most) if not step(done / most)), most)
