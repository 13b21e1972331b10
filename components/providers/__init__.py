"""How each provider is SPOKEN TO: one folder a provider over a thin base. No loop, no sleep, no disk.

A folder here is a provider: its `__init__` exports the class as PROVIDER, and nothing else names it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from components.catalog import MODELS
from components.errors import NotFound
from components.providers.base import Provider
from components.providers.options import chosen, wire_names
from components.settings import Settings


def _found() -> dict[str, type[Provider]]:
    """The PROVIDER of every folder beside this file, by the folder's name."""
    folders = [found.name for found in iter_modules(__path__) if found.ispkg]
    return {name: import_module(f"{__name__}.{name}").PROVIDER for name in folders}


PROVIDERS: dict[str, type[Provider]] = _found()


def provider(name: str) -> type[Provider]:
    """The class of a provider, by its folder's name as a spec gives it.

    Raises:
        NotFound: there is no such folder.
    """
    if name not in PROVIDERS:
        raise NotFound(f"There is no provider called {name!r}.", f"Known providers: {', '.join(PROVIDERS)}.")
    return PROVIDERS[name]


def name_of(kind: type[Provider]) -> str:
    """The folder's name of a provider, as specs give it."""
    return next(name for name, found in PROVIDERS.items() if found is kind)


def check_settings(settings: Settings) -> None:
    """Reads each provider's and each model's own settings once: what is wrong is told before anything is sent.

    Raises:
        NotConfigured: one does not fit.
    """
    for kind in PROVIDERS.values():
        for option in kind.options:
            chosen(settings, option)
    for spec in MODELS.values():
        wire_names(settings, spec)
