"""Runs migrations on the connection that `database.migrate` hands over; leaves the engine's tables alone."""

from __future__ import annotations

from alembic import context

from components.library.tables import metadata


def _ours(name: str | None, kind: str, _: object) -> bool:
    return kind != "table" or name in metadata.tables


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    include_name=_ours,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
