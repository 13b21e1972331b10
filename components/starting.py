"""Reads the settings for a server that starts, and says in a sentence what does not fit. Shows no value."""

from __future__ import annotations

import tomllib

from pydantic import ValidationError
from pydantic_settings import SettingsError

from components.errors import CannotStart
from components.settings import SECRETS, Settings

CORRECT = f"Correct it in the environment or in {SECRETS.parent.name}/{SECRETS.name}, and start again."


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        CannotStart: one does not fit, or the secrets file is none.
    """
    try:
        return Settings()
    except ValidationError as refused:
        [first, *_] = refused.errors(include_url=False, include_context=False, include_input=False)
        why = first["msg"].removeprefix("Value error, ").rstrip(".")
        about = f"{first['loc'][0]} does not fit: " if first["loc"] else ""
        raise CannotStart(f"{about}{why}.", CORRECT) from None
    except SettingsError:
        raise CannotStart("A setting does not have the form that it must have.", CORRECT) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise CannotStart(f"{SECRETS.parent.name}/{SECRETS.name} is no TOML.", CORRECT) from None
