"""Puts generations straight into a library, in any state; no job works on them."""

from __future__ import annotations

import time
import uuid

import sqlalchemy as sa

from components.errors import ErrorInfo
from components.library.generations import Generations
from components.library.records import Generation
from components.studio import LOCAL
from tests.ui.screen import SPEC


def add_generation(
    database: sa.Engine,
    state: str,
    error: ErrorInfo | None = None,
    model: str = SPEC.id,
    owner: str = LOCAL,
    **parameters: object,
) -> Generation:
    rows, name = Generations(database, owner), uuid.uuid4().hex
    given = {"prompt": "A person", "audio": "gone", **parameters}
    with database.begin() as connection:
        rows.insert(connection, id=name, model=model, parameters=given, sandbox=True)
    if state != "queued":
        sent = {"submitted_at": time.time(), "error": error and error.model_dump()}
        numbered = {"operation": {"request_id": name}} if state == "running" else {}
        assert rows.move(name, "queued", state, **sent, **numbered)
    if state == "done":
        _add_output(rows, name, owner)
    return rows.get(name)


def _add_output(rows: Generations, generation_id: str, owner: str) -> None:
    rows.add_output(
        id=uuid.uuid4().hex,
        owner=owner,
        generation_id=generation_id,
        position=0,
        media_type="video/mp4",
        key=f"outputs/{generation_id}.mp4",
        poster_key=f"posters/{generation_id}.jpg",
        size=1,
        sha256="0" * 64,
        facts={"fps": 25.0, "frames": 25},
    )
