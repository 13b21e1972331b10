"""Turns generations into the player's tiles: a clip for a video, words for what is not one (yet)."""

from __future__ import annotations

from components.catalog.addresses import is_address, last_part
from components.catalog.spec import ModelSpec
from components.errors import OutOfCredits
from components.library.records import Generation, Output
from components.studio import Studio
from components.ui.browser.player import Clip, Settings, Waiting
from components.ui.frame import lateness, states, told, visitor, words


def clip(studio: Studio, spec: ModelSpec, generation: Generation, output: Output, settings: Settings) -> Clip:
    """A finished video; its title is whom it is of, else the model."""
    links = studio.outputs.links(generation, output)
    return Clip(
        # The first takes its generation's place, so that a tile of words turns into the video that it waited for.
        id=generation.id if output.position == 0 else output.id,
        url=links.video,
        poster_url=links.poster,
        download_url=links.download,
        download_name=links.name,
        title=str(output.facts.get("label") or spec.name),
        settings=settings,
        note=f"{words.ago(generation.created_at)} · {words.side(generation)}",
        fps=float(output.facts.get("fps") or spec.fps or 25),
        family=spec.id,
        codec=links.codec,
        playable_url=links.playable,
    )


def waiting(studio: Studio, spec: ModelSpec, generation: Generation, settings: Settings, usual: str) -> Waiting:
    """A generation on its way, or one that ended with videos missing; `usual` is how long it usually takes."""
    own_id = f"{generation.id}-rest" if any(output.facts for output in generation.outputs) else generation.id
    if generation.ended:
        error = told.told(generation.error, own_key=generation.own_key) if generation.error else None
        said, hint = (error.message, error.hint) if error else (states.sentence(generation.state), "")
        link = studio.accounts.billing(spec.provider) if error and error.code == OutOfCredits.code else None
        return Waiting(own_id, spec.name, settings, generation.state, said, None, hint, link, spec.id)
    where = words.place(spec, generation, studio.generations.ahead(generation))
    doing = f"{states.word(generation.state)} {where}"
    return Waiting(
        own_id,
        spec.name,
        settings,
        generation.state,
        f"{doing} · {usual}",
        generation.submitted_at or generation.created_at,
        lateness.hindrance(generation, visitor.zone()) or "You can close this page.",
        family=spec.id,
        again_at=generation.next_try_at,
        late_at=lateness.usual_end(studio, generation) if generation.state == "running" else None,
        late_message=f"{doing} · {lateness.longer(usual)}",
    )


def request_settings(spec: ModelSpec, generation: Generation) -> Settings:
    """What can differ between two takes; of a file only which one it is matters."""
    files = spec.files()
    return tuple(
        (name, _which(str(value)) if name in files or is_address(value) else words.value(value))
        for name, value in generation.parameters.items()
    )


def _which(file: str) -> str:
    """A file in a few letters; of a web address its last part."""
    return last_part(file)[:24] if is_address(file) else file[:8]
