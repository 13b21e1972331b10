"""The only door for pages, scripts and tests: add files, submit, wait, watch, copy. No Streamlit inside.

with open_studio(Settings()) as studio:
    voice = studio.add_asset(Path("hello.mp3"))
    job = studio.submit("segmind/humo", {"prompt": "...", "audio": voice.id, "frames": 97})
    job = studio.wait(job.id, timeout=120)
    studio.copy_output(job.outputs[0].id, Path("hello.mp4"))
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, Literal
from urllib.parse import quote

from components.catalog import MODELS, model
from components.catalog.check import validate
from components.catalog.spec import ModelSpec
from components.engine.runtime import Engine, run_engine
from components.errors import CannotCancel, InvalidRequest, NotConfigured, NotFound, StudioError
from components.fetch import open_url
from components.library.assets import Assets
from components.library.export import pack
from components.library.generations import Generations
from components.library.intake import Intake, Kind
from components.library.keys import Source
from components.library.links import Links
from components.library.records import Asset, Generation, Output
from components.media.image import thumbnail
from components.providers import PROVIDERS
from components.providers.base import Account
from components.providers.bhuman import BHuman
from components.settings import Settings

LOCAL = "local"
PICTURE_CHUNKS = 40
"""Of 256 KiB each: ten megabytes are enough for a thumbnail's source."""
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
        self._intake = Intake(self._assets, self._storage)

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
        return self._intake.take(source, name=name, kind=kind)

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

    def can_link(self, model_id: str) -> bool:
        """Whether files of the studio can be given to this model's provider as web addresses."""
        return self._engine.context.connections.can_link(sandbox=self.side(model_id) == "sandbox")

    def key_names(self, provider: str) -> tuple[str, ...]:
        """The settings that make up a provider's key, e.g. `("segmind_api_key",)`."""
        return PROVIDERS[provider].key_names

    def billing(self, provider: str) -> str:
        """Where a provider's credits are bought."""
        return PROVIDERS[provider].billing

    def key_source(self, provider: str) -> Source | None:
        """Where a provider's key comes from; None where there is none."""
        return self._engine.context.keys.source(PROVIDERS[provider].key_names)

    def keep_key(self, provider: str, secrets: Mapping[str, str]) -> None:
        """Keeps a typed key in the data folder, readable by its owner only; an empty one is forgotten.

        Args:
            provider: e.g. `segmind`.
            secrets: by the name of the setting, e.g. `{"segmind_api_key": "SG_..."}`.
        """
        names = PROVIDERS[provider].key_names
        self._engine.context.keys.keep({name: secrets.get(name, "") for name in names})

    def bhuman(self) -> BHuman:
        """BHuman's account and store: templates, past videos, workspaces, products."""
        connections = self._engine.context.connections
        client = connections.provider("bhuman", sandbox=connections.uses_sandbox("bhuman"))
        if not isinstance(client, BHuman):
            raise TypeError("the provider called bhuman is another one")
        return client

    def picture(self, url: str, model_id: str) -> bytes | None:
        """A small JPEG of a picture that a provider names; None where it cannot be had or is none."""
        gateway = self._engine.context.connections.gateway(sandbox=self.side(model_id) == "sandbox")
        try:
            with open_url(url, gateway=gateway) as chunks:
                data = b"".join(islice(chunks, PICTURE_CHUNKS))
            return thumbnail(data, 360)
        except StudioError:
            return None

    def export(self, generation_id: str) -> str:
        """Packs a generation's videos and a CSV of what became of each row into a ZIP; gives its storage key."""
        generation = self.get(generation_id)
        key = f"exports/{generation_id}-{len(generation.outputs)}.zip"
        if not self._storage.has(key):
            pack(self._storage, generation, key)
        return key

    def rehearse(self, act: Mapping[str, Any] | None) -> None:
        """Tells the sandbox what its next submissions meet; None ends the rehearsal.

        Raises:
            ProviderTrouble: the sandbox did not answer.
        """
        self._engine.context.connections.rehearse(act)

    def account(self, provider: str) -> Account:
        """Asks the provider for the account's balance, which proves the key and costs nothing."""
        connections = self._engine.context.connections
        return connections.provider(provider, sandbox=connections.uses_sandbox(provider)).account()

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
            elif control.kind == "image" and spec.image_sides and not _fits(asset, spec.image_sides):
                low, high = spec.image_sides
                problems[name] = (
                    f"{control.title} ({name}) must have {low} to {high} pixels on each side; "
                    f"{asset.name} has {asset.facts['width']} × {asset.facts['height']}."
                )
        if problems:
            raise InvalidRequest(problems)


def _fits(asset: Asset, sides: tuple[int, int]) -> bool:
    """Whether both sides of a picture lie within a model's limits."""
    return all(sides[0] <= asset.facts[side] <= sides[1] for side in ("width", "height"))


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
