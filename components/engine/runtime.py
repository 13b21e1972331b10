"""Starts and stops the engine in this process: the lock, the database, DBOS, the sandbox."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer

from components.catalog import wire_names_settings
from components.engine import context as contexts
from components.engine import workflow
from components.engine.connections import Connections
from components.engine.context import Context
from components.engine.sandbox_process import SandboxProcess
from components.engine.unfit import explaining_database, explaining_folder
from components.errors import NotConfigured
from components.library.assets import Assets
from components.library.bucket import open_storage
from components.library.database import migrate, open_database, sqlite_url
from components.library.generations import Generations
from components.library.keys import Keys
from components.library.links import Links
from components.library.lock import only_one
from components.library.private import private
from components.library.records import State
from components.providers import check_settings
from components.settings import Settings

WAIT_STEP = 0.1
OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
"""States of a job from which DBOS moves nothing (3.4, _sys_db.py, WorkflowStatusString)."""
DAY, BATCH = 86400.0, 500


class Engine:
    """The running engine; `database` and `context` are shared with the studio."""

    def __init__(self, database: sa.Engine, context: Context, client: DBOSClient) -> None:
        self.database, self.context, self._client = database, context, client

    def enqueue(self, generations: Generations, generation_id: str, **values: Any) -> None:
        """The generation's row and its job, in one transaction."""
        with self.database.begin() as connection:
            generations.insert(connection, id=generation_id, **values)
            self._add_job(connection, generation_id, generation_id)

    def resume(
        self, generations: Generations, generation_id: str, sources: Sequence[State], target: State, **values: Any
    ) -> bool:
        """Moves one that had ended back to work, with a job of its own in the same transaction; whether it did."""
        with self.database.begin() as connection:
            moved = generations.move_within(connection, generation_id, sources, target, **values)
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
            found = DBOS.list_workflows(
                status=OVER, completed_before=until, limit=BATCH, load_input=False, load_output=False
            )
            if not found:
                return forgotten
            DBOS.delete_workflows([job.workflow_id for job in found])
            forgotten += len(found)

    def require_queue(self) -> None:
        """Sees to it that new jobs would be taken up.

        Raises:
            NotConfigured: the server is closing, or nobody watches the queue (as in the first second).
        """
        # DBOS has no public word for it; its thread of that name takes the queue's jobs (3.4, _queue.py).
        watched = any(one.name == f"queue-worker-{workflow.QUEUE}" for one in threading.enumerate())
        if self.context.sends.closing or not watched:
            raise NotConfigured("The studio's engine takes no work at the moment.", "Wait, or start it again.")

    def pause(self) -> None:
        """A moment, for whoever waits for a generation to end."""
        time.sleep(WAIT_STEP)


@contextmanager
def run_engine(settings: Settings) -> Iterator[Engine]:
    """The engine, from start to clean stop; one a process and one a data folder.

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
            stack.enter_context(only_one(folder))
        database = open_database(settings.database_url or sqlite_url(folder / "studio.db"))
        with explaining_database(database):
            migrate(database)
        sandbox = SandboxProcess(folder / "sandbox", wire_variables(settings))
        keys = Keys(settings, folder)
        storage = open_storage(folder, settings.media_url)
        context = Context(
            settings=settings,
            generations=Generations(database, owner=None),
            assets=Assets(database, owner=None),
            storage=storage,
            keys=keys,
            connections=Connections(settings, sandbox, keys, Links(folder), storage),
        )
        try:
            with _dbos(database, context) as client:
                yield Engine(database, context, client)
        finally:
            sandbox.close()
            database.dispose()


def wire_variables(settings: Settings) -> dict[str, str]:
    """What the sandbox is given of the settings: other wire names, so that it reads what the providers send."""
    return {name: settings.text(name) for name in wire_names_settings()}


@contextmanager
def _dbos(database: sa.Engine, context: Context) -> Iterator[DBOSClient]:
    config: DBOSConfig = {
        "name": "screentest",
        "system_database_engine": database,
        "application_version": workflow.VERSION,
        "executor_id": "local",
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
    }
    contexts.use(context)
    DBOS(config=config)
    try:
        DBOS.launch()
        DBOS.register_queue(workflow.QUEUE, polling_interval_sec=0.2, worker_concurrency=1000)
        client = DBOSClient(system_database_engine=database, serializer=DBOSPortableJSONSerializer())
        try:
            yield client
        finally:
            context.sends.close(context.settings.stop_seconds)
            # What it would warn of from here on, unfinished work, is taken up at the next start.
            logging.getLogger("dbos").setLevel(logging.ERROR)
            client.destroy()
    finally:
        DBOS.destroy()
        contexts.use(None)
