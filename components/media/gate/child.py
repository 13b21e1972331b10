"""The child's side: does one task after another under a limit of memory, until the server closes its end.

It is a program of its own, so neither the server nor a person's script is imported here, and it has no keys: they
are not among the variables that it is given.
"""

from __future__ import annotations

import math
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, BinaryIO

from components.errors import StudioError
from components.media.gate import wire

EAGER = ("components.media.gate.tasks",)
"""Imported before the first task is there."""

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]


def main() -> None:
    tasks, answers = _own_streams()
    if resource:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold what people upload
    for name in EAGER:
        import_module(name)
    wire.send(answers, ("ready",))
    with suppress(wire.Broken):  # the server is gone
        while True:
            function, arguments, (memory, seconds), stepping = wire.receive_order(tasks)
            _limit_memory(memory)
            _limit_work(seconds)
            if stepping:
                arguments = (*arguments, _stepper(tasks, answers, seconds))
            wire.send(answers, _answer(function, arguments))


def _own_streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the server; what C libraries print goes elsewhere."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return sys.stdin.buffer, answers


def _limit_memory(most: int) -> None:
    if resource:
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))


def _limit_work(seconds: float) -> None:
    """From now on; the system counts in whole seconds since the child began."""
    if resource:
        most = math.ceil(time.process_time() + seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _stepper(tasks: BinaryIO, answers: BinaryIO, seconds: float) -> Callable[[float], bool]:
    def step(part: float) -> bool:
        """Tells how far it has come, and asks whether to go on."""
        _limit_work(seconds)
        wire.send(answers, ("step", part))
        return bool(wire.receive_order(tasks))

    return step


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    try:
        return ("done", function(*arguments))
    except Exception as error:
        if any(_lacks_memory(one) for one in _causes(error)):
            return ("memory",)
        if isinstance(error, StudioError):
            return ("refused", type(error).__name__, error.args, vars(error))
        if type(error).__module__ == "builtins" and isinstance(error, OSError) and error.errno:
            return ("system", error.errno, error.strerror)
        return ("broken", traceback.format_exc(limit=-6, chain=False))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _lacks_memory(error: BaseException) -> bool:
    """Readers in C say it in words of their own."""
    return isinstance(error, MemoryError) or (
        not isinstance(error, StudioError) and "memory" in str(error).lower()
    )


if __name__ == "__main__":
    main()
