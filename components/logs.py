"""How the log reads: one line an event, plain or JSON, and never a prompt, a key, a link or a raw body.

Whoever logs says what happened; this says when, of what kind, and about which generation.
"""

from __future__ import annotations

import json
import logging
import re
import sqlite3
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

Form = Literal["plain", "json"]

LINK = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s'\"<>]+", re.IGNORECASE)
"""A whole one may be signed."""
FRAMES = 12
"""The last places of a failure that are named."""

_generation: ContextVar[str] = ContextVar("generation", default="")


@contextmanager
def about(generation_id: str) -> Iterator[None]:
    """What is logged inside, by whomever it is called, is about this generation."""
    before = _generation.set(generation_id)
    try:
        yield
    finally:
        _generation.reset(before)


class OneLine(logging.Formatter):
    """An event in one line."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _plain(record.getMessage()),
            "generation": _generation.get(),
            "failure": _failure(record.exc_info[1]) if record.exc_info and record.exc_info[1] else "",
        }
        if self._form == "json":
            return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)
        known = told["generation"] and told["generation"] not in told["event"]
        generation = f"generation {told['generation']}: " if known else ""
        failure = f" | {told['failure']}" if told["failure"] else ""
        return f"{told['at']} {told['level']} {told['logger']}: {generation}{told['event']}{failure}"


def set_up(form: Form) -> None:
    """Gives this process's log its form; what other libraries say, Streamlit's and DBOS's too, has it as well."""
    line = OneLine(form)
    handler = logging.StreamHandler()
    handler.setFormatter(line)
    root = logging.getLogger()
    root.addHandler(handler)
    logging.getLogger("components").setLevel(logging.INFO)
    # With a handler of any kind it adds none of its own (dbos 3.4, _logger.py), and the root's is used.
    logging.getLogger("dbos").addHandler(logging.NullHandler())
    for name in list(root.manager.loggerDict):
        for own in logging.getLogger(name).handlers:
            own.setFormatter(line)


def _plain(text: str) -> str:
    """One line without links and without what would move a terminal."""
    bare = LINK.sub("(link)", text)
    return "".join(letter if letter.isprintable() else " " for letter in bare).strip()


def _failure(error: BaseException) -> str:
    """Kinds and places, the first cause last. No words: what an error says may quote what it failed on."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    places = " < ".join(f"{_short(each.filename)}:{each.lineno} {each.name}" for each in reversed(frames))
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    whole = f"{type(error).__name__}{_reason(error)}" + (f" at {places}" if places else "")
    return whole + (f"; after {_failure(cause)}" if cause else "")


def _reason(error: BaseException) -> str:
    """The system's own words, which quote nothing but names of ours."""
    if isinstance(error, OSError) and error.strerror and error.errno:
        return f" ({_plain(error.strerror)})"
    return f" ({_plain(str(error))})" if isinstance(error, sqlite3.Error) else ""


def _short(path: str) -> str:
    return "/".join(Path(path).parts[-2:])
