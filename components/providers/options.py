"""Reads what can be set for one provider or one model, and says in a sentence what does not fit. Reads no key."""

from __future__ import annotations

from components.catalog.spec import ModelSpec
from components.errors import NotConfigured
from components.providers.declarations import Option
from components.settings import Settings


def chosen(settings: Settings, option: Option) -> str:
    """The choice that was made, else the default.

    Raises:
        NotConfigured: it is none of the choices.
    """
    given = settings.text(option.name) or option.choices[0]
    if given not in option.choices:
        raise NotConfigured(f"{option.name} is {given!r}.", f"Set it to {' or '.join(option.choices)}.")
    return given


def wire_names(settings: Settings, spec: ModelSpec) -> dict[str, str]:
    """Other names for a model's inputs on the wire, where the spec names a setting for them.

    Raises:
        NotConfigured: they are no names, or of parameters that the model does not have.
    """
    if not spec.wire_names_setting:
        return {}
    try:
        found = settings.names(spec.wire_names_setting)
    except ValueError as wrong:
        raise NotConfigured(str(wrong), "Correct it, or leave it away for the names that are usual.") from None
    unknown = [name for name in found if name not in spec.request.model_fields]
    if unknown:
        raise NotConfigured(
            f"{spec.wire_names_setting} names {unknown[0]!r}, which {spec.name} does not have.",
            f"It has {', '.join(spec.parameters())}.",
        )
    return found
