"""Turns what the studio gives into what programs are told: no key, no signed address, no operation, no owner."""

from __future__ import annotations

from decimal import Decimal

from components.catalog.check import bounds
from components.catalog.price import in_words
from components.catalog.spec import ModelSpec
from components.client import shapes
from components.client.shapes import Basis
from components.library.records import Asset, Generation, Output
from components.routes.api.operations import BASE
from components.studio import Planned, Room, Studio, told

FACTS_OF_FILES = ("width", "height", "notes", "face_found", "seconds")
FACTS = ("width", "height", "seconds", "fps", "frames", "has_audio", "codec", "label")


def generation(studio: Studio, one: Generation) -> shapes.Generation:
    """A generation with its videos."""
    same = set(shapes.Generation.model_fields) - {"outputs", "error"}
    return shapes.Generation(
        **{name: getattr(one, name) for name in same},
        error=told(one.error, knows_keys=studio.person.knows_keys) if one.error else None,
        outputs=tuple(video(studio, one, output) for output in one.outputs),
    )


def video(studio: Studio, of: Generation, output: Output) -> shapes.Video:
    """One of its videos, and where it is fetched."""
    return shapes.Video(
        id=output.id,
        position=output.position,
        name=studio.outputs.name(of, output),
        media_type=output.media_type,
        size=output.size,
        sha256=output.sha256,
        facts={name: output.facts[name] for name in FACTS if name in output.facts},
        created_at=output.created_at,
        video=f"{BASE}/outputs/{output.id}/video",
    )


def asset(one: Asset) -> shapes.Asset:
    """A file that was given."""
    named = {name: getattr(one, name) for name in shapes.Asset.model_fields if name != "facts"}
    return shapes.Asset(**named, facts={name: one.facts[name] for name in FACTS_OF_FILES if name in one.facts})


def model(studio: Studio, spec: ModelSpec) -> shapes.Model:
    """What the catalog says of a model, and where it would run."""
    same = ("id", "name", "maker", "provider", "wish", "title", "pitch", "typical_seconds", "unknown", "example")
    return shapes.Model(
        **{name: getattr(spec, name) for name in same},
        side=studio.accounts.side(spec.id),
        price=_price(spec),
        voice=shapes.VoiceLimits.model_validate(spec.voice, from_attributes=True) if spec.voice else None,
        picture=shapes.PictureLimits.model_validate(spec.picture, from_attributes=True) if spec.picture else None,
        parameters=tuple(_parameter(spec, name) for name in spec.parameters()),
    )


def plan(studio: Studio, one: Planned) -> shapes.Plan:
    """What a request would become and cost."""
    free, counted = one.side == "sandbox", one.reserve
    basis: Basis = "sandbox" if free else "unknown" if counted.basis == "dearest" else counted.basis
    hindrance = one.hindrance.info() if one.hindrance else None
    return shapes.Plan(
        model=one.model,
        side=one.side,
        parameters=one.parameters,
        dollars=None if basis == "unknown" else Decimal() if free else counted.dollars,
        basis=basis,
        hindrance=told(hindrance, knows_keys=studio.person.knows_keys) if hindrance else None,
    )


def ceiling(room: Room) -> shapes.Ceiling:
    """What one of the ceilings leaves."""
    return shapes.Ceiling(
        whose="team" if room.is_team else "token" if room.of_token else "own",
        dollars=tuple(
            shapes.Limit(period=one.period, most=one.most, left=one.left, again=one.again) for one in room.limits()
        ),
        in_flight=room.ceiling.in_flight,
        under_way=room.counted.under_way,
    )


def _price(spec: ModelSpec) -> shapes.Price:
    price = spec.price
    by = {str(value): dollars for value, dollars in price.usd_per_second_by.items()}
    return shapes.Price(
        words=in_words(spec),
        usd=price.usd,
        usd_per_second=price.usd_per_second,
        depends_on=price.depends_on,
        usd_per_second_by=by,
    )


def _parameter(spec: ModelSpec, name: str) -> shapes.Parameter:
    field, control, limits = spec.field(name), spec.control(name), bounds(spec, name)
    return shapes.Parameter(
        name=name,
        title=control.title,
        help=control.help,
        kind=control.kind,
        required=field.is_required(),
        default=None if field.is_required() else field.get_default(),
        least=limits[0] if limits else None,
        most=limits[1] if limits else None,
        choices=spec.options(name),
        role=control.means.role if control.means else None,
        address_only=name in spec.address_only,
    )
