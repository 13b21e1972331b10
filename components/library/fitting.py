"""Holds kept files against a model's own limits; a voice in a format that the model does not read becomes a WAV.

A file may have been added for another model, and been carried over with a request.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from components.catalog.addresses import readable
from components.catalog.limits import WAV, becomes_wav, called, picture_problem, voice_problem
from components.catalog.spec import ModelSpec
from components.errors import InvalidFile, InvalidRequest, NotFound
from components.library.assets import Assets
from components.library.intake import Intake
from components.library.records import Asset
from components.library.storage import Storage
from components.media import gate

NOUNS = {"image": "picture", "audio": "voice"}


@dataclass(frozen=True)
class Held:
    """What becomes of a request's kept files on their way to a model, in sentences by parameter."""

    unfit: Mapping[str, str]
    """They stay behind."""
    changed: Mapping[str, str]
    """They go over in another format."""


def misfit(spec: ModelSpec, asset: Asset) -> str | None:
    """What the model does not take of a file, as the end of a sentence; None where it fits, as WAV if need be."""
    if asset.kind == "image":
        sides = (int(asset.facts["width"]), int(asset.facts["height"]))
        return picture_problem(spec.picture, sides, asset.size, asset.media_type) if spec.picture else None
    if spec.voice is None:
        return None
    seconds = float(asset.facts["seconds"])
    if _is_converted(spec, asset):  # how large that will be is known once it is made
        return voice_problem(spec.voice, seconds, 0, WAV)
    return voice_problem(spec.voice, seconds, asset.size, asset.media_type)


class Fitting:
    """Makes one owner's files fit for a model."""

    def __init__(self, assets: Assets, storage: Storage) -> None:
        self._assets, self._storage, self._intake = assets, storage, Intake(assets, storage)

    def fit(self, asset: Asset, spec: ModelSpec) -> Asset:
        """The file as the model takes it: itself, or the WAV that was made of it.

        Raises:
            InvalidFile: a sentence that names the file and the model.
        """
        wrong = misfit(spec, asset)
        if wrong is None and spec.voice and _is_converted(spec, asset):
            seconds = float(asset.facts["seconds"])
            data = gate.as_wav(self._storage.read(asset.key), seconds)
            wrong = voice_problem(spec.voice, seconds, len(data), WAV)
            if wrong is None:
                return self._intake.keep_as_wav(asset, data)
        if wrong:
            raise InvalidFile(
                f"{asset.name} is not for {spec.name}: a {NOUNS[asset.kind]} {wrong}",
                "Choose or export another one.",
            )
        return asset

    def hold(self, spec: ModelSpec, values: Mapping[str, Any]) -> Held:
        """What a person should know before a request's files go to this model; nothing is changed yet."""
        unfit, changed = {}, {}
        for name, asset in self._kept(spec, values):
            wrong = misfit(spec, asset)
            if wrong:
                unfit[name] = f"{asset.name} stays behind: for {spec.name} a {NOUNS[asset.kind]} {wrong}"
            elif _is_converted(spec, asset):
                read = called(asset.media_type)
                changed[name] = f"{asset.name} goes over as WAV: {spec.name} does not read {read}."
        return Held(unfit, changed)

    def _kept(self, spec: ModelSpec, values: Mapping[str, Any]) -> Iterator[tuple[str, Asset]]:
        """The files that the library has."""
        for name in spec.files():
            with suppress(NotFound):
                yield name, self._assets.get(str(values.get(name)))

    def fit_request(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> dict[str, str]:
        """Each file of a request as the model takes it, by parameter; addresses stay as they are.

        Raises:
            InvalidRequest: as of `check_request`.
        """
        return {
            name: self._fitted(spec, name, value) for name, value in self.check_request(spec, parameters).items()
        }

    def check_request(self, spec: ModelSpec, parameters: Mapping[str, Any]) -> dict[str, str]:
        """The files of a request as they were given, by parameter; nothing is made of them.

        Raises:
            InvalidRequest: with a sentence for each that is not here, of the wrong kind or beyond the limits.
        """
        given = {name: str(parameters[name]) for name in spec.files() if parameters.get(name)}
        problems = {name: wrong for name, value in given.items() if (wrong := self._problem(spec, name, value))}
        if problems:
            raise InvalidRequest(problems)
        return given

    def _problem(self, spec: ModelSpec, name: str, value: str) -> str | None:
        title = f"{spec.control(name).title} ({name})"
        if _is_address(value):
            return None if readable(value) else f"{title}: that address cannot be read; copy it again."
        try:
            asset = self._assets.get(value)
        except NotFound:
            return f"{title}: that file is not in the library; add it again."
        kind = spec.control(name).kind
        if asset.kind != kind:
            return f"{title} takes {kind}; {asset.name} is {asset.kind}."
        wrong = misfit(spec, asset)
        return f"{title} {wrong}" if wrong else None

    def _fitted(self, spec: ModelSpec, name: str, value: str) -> str:
        if _is_address(value):
            return value
        try:
            return self.fit(self._assets.get(value), spec).id
        except InvalidFile as refused:
            raise InvalidRequest({name: str(refused)}) from None


def _is_converted(spec: ModelSpec, asset: Asset) -> bool:
    return spec.voice is not None and asset.kind == "audio" and becomes_wav(spec.voice, asset.media_type)


def _is_address(value: str) -> bool:
    return value.startswith("https://")
