"""Keeps tasks and the ledger of submissions on disk, so that a restart loses none. Knows no provider's shapes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from components.sandbox.scene import Scene

# "Status and result records live one hour after submission": docs.segmind.com/api-reference/async-inference,
# read 2026-11-20.
RECORD_SECONDS = 3600.0

State = Literal["QUEUED", "PROCESSING", "COMPLETED", "FAILED"]

TABLES = """
CREATE TABLE IF NOT EXISTS tasks (id TEXT PRIMARY KEY, task TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS paid (request_id TEXT, slug TEXT, api TEXT, at TEXT);
CREATE TABLE IF NOT EXISTS refused (status INTEGER, slug TEXT, api TEXT, at TEXT);
CREATE TABLE IF NOT EXISTS numbers (number TEXT PRIMARY KEY);
"""


class Task(BaseModel, frozen=True):
    """One accepted submission and what became of it."""

    id: str
    provider: str = ""
    slug: str
    api: str
    asked: dict[str, Any]
    """The request's plain parameters, without files."""
    sent: dict[str, Any] = {}
    """The request as it came, where its provider shows it in a history."""
    takes: int = 1
    """How many videos were asked for together with this one."""
    usd: float | None = None
    """What the provider would charge for it once it is made; None where it tells no price."""
    scene: Scene
    state: State = "QUEUED"
    error: str = ""
    """Why it failed; one that is set from the start fails without rendering."""
    slow_seconds: float = 0.0
    webhook: str = ""
    """Who is to be notified that it is over; empty unless it may be contacted."""
    upload: str = ""
    """Where to send the finished file; empty unless it may be contacted."""
    reached: str = ""
    """The gateway as the caller reached it, for the addresses in a webhook's message."""
    created: float
    started: float | None = None
    finished: float | None = None

    @property
    def over(self) -> bool:
        return self.state in ("COMPLETED", "FAILED")

    @property
    def charge(self) -> float:
        """US dollars that it would have cost: nothing until it is made, nor where no price is known."""
        return self.usd or 0.0 if self.state == "COMPLETED" else 0.0


class Tasks:
    """The store. Every call is short and commits before it returns; use it from one thread."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._clock = clock
        self._database = sqlite3.connect(folder / "tasks.sqlite")
        self._database.execute("PRAGMA journal_mode=WAL")
        self._database.execute("PRAGMA synchronous=FULL")
        self._database.executescript(TABLES)

    def now(self) -> float:
        return self._clock()

    def accept(self, task: Task, *more: Task) -> None:
        """Keeps a submission's new tasks and its one line in the ledger, all or nothing."""
        line = (task.id, task.slug, task.api, self._stamp())
        rows = [(each.id, each.model_dump_json()) for each in (task, *more)]
        with self._database:
            self._database.executemany("INSERT INTO tasks VALUES (?, ?)", rows)
            self._database.execute("INSERT INTO paid VALUES (?, ?, ?, ?)", line)

    def refuse(self, status: int, slug: str, api: str) -> None:
        """Notes a submission that was answered with an error; nothing is charged for it."""
        with self._database:
            self._database.execute("INSERT INTO refused VALUES (?, ?, ?, ?)", (status, slug, api, self._stamp()))

    def use_number(self, number: str) -> bool:
        """Uses up a number that a client chose for what is no task; tells whether it was unused."""
        with self._database:
            return self._database.execute("INSERT OR IGNORE INTO numbers VALUES (?)", (number,)).rowcount == 1

    def update(self, task: Task, **changes: Any) -> Task:
        changed = task.model_copy(update=changes)
        with self._database:
            self._database.execute("UPDATE tasks SET task = ? WHERE id = ?", (changed.model_dump_json(), task.id))
        return changed

    def get(self, task_id: str) -> Task | None:
        row = self._database.execute("SELECT task FROM tasks WHERE id = ?", (task_id,)).fetchone()
        return Task.model_validate_json(row[0]) if row else None

    def recent(self, task_id: str) -> Task | None:
        """The task while its record lives, as the provider's status routes see it."""
        task = self.get(task_id)
        return task if task and self.now() - task.created < RECORD_SECONDS else None

    def of(self, provider: str, slug: str) -> list[Task]:
        """A provider's tasks whose model's slug has these letters in it, newest first."""
        query = (
            "SELECT task FROM tasks WHERE json_extract(task, '$.provider') = ? "
            "AND instr(json_extract(task, '$.slug'), ?) ORDER BY rowid DESC"
        )
        return [Task.model_validate_json(row[0]) for row in self._database.execute(query, (provider, slug))]

    def asked(self, name: str, value: str) -> list[Task]:
        """Tasks whose request had this value, newest first."""
        query = "SELECT task FROM tasks WHERE json_extract(task, '$.asked.' || ?) = ? ORDER BY rowid DESC"
        return [Task.model_validate_json(row[0]) for row in self._database.execute(query, (name, value))]

    def spent(self, provider: str) -> float:
        """US dollars that all videos made by a provider would have cost."""
        rows = self._database.execute(
            "SELECT SUM(json_extract(task, '$.usd')) FROM tasks "
            "WHERE json_extract(task, '$.provider') = ? AND json_extract(task, '$.state') = 'COMPLETED'",
            (provider,),
        )
        return float(rows.fetchone()[0] or 0.0)

    def unfinished(self) -> list[Task]:
        rows = self._database.execute("SELECT task FROM tasks ORDER BY rowid")
        return [task for task in (Task.model_validate_json(row[0]) for row in rows) if not task.over]

    def ledger(self) -> dict[str, list[dict[str, Any]]]:
        return {
            "paid": self._lines("SELECT request_id, slug, api, at FROM paid ORDER BY rowid"),
            "refused": self._lines("SELECT status, slug, api, at FROM refused ORDER BY rowid"),
        }

    def close(self) -> None:
        self._database.close()

    def _lines(self, query: str) -> list[dict[str, Any]]:
        cursor = self._database.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _stamp(self) -> str:
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="milliseconds")
