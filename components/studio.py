"""The only door for pages, scripts and tests: add files, submit, wait, watch, copy. No Streamlit inside.

with open_studio(Settings()) as studio:
    voice = studio.add_asset(Path("hello.mp3"))
    job = studio.submit("segmind/humo", {"prompt": "...", "audio": voice.id, "frames": 97})
    job = studio.wait(job.id, timeout=120)
    studio.copy_output(job.outputs[0].id, Path("hello.mp4"))
"""

from __future__ import annotations

import hashlib
import shutil
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal
from urllib.parse import quote

from components.catalog import MODELS, model
from components.catalog.check import validate
from components.catalog.spec import ModelSpec
from components.engine.runtime import Engine, run_engine
from components.errors import CannotCancel, InvalidFile, InvalidImage, InvalidRequest, NotConfigured, NotFound
from components.library.assets import Assets
from components.library.generations import Generations
from components.library.links import Links
from components.library.records import Asset, Generation, Output
from components.media.audio import read_voice
from components.media.faces import face_note
from components.media.image import read_portrait
from components.providers.base import Account
from components.settings import Settings

LOCAL = "local"
MAX_UPLOAD = 200 * 1024**2
Kind = Literal["image", "audio"]
Side = Literal["live", "sandbox", "off"]


@dataclass(frozen=True)
class Usual:
    """How long a model's runs took here: from the fastest tenth to the slowest, in seconds."""

    low: float
    high: float
    runs: int


