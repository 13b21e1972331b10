"""Says whether the studio could do its work now: its database, its storage, its engine, the sandbox it needs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait

from components.engine.runtime import Engine

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds after which what has not answered is missing: probes give up sooner than networks do."""


class Readiness:
    """Tries each part as work would; may be asked as often as one likes."""

    def __init__(self, engine: Engine) -> None:
        context = engine.context
        looks = {
            "database": context.generations.any_under_way,
            "storage": context.storage.probe,
            "engine": engine.require_queue,
            "sandbox": context.connections.require_sandbox,
        }
        self._checks = {name: _Check(name, look) for name, look in looks.items()}

    def missing(self) -> list[str]:
        """The names of the parts that do not work; blocks for `PATIENCE` at most."""
        answers = {name: check.begin() for name, check in self._checks.items()}
        wait(answers.values(), PATIENCE)
        return [name for name, answer in answers.items() if not (answer.done() and answer.result())]


class _Check:
    """One look at a time, however many ask, on a thread that keeps nobody waiting, not even the exit."""

    def __init__(self, name: str, look: Callable[[], object]) -> None:
        """`look` raises where the part of that name does not work."""
        self._name, self._look, self._lock = name, look, threading.Lock()
        self._answer: Future[bool] | None = None

    def begin(self) -> Future[bool]:
        with self._lock:
            if self._answer is None or self._answer.done():
                self._answer = Future()
                threading.Thread(target=self._run, args=(self._answer,), daemon=True, name="readiness").start()
            return self._answer

    def _run(self, answer: Future[bool]) -> None:
        try:
            self._look()
        except Exception as trouble:
            log.warning("%s is not ready: %s", self._name, type(trouble).__name__)
            answer.set_result(False)
        else:
            answer.set_result(True)
