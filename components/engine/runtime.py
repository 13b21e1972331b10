"""Starts and stops the engine in this process: the lock, the database, DBOS, the sandbox.

On SQLite the one process does all. On Postgres any number of workers do the work, each with an executor id of its
own and a heartbeat; other processes only show and enqueue.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer

from components.catalog import wire_names_settings
from components.catalog.reserve import Reserve
from components.engine import context as contexts
from components.engine import workflow
from components.engine.ceilings import make_room
from components.engine.connections import Connections
from components.engine.context import Context
from components.engine.heartbeat import SILENCE, Heartbeat
from components.engine.notices import telling
from components.engine.pace import Turnstile
from components.engine.sandbox_process import SandboxProcess
from components.engine.unfit import explaining_database, explaining_folder
from components.errors import CeilingReached, NotConfigured
from components.library.assets import Assets
from components.library.bucket import open_storage
from components.library.ceilings import Ceilings, micros
from components.library.database import DATABASE, migrate, one_at_a_time, open_database, sqlite_url
from components.library.generations import Generations
from components.library.keys import open_keys
from components.library.links import Links
from components.library.lock import only_one
from components.library.private import private
from components.library.records import State
from components.library.webhooks import Webhooks
from components.library.workers import Workers
from components.providers import check_settings
from components.providers.base import Operation
from components.settings import Settings

WAIT_STEP = 0.1
GONE = 75
"""The exit status of a worker that ended itself: a temporary failure, so that whoever runs it starts it again."""
OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
"""States of a job from which DBOS moves nothing (3.4, _sys_db.py, WorkflowStatusString)."""
DAY, BATCH = 86400.0, 500


class Engine:
    """The running engine; `database` and `context` are shared with the studio."""

    def __init__(self, database: sa.Engine, context: Context, client: DBOSClient, *, works: bool) -> None:
        self.database, self.context, self._client, self._works = database, context, client, works

    def has_workers(self) -> bool:
        """Whether anybody does the work: this process, or a worker that was heard of lately."""
        return self._works or bool(Workers(self.database).alive(SILENCE))

    def enqueue(
        self,
        generations: Generations,
        ceilings: Sequence[Ceilings],
        generation_id: str,
        reserved: Reserve | None,
        first: Callable[[sa.Connection], None] | None = None,
        **values: Any,
    ) -> None:
        """The generation's row and its job, in one transaction, and in the same one its place under the ceiling.

        Args:
            generations: its owner's.
            ceilings: its owner's, and the team's.
            generation_id: its id.
            reserved: what it counts until its cost is known; None where nobody pays it.
            first: what the transaction begins with; where it raises, nothing is stored.
            values: the row's other columns.

        Raises:
            CeilingReached: there is no room for it; nothing was stored.
        """
        try:
            with self.database.begin() as connection:
                if first is not None:
                    first(connection)
                if reserved is not None:
                    make_room(connection, ceilings, reserved, time.time())
                    values["reserved_micros"] = micros(reserved.dollars)
                generations.insert(connection, id=generation_id, **values)
                self._add_job(connection, generation_id, generation_id)
        except CeilingReached:
            generations.stopped_by_ceiling()
            raise

    def resume(
        self,
        generations: Generations,
        generation_id: str,
        sources: Sequence[State],
        operation: Operation,
        key: str,
        *,
        searched: bool,
        **values: Any,
    ) -> bool:
        """Moves one that had ended back to work, with a job of its own in the same transaction; whether it did.

        It takes the operation for its own, as `Generations.adopt` does.
        """
        with self.database.begin() as connection:
            moved = generations.adopt_within(
                connection, generation_id, sources, operation, key, searched=searched, **values
            )
            if moved:
                self._add_job(connection, f"{generation_id}-{uuid.uuid4().hex[:8]}", generation_id)
            return moved

    def _add_job(self, connection: sa.Connection, job_id: str, generation_id: str) -> None:
        self._client.enqueue_in_transaction(
            connection,
            {
                "workflow_name": workflow.NAME,
                "queue_name": workflow.QUEUE,
                "workflow_id": job_id,
                "app_version": workflow.VERSION,
            },
            generation_id,
        )

    def forget_finished(self, now: float) -> int:
        """Removes the engine's rows of jobs that ended `keep_days` ago or earlier; gives how many jobs.

        What a person has made is in rows of our own, which stay; a job that goes on stays however old it is.
        """
        until = datetime.fromtimestamp(now - self.context.settings.keep_days * DAY, UTC).isoformat()
        forgotten = 0
        while True:
            found = self._client.list_workflows(
                status=OVER, completed_before=until, limit=BATCH, load_input=False, load_output=False
            )
            if not found:
                return forgotten
            self._client.delete_workflows([job.workflow_id for job in found])
            forgotten += len(found)

    def require_queue(self) -> None:
        """Sees to it that new jobs would be taken up.

        Raises:
            NotConfigured: the server is closing, or nobody watches the queue (as in the first second).
        """
        if not self._works and self.has_workers():
            return
        # DBOS has no public word for it; its thread of that name takes the queue's jobs (3.4, _queue.py).
        watched = any(one.name == f"queue-worker-{workflow.QUEUE}" for one in threading.enumerate())
        if self.context.sends.closing or not watched:
            raise NotConfigured("The studio's engine takes no work at the moment.", "Wait, or start it again.")

    def pause(self) -> None:
        """A moment, for whoever waits for a generation to end."""
        _pause()


def _pause() -> None:
    time.sleep(WAIT_STEP)


@contextmanager
def run_engine(settings: Settings, *, works: bool = True) -> Iterator[Engine]:
    """The engine, from start to clean stop; one a process, and with SQLite one a data folder.

    Args:
        settings: of this process.
        works: whether this process does the work, or only shows and enqueues for those that do.

    Raises:
        CannotStart: the data folder or the database is not fit to work with.
        DataDirInUse: another studio runs on the same data folder.
        NotConfigured: a setting of a provider does not fit.
    """
    check_settings(settings)
    folder = settings.data_dir
    with ExitStack() as stack:
        with explaining_folder(folder):
            stack.enter_context(private(folder))
            if not settings.many_machines:
                stack.enter_context(only_one(folder))
        database = _newest(settings, folder)
        sandbox = SandboxProcess(folder / "sandbox", wire_variables(settings))
        keys = open_keys(settings, database)
        storage = open_storage(folder, settings.media_url)
        context = Context(
            settings=settings,
            generations=Generations(database, owner=None),
            assets=Assets(database, owner=None),
            storage=storage,
            keys=keys,
            connections=Connections(settings, sandbox, keys, Links(settings), storage),
            turnstile=Turnstile(database, settings),
            webhooks=Webhooks(database),
        )
        try:
            with _working(database, context, settings) if works else nullcontext(), _client(database) as client:
                yield Engine(database, context, client, works=works)
        finally:
            sandbox.close()
            database.dispose()


def _newest(settings: Settings, folder: Path) -> sa.Engine:
    """The database, with all tables in their newest shape; raises `CannotStart`."""
    database = open_database(settings.database_url or sqlite_url(folder / DATABASE))
    with explaining_database(database), one_at_a_time(database, _pause):
        migrate(database)
        if settings.many_machines:
            DBOS.migrate(database.url.render_as_string(hide_password=False))
    return database


def wire_variables(settings: Settings) -> dict[str, str]:
    """What the sandbox is given of the settings: other wire names, so that it reads what the providers send."""
    return {name: settings.text(name) for name in wire_names_settings()}


@contextmanager
def _client(database: sa.Engine) -> Iterator[DBOSClient]:
    """With which any process enqueues."""
    client = DBOSClient(system_database_engine=database, serializer=DBOSPortableJSONSerializer())
    try:
        yield client
    finally:
        client.destroy()


@contextmanager
def _working(database: sa.Engine, context: Context, settings: Settings) -> Iterator[None]:
    """Takes work from the queue until the end; on Postgres for as long as the others know that it is alive."""
    if not settings.many_machines:
        with _dbos(database, context, "local"), telling(database, settings):
            yield
        return
    worker_id = uuid.uuid4().hex
    heartbeat = Heartbeat(database, worker_id, context.sends, lambda: os._exit(GONE))
    with (
        heartbeat.beating(),
        _dbos(database, context, worker_id),
        heartbeat.taking_up(),
        telling(database, settings),
    ):
        yield


@contextmanager
def _dbos(database: sa.Engine, context: Context, executor_id: str) -> Iterator[None]:
    config: DBOSConfig = {
        "name": "screentest",
        "system_database_engine": database,
        "application_version": workflow.VERSION,
        "executor_id": executor_id,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
    }
    contexts.use(context)
    DBOS(config=config)
    try:
        DBOS.launch()
        DBOS.register_queue(workflow.QUEUE, polling_interval_sec=0.2, worker_concurrency=1000)
        try:
            yield
        finally:
            context.sends.close(context.settings.stop_seconds)
            # What it would warn of from here on, unfinished work, is taken up at the next start.
            logging.getLogger("dbos").setLevel(logging.ERROR)
    finally:
        DBOS.destroy()
        contexts.use(None)
