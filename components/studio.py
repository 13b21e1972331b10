"""The only door for pages, scripts and tests: add files, submit, wait, watch, copy. No Streamlit inside.

with open_studio(Settings()) as studio:
    voice = studio.add_asset(Path("hello.mp3"))
    job = studio.submit("segmind/humo", {"prompt": "...", "audio": voice.id, "frames": 97})
    job = studio.wait(job.id, timeout=120)
    studio.copy_output(job.outputs[0].id, Path("hello.mp4"))
"""

from __future__ import annotations

import secrets
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from components.catalog import MODELS, model
from components.catalog.check import validate
from components.catalog.spec import ModelSpec
from components.engine.accounts import Accounts
from components.engine.accounts import Side as Side
from components.engine.comparisons import Comparisons
from components.engine.housekeeping import Housekeeping
from components.engine.runtime import Engine, run_engine
from components.errors import CannotCancel, NotConfigured, StudioError
from components.fetch import open_url
from components.library.assets import Assets
from components.library.derived import Derived
from components.library.gallery import Gallery
from components.library.generations import Generations
from components.library.intake import Intake, Kind, check_files
from components.library.links import Links
from components.library.names import output_name as output_name
from components.library.outputs import Outputs
from components.library.preferences import Preferences
from components.library.records import Asset, Change, Generation, Output, State
from components.library.row_pack import pack_rows
from components.library.settings_tag import Recalled
from components.library.spending import Spending
from components.media.image import thumbnail
from components.providers.programs import Shown, show_request
from components.settings import Settings

LOCAL = "local"
RUN = secrets.token_hex(4)
"""Names this run of the server: what an earlier one drew in a browser does not answer any more."""
PICTURE_CHUNKS = 40
"""Of 256 KiB each: ten megabytes are enough for a thumbnail's source."""


@dataclass(frozen=True)
class Usual:
    """How long a model's runs took here: from the fastest tenth to the slowest, in seconds."""

    low: float
    high: float
    runs: int


