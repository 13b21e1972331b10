"""One child process: started with few variables, asked one thing at a time, ended when it takes too long."""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from components import errors
from components.child import environment
from components.media.gate import wire
from components.media.gate.limits import Limits
from components.tally import CHILDREN_LOST

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = "components.media.gate.child"
START_SECONDS, ENDING_SECONDS = 60.0, 1.0
TASKS = 100
"""After so many a new child takes over: what the readers leak must not pile up."""
SCARCE = (-signal.SIGABRT, -9)
"""How a child ends for want of memory: C++ aborts, the system kills (SIGKILL, which has no name on Windows)."""
FRUGAL = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"), "1"),
    **dict.fromkeys(("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_"), str(64 * 1024**2)),
}
"""One thread is enough for arithmetic, and each takes memory of its own. With glibc a child keeps 64 MB for the
next file instead of giving them back and fetching them anew, a quarter of a picture's time (2026-11-30)."""
OVERWORKED = -24
"""How it ends when it has worked too long (SIGXCPU)."""


@dataclass(frozen=True)
class Task:
    """What a child is to do: a function of ours by name, and what it may cost."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    limits: Limits
    step: Callable[[float], bool] | None = None
    """Told of every step; where it says no, the task ends itself."""


class Worker:
    """A child that is there from its making on; usable until it is `spent`."""

    def __init__(self) -> None:
        try:
            self._process = _started()
        except OSError as trouble:
            raise _cannot_start() from trouble
        self._ready, self._asked = False, 0

    @property
    def spent(self) -> bool:
        return self._asked >= TASKS or self._process.poll() is not None

    def ask(self, task: Task) -> Any:
        """What the function gives; raises what it raises, or the task's own refusal."""
        tasks, answers = self._pipes()
        limits, clock = task.limits, _Clock(self._process.kill)
        try:
            self._get_ready(clock, answers)
            self._asked += 1
            clock.start(limits.patience)
            bounds = (limits.memory, limits.seconds)
            wire.send(tasks, (task.function, task.arguments, bounds, task.step is not None))
            while (answer := wire.receive(answers))[0] == "step":
                clock.start(limits.patience)
                wire.send(tasks, task.step is None or task.step(float(answer[1])))
        except (wire.Broken, OSError) as gone:
            self._let_end()
            self._refuse(limits, late=clock.is_over, why=gone)
        finally:
            clock.stop()
        return self._outcome(answer, limits)

    def close(self) -> None:
        """Ends it, whatever it does at the moment."""
        self._process.kill()
        self._process.wait()
        for pipe in self._pipes():
            with suppress(OSError):
                pipe.close()

    def _let_end(self) -> None:
        """Closes it; one that is ending by itself keeps its own code, which says why."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(ENDING_SECONDS)
        self.close()

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a child without pipes")
        return self._process.stdin, self._process.stdout  # type: ignore[return-value]

    def _get_ready(self, clock: _Clock, answers: BinaryIO) -> None:
        """Its start is not at the cost of the file."""
        if not self._ready:
            clock.start(START_SECONDS)
            wire.receive(answers)
            self._ready = True

    def _refuse(self, limits: Limits, *, late: bool, why: Exception) -> NoReturn:
        code = self._process.returncode
        if not self._ready:
            log.error("a child that reads files did not start (%s)", code)
            # Not the file's fault: a paid one must stay to be read later.
            raise _cannot_start()
        CHILDREN_LOST.add("time" if late else str(code))
        log.warning("a child was lost to a file (%s, %s)", "time" if late else code, why)
        if late or code == OVERWORKED:
            raise limits.too_much_time()
        raise limits.too_much_memory() if code in SCARCE else limits.too_damaged()

    def _outcome(self, answer: Any, limits: Limits) -> Any:
        match answer:
            case ("done", value):
                return value
            case ("refused", str(name), tuple(arguments), dict(state)):
                raise _error(name, arguments, state)
            case ("system", int(number), str(words)):
                raise OSError(number, words)
            case ("memory",):
                self.close()  # what a library keeps after it found no memory is not to be relied on
                raise limits.too_much_memory()
        log.error("a file could not be read: %s", answer)
        raise limits.too_damaged()


class _Clock:
    """Calls once when the time is over that it was last started with."""

    def __init__(self, at_end: Callable[[], None]) -> None:
        self._end, self._timer = at_end, None
        self.is_over = False

    def start(self, seconds: float) -> None:
        self.stop()
        self._timer = threading.Timer(seconds, self._over)
        self._timer.daemon = True
        self._timer.start()

    def stop(self) -> None:
        if self._timer:
            self._timer.cancel()

    _timer: threading.Timer | None

    def _over(self) -> None:
        self.is_over = True
        self._end()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 -- our own interpreter, no outside words
        [sys.executable, "-m", PROGRAM],
        cwd=ROOT,
        env=environment(**FRUGAL),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Its own session: Ctrl+C in the terminal is for the server, which still brings its work to an end.
        start_new_session=True,
    )


def _cannot_start() -> errors.StorageTrouble:
    return errors.StorageTrouble("Files cannot be read at the moment.", "Start the studio again.")


def _error(name: str, arguments: tuple[Any, ...], state: dict[str, Any]) -> errors.StudioError:
    """The refusal as it was raised over there."""
    kind = getattr(errors, name, None)
    if not (isinstance(kind, type) and issubclass(kind, errors.StudioError)):
        return errors.InvalidFile("This file cannot be read.", "Choose another one.")
    error = kind.__new__(kind, *arguments)
    vars(error).update(state)
    return error