class Studio:
    """One owner's view of the running studio; safe to use from any thread."""

    def __init__(self, settings: Settings, engine: Engine, owner: str = LOCAL) -> None:
        self.settings = settings
        self._engine = engine
        self._generations = Generations(engine.database, owner)
        self._assets = Assets(engine.database, owner)
        self._storage = engine.context.storage
        self._links = Links(settings.data_dir)

    def models(self) -> list[ModelSpec]:
        return list(MODELS.values())

    def add_asset(self, source: Path | bytes, *, name: str = "", kind: Kind | None = None) -> Asset:
        """Checks a file and keeps it, ready to be sent. The same content twice is kept once.

        Args:
            source: the file or its content.
            name: what the person calls it.
            kind: "image" or "audio"; without it the content decides.

        Raises:
            InvalidFile: a sentence that says what is wrong with it.
        """
        if isinstance(source, Path):
            name = name or source.name
            if not source.is_file():
                raise InvalidFile(f"There is no file {source}.", "Check the path.")
            if source.stat().st_size > MAX_UPLOAD:
                raise InvalidFile("The file is larger than 200 MB.", "Choose a smaller one.")
            source = source.read_bytes()
        if len(source) > MAX_UPLOAD:
            raise InvalidFile("The file is larger than 200 MB.", "Choose a smaller one.")
        if kind == "image":
            return self._add_image(source, name)
        if kind == "audio":
            return self._add_audio(source, name)
        try:
            return self._add_image(source, name)
        except InvalidImage:
            return self._add_audio(source, name)

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
        self._check_files(spec, parameters)
        sandbox = self._engine.context.connections.uses_sandbox(spec.provider)
        generation_id = uuid.uuid4().hex
        values = request.model_dump(mode="json", exclude_none=True)
        self._engine.enqueue(self._generations, generation_id, model=model_id, parameters=values, sandbox=sandbox)
        return self.get(generation_id)

    def get(self, generation_id: str) -> Generation:
        return self._generations.get(generation_id)

    def wait(self, generation_id: str, timeout: float) -> Generation:
        """Blocks until the generation has ended, at most `timeout` seconds.

        Raises:
            StillRunning: it has not; it goes on all the same.
        """
        return self._engine.wait(self._generations, generation_id, timeout)

    def generations(self, model_id: str | None = None, *, limit: int = 20, offset: int = 0) -> list[Generation]:
        """Newest first."""
        return self._generations.recent(model_id, limit, offset)

    def under_way(self) -> list[Generation]:
        return self._generations.under_way()

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
        """
        return self._storage.path(self._links.key(token))

    def side(self, model_id: str) -> Side:
        """Where a new generation of this model would go."""
        try:
            return "sandbox" if self._engine.context.connections.uses_sandbox(model(model_id).provider) else "live"
        except NotConfigured:
            return "off"

    def usual(self, model_id: str) -> Usual | None:
        """How long this model's last 50 runs took on the side that it is on; None before the first."""
        seconds = sorted(self._generations.durations(model_id, sandbox=self.side(model_id) == "sandbox"))
        if not seconds:
            return None
        return Usual(seconds[len(seconds) // 10], seconds[(len(seconds) * 9) // 10], len(seconds))

    def account(self, provider: str) -> Account:
        """Asks the provider for the account's balance, which proves the key and costs nothing."""
        connections = self._engine.context.connections
        return connections.provider(provider, sandbox=connections.uses_sandbox(provider)).account()

    def _add_image(self, data: bytes, name: str) -> Asset:
        portrait = read_portrait(data, name)
        found, words = face_note(portrait.data)
        facts = {
            "width": portrait.width,
            "height": portrait.height,
            "notes": list(portrait.notes),
            "face_found": found,
            "face": words,
        }
        return self._keep("image", name, portrait.data, portrait.media_type, portrait.suffix, facts)

    def _add_audio(self, data: bytes, name: str) -> Asset:
        voice = read_voice(data, name)
        facts = {
            "seconds": voice.seconds,
            "lead_silence": voice.lead_silence,
            "peak_dbfs": voice.peak_dbfs,
            "bars": list(voice.bars),
        }
        return self._keep("audio", name, voice.data, voice.media_type, voice.suffix, facts)

    def _keep(
        self, kind: Kind, name: str, data: bytes, media_type: str, suffix: str, facts: dict[str, Any]
    ) -> Asset:
        digest = hashlib.sha256(data).hexdigest()
        twin = self._assets.twin(kind, digest)
        if twin:
            return twin
        asset_id = uuid.uuid4().hex
        key = f"assets/{asset_id}.{suffix.lstrip('.')}"
        self._storage.put(key, data)
        return self._assets.add(
            id=asset_id,
            kind=kind,
            name=_tidy(name) or f"{kind}.{suffix.lstrip('.')}",
            media_type=media_type,
            key=key,
            size=len(data),
            sha256=digest,
            facts=facts,
            created_at=time.time(),
        )

    def _check_files(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> None:
        """Each file must be here and of the right kind, before anything is stored or sent."""
        problems: dict[str, str] = {}
        for name in spec.files():
            value, control = parameters.get(name), spec.control(name)
            if not value or str(value).startswith("https://"):
                continue
            try:
                asset = self.asset(str(value))
            except NotFound:
                problems[name] = f"{control.title} ({name}): that file is not in the library; add it again."
                continue
            if asset.kind != control.kind:
                problems[name] = f"{control.title} ({name}) takes {control.kind}; {asset.name} is {asset.kind}."
        if problems:
            raise InvalidRequest(problems)


def _tidy(name: str) -> str:
    """A file's own name without folders and control characters, at most 120 characters."""
    last = PurePath(name.replace("\\", "/")).name
    tidy = "".join(letter for letter in last if letter.isprintable())[:120].strip()
    return tidy if tidy.strip(".") else ""


def output_name(spec: ModelSpec, generation: Generation, output: Output) -> str:
    """What a downloaded video is called, e.g. `humo-3f2a91c0.mp4`."""
    number = f"-{output.position + 1}" if len(generation.outputs) > 1 else ""
    return f"{spec.page}-{generation.id[:8]}{number}{PurePath(output.key).suffix}"


@contextmanager
def open_studio(settings: Settings) -> Iterator[Studio]:
    """A studio with its engine running inside; one a process, one a data folder."""
    with run_engine(settings) as engine:
        studio = Studio(settings, engine)
        _open.append(studio)
        try:
            yield studio
        finally:
            _open.remove(studio)


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
