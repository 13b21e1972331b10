"""All that a person can have in a studio, each kind once, with the one word in it that nobody else may read."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from components.errors import ServerFailed
from components.library.generations import Generations
from components.library.notices import NoticeAddresses
from components.library.tables import metadata
from components.settings import Settings
from components.studio import Studio
from components.studio.comparisons import Order, Piece
from tests.e2e.clips import make_clip
from tests.library.videos import FACTS, add_video
from tests.sandbox_server import until

WORD = "zanzibar"
HUMO, BHUMAN = "segmind/humo", "bhuman/personalized-video"
STATES = ("queued", "submitting", "running", "saving", "failed", "cancelled", "uncertain")
LABELS = ("left", "right")
NOT_THEIRS = ("worker", "audit")
"""Tables that belong to no person."""


@dataclass(frozen=True)
class Ids:
    """What somebody else's studio is asked for."""

    generation: str
    outputs: tuple[str, str]
    asset: str
    operation: str
    export: str
    link: str
    listening: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(Piece(one, label) for one, label in zip(self.outputs, LABELS, strict=True))

    @property
    def all(self) -> tuple[str, ...]:
        return self.generation, *self.outputs, self.asset, self.operation, self.export, self.link, self.listening


NOTHING = Ids(
    generation="d" * 32,
    outputs=("d" * 32 + "-0", "d" * 32 + "-1"),
    asset="e" * 32,
    operation="f" * 20,
    export="b" * 40,
    link="nothing",
    listening="nothing",
)
"""The same shapes, of what never was."""


class Belongings:
    """Puts it all there for one person."""

    def __init__(self, studio: Studio, settings: Settings, voice: Path) -> None:
        self.studio, self.settings = studio, settings
        self.owner, self.database = studio.person.owner, studio._engine.database
        self.asset = studio.assets.add(voice.read_bytes(), name=f"{WORD}.wav")
        self.states = {state: self._generation(state) for state in STATES}
        self.done = self._film()
        self.table = self._table()
        self._mark()
        self.pieces = Ids(self.done, self.outputs, *[""] * 5).pieces
        self.export = self._export()
        studio.drafts.keep(HUMO, {"prompt": WORD})
        studio.preferences.tagging = False

    @property
    def outputs(self) -> tuple[str, str]:
        return f"{self.done}-0", f"{self.done}-1"

    def ids(self, generation: str) -> Ids:
        """With one of the generations."""
        file = self.studio.files.url(self.studio.generations.output(self.outputs[0]).key).split("/")[2]
        listening = self.studio.live.token
        return Ids(generation, self.outputs, self.asset.id, generation[:20], self.export, file, listening)

    @property
    def generations(self) -> tuple[str, ...]:
        return self.done, self.table, *self.states.values()

    def _generation(self, state: str, model: str = HUMO, **values: Any) -> str:
        rows, name = Generations(self.database, self.owner), uuid.uuid4().hex
        given = {"prompt": WORD, "audio": self.asset.id, "frames": 25} | values
        with self.database.begin() as connection:
            rows.insert(connection, id=name, model=model, parameters=given, sandbox=True)
        error = {"code": ServerFailed.code, "message": WORD, "hint": ""} if state == "failed" else None
        if state != "queued":
            number = {"request_id": name[:20]}
            assert rows.move(name, "queued", state, submitted_at=1.0, error=error, operation=number)
        return name

    def _film(self) -> str:
        name, rows = self._generation("running"), Generations(self.database, self.owner)
        media = self.settings.data_dir / "media"
        for position in (0, 1):
            add_video(rows, self.owner, name, position, FACTS)
            for kind in ("outputs", "posters"):
                (media / kind).mkdir(exist_ok=True)
            make_clip(media / f"outputs/{name}-{position}.mp4", 0.4, 40, None, (320, 180))
            (media / f"posters/{name}-{position}.jpg").write_bytes(WORD.encode())
        rows.move(name, "running", "done", cost_micros=120_000)
        return name

    def _table(self) -> str:
        rows = {"columns": ["name"], "rows": [[WORD]]}
        name = self._generation("running", BHUMAN, **rows)
        Generations(self.database, self.owner).move(name, "running", "done")
        return name

    def _mark(self) -> None:
        gallery = self.studio.gallery
        gallery.tag(self.outputs, WORD)
        gallery.note(self.outputs[0], WORD)
        gallery.rate(self.outputs, 5)
        self.studio.tokens.make(WORD)
        self.studio.accounts.keep_own_key("segmind", {"segmind_api_key": WORD})
        # Of another secret: nothing can be sent to it.
        NoticeAddresses(self.database, self.owner).save(WORD, "sealed elsewhere", ("done",), words=True)

    def _export(self) -> str:
        """Every kind of file that is made of videos."""
        self.studio.comparisons.sheet(self.pieces)
        self.studio.outputs.pack(self.outputs)
        self.studio.outputs.pack_batch(self.done)
        export = self.studio.comparisons.start(Order(self.pieces))
        until(lambda: export.ended)
        assert export.state == "done", export.error
        return export.id


def snapshot(studio: Studio) -> dict[str, object]:
    """All that anybody has: rows of all tables and names of all files. It stays, where a call may do nothing."""
    found: dict[str, object] = {}
    with studio._engine.database.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name not in NOT_THEIRS:
                found[table.name] = sorted(map(repr, connection.execute(sa.select(table))))
    media = studio.settings.data_dir / "media"
    found["files"] = sorted(path.name for path in media.rglob("*") if path.is_file())
    return found