class Studio(Accounts):
    """One owner's view of the running studio; safe to use from any thread."""

    def __init__(self, settings: Settings, engine: Engine, owner: str = LOCAL) -> None:
        self.settings = settings
        self._engine, self._context = engine, engine.context
        self._generations = Generations(engine.database, owner)
        self._assets = Assets(engine.database, owner)
        self._storage = engine.context.storage
        self._links = Links(settings.data_dir)
        self._intake = Intake(self._assets, self._storage)
        self._derived = Derived(self._generations, self._storage)
        self.gallery = Gallery(engine.database, owner)
        self.spending = Spending(engine.database, owner)
        self._preferences = Preferences(engine.database, owner)
        self._outputs = Outputs(self.gallery, self._assets, self._preferences, self._derived, self._storage)
        self.comparisons = Comparisons(self._generations, self._storage)

    def models(self) -> list[ModelSpec]:
        return list(MODELS.values())

    def add_asset(
        self, source: Path | bytes, *, name: str = "", kind: Kind | None = None, model_id: str | None = None
    ) -> Asset:
        """Checks a file and keeps it, ready to be sent. The same content twice is kept once.

        Args:
            source: the file or its content.
            name: what the person calls it.
            kind: "image" or "audio"; without it the content decides.
            model_id: the model whose limits it must keep; without it, those of the most generous one.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        spec = None if model_id is None else model(model_id)
        return self._intake.take(source, name=name, kind=kind, spec=spec)

    def asset(self, asset_id: str) -> Asset:
        return self._assets.get(asset_id)

    def submit(self, model_id: str, parameters: Mapping[str, Any]) -> Generation:
        """Starts a generation; it goes on whatever happens to the caller.

        Args:
            model_id: e.g. `segmind/humo`.
            parameters: by documented name; image and audio take an asset id or an https address.

        Raises:
            InvalidRequest: something does not fit; nothing was stored or sent.
            NotConfigured: no key, and the sandbox is switched off.
        """
        spec = model(model_id)
        request = validate(spec, parameters)
        check_files(self._assets, spec, parameters)
        sandbox = self._context.connections.uses_sandbox(spec.provider)
        generation_id = uuid.uuid4().hex
        values = request.model_dump(mode="json", exclude_none=True)
        self._engine.enqueue(self._generations, generation_id, model=model_id, parameters=values, sandbox=sandbox)
        return self.get(generation_id)

    def get(self, generation_id: str) -> Generation:
        return self._generations.get(generation_id)

    def show_request(self, generation_id: str) -> Shown:
        """A generation's request as programs that run, in Python and with curl; without keys."""
        job = self.get(generation_id)
        return show_request(
            model(job.model), job.parameters, lambda one: self.asset(one).media_type, self.settings
        )

    def wait(self, generation_id: str, timeout: float) -> Generation:
        """Blocks until the generation has ended, at most `timeout` seconds.

        Raises:
            StillRunning: it has not; it goes on all the same.
        """
        return self._engine.wait(self._generations, generation_id, timeout)

    def generations(
        self, model_id: str | None = None, *, limit: int = 20, offset: int = 0, first_output: bool = False
    ) -> list[Generation]:
        """Newest first; with `first_output` none has more than its first, which is read much faster."""
        return self._generations.recent(model_id, limit, offset, first_output=first_output)

    def ended(self, *states: State, limit: int, since: float = 0.0) -> list[Generation]:
        """Those that ended in one of these states, the last first, each with its first output only."""
        return self._generations.ended(states, limit, since)

    def changes(self, since: float) -> list[Change]:
        """Generations that changed at `since` (unix seconds) or later, oldest first; at most 500."""
        return self._generations.changes(since)

    def under_way(self, *, first_output: bool = False) -> list[Generation]:
        return self._generations.under_way(first_output=first_output)

    def any_under_way(self) -> bool:
        return self._generations.any_under_way()

    def cancel(self, generation_id: str) -> Generation:
        """Takes back a generation that has not left yet, which is free.

        Raises:
            CannotCancel: it is with the provider already, or has ended.
        """
        if not self._generations.move(generation_id, "queued", "cancelled", error=None):
            self.get(generation_id)
            raise CannotCancel(
                "This generation has already been sent.", "It is being paid for, so the studio brings it home."
            )
        return self.get(generation_id)

    def copy_output(self, output_id: str, target: Path) -> Path:
        """Copies a video to `target`, a file or a folder."""
        output = self._generations.output(output_id)
        return Path(shutil.copy2(self._storage.path(output.key), target))

    def file_url(self, key: str, name: str = "", *, download: bool = False) -> str:
        """A signed link to a kept file, relative to the server, good for at least 12 hours."""
        shown = quote(name or PurePath(key).name)
        return f"/files/{self._links.token(key)}/{shown}" + ("?download=1" if download else "")

    def open_link(self, token: str) -> Path:
        """The file behind a signed link.

        Raises:
            NotFound: the link is forged or expired, or the file is gone.
            StorageTrouble: it cannot be had at the moment.
        """
        return self._derived.path(self._links.key(token))

    def ready_link(self, token: str) -> Path | None:
        """The file behind a signed link, where it need neither be made nor fetched first; raises as above."""
        return self._derived.ready(self._links.key(token))

    def preview_url(self, output: Output) -> str:
        """A link to a short silent clip, which is made when it is first asked for."""
        return self.file_url(self._derived.preview_key(output))

    def download_url(self, generation: Generation, output: Output) -> tuple[str, str]:
        """A link that saves a video, and the name that it is saved under."""
        name = output_name(model(generation.model), generation, output)
        return self.file_url(self._outputs.download_key(output), name, download=True), name

    @property
    def tagging(self) -> bool:
        """Whether downloaded videos carry their settings inside."""
        return self._outputs.tagging

    def set_tagging(self, value: bool) -> None:
        self._outputs.set_tagging(value)

    def recall(self, data: bytes) -> Recalled:
        """Model and parameters from a video that was downloaded here; raises InvalidFile where it has none."""
        return self._outputs.recall(data)

    def examine(self, output_id: str) -> dict[str, Any]:
        """What can be measured of a video: loudness, black and frozen frames. Measured once, then kept."""
        return self._outputs.examine(output_id)

    def pack(self, ids: Sequence[str]) -> str:
        """Videos, a table and a manifest in a ZIP; gives its storage key."""
        return self._outputs.pack(ids)

    def tidy(self) -> None:
        """Removes for good what was deleted a week ago or earlier, and what else nobody will miss."""
        self._outputs.tidy()

    def usual(self, model_id: str) -> Usual | None:
        """How long this model's last 50 runs took on the side that it is on; None before the first."""
        seconds = sorted(self._generations.durations(model_id, sandbox=self.side(model_id) == "sandbox"))
        if not seconds:
            return None
        return Usual(seconds[len(seconds) // 10], seconds[(len(seconds) * 9) // 10], len(seconds))

    def picture(self, url: str, model_id: str) -> bytes | None:
        """A small JPEG of a picture that a provider names; None where it cannot be had or is none."""
        gateway = self._context.connections.gateway(sandbox=self.side(model_id) == "sandbox")
        try:
            with open_url(url, gateway=gateway) as chunks:
                data = b"".join(islice(chunks, PICTURE_CHUNKS))
            return thumbnail(data, 360)
        except StudioError:
            return None

    def export(self, generation_id: str) -> str:
        """Packs a generation's videos and a CSV of what became of each row into a ZIP; gives its storage key."""
        generation = self.get(generation_id)
        kept = sha256(repr([output.position for output in generation.outputs]).encode()).hexdigest()
        key = f"exports/{generation_id}-{kept[:16]}.zip"
        if not self._storage.has(key):
            pack_rows(self._storage, generation, key)
        return key


@contextmanager
def open_studio(settings: Settings) -> Iterator[Studio]:
    """A studio with its engine running inside; one a process, one a data folder."""
    with run_engine(settings) as engine:
        studio = Studio(settings, engine)
        cleaning = Housekeeping(studio.tidy)
        _open.append(studio)
        try:
            yield studio
        finally:
            _open.remove(studio)
            studio.comparisons.close()
            cleaning.close()


_open: list[Studio] = []


def current() -> Studio:
    """The studio of this server, for pages and routes.

    Raises:
        NotConfigured: the pages were started without `app.py`.
    """
    if not _open:
        raise NotConfigured(
            "The studio's engine is not running.", "Start it with `make run` or `streamlit run app.py`."
        )
    return _open[-1]
