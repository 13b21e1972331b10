"""Writes values into programs: as Python, and as JSON inside a shell's quotes, whatever letters they hold.

What the program finds out by itself (an uploaded file, a new number, a variable) stands in the values as a `Slot`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

ONE_LINE = 100
TOKEN = re.compile(r"@([A-Z]+)@")
APOSTROPHE = "'\"'\"'"
"""An apostrophe inside a text in apostrophes, for a shell."""


class Slot(str):
    """Stands where the program puts in something of its own; a provider's `build` takes it for any text."""

    __slots__ = ("python", "shell")

    python: str
    """The expression."""
    shell: str
    """The variable's name."""

    def __new__(cls, python: str, shell: str) -> Slot:
        slot = super().__new__(cls, shell)
        slot.python, slot.shell = python, shell
        return slot


def as_python(value: Any) -> str:
    """A value as an expression of Python."""
    return _laid_out(value, _python_leaf)


def as_shell(value: Any) -> str:
    """A value as JSON in one shell word, in which only the slots' variables are put in."""
    return f"'{_laid_out(value, _shell_leaf)}'"


def fill(template: str, values: Mapping[str, str]) -> str:
    """Puts texts in place of `@NAME@`, each once: what is put in is not looked at again."""
    filled = TOKEN.sub(lambda token: values[token[1]], template)
    return re.sub(r"\n{4,}", "\n\n\n", filled).strip() + "\n"


def _laid_out(value: Any, leaf: Callable[[Any], str], depth: int = 0) -> str:
    """One line for what is short, else one line an item."""
    if not isinstance(value, dict | list):
        return leaf(value)
    inner = [_laid_out(item, leaf, depth + 1) for item in (value.values() if isinstance(value, dict) else value)]
    if isinstance(value, dict):
        inner = [f"{leaf(name)}: {item}" for name, item in zip(value, inner, strict=True)]
    first, last = "{}" if isinstance(value, dict) else "[]"
    nested = depth == 0 or any(isinstance(item, list) for item in value)
    if not nested and sum(map(len, inner)) < ONE_LINE and not any("\n" in item for item in inner):
        return f"{first}{', '.join(inner)}{last}"
    lines = "".join(f"{'    ' * (depth + 1)}{item},\n" for item in inner).removesuffix(",\n")
    return f"{first}\n{lines}\n{'    ' * depth}{last}" if inner else f"{first}{last}"


def _python_leaf(value: Any) -> str:
    if isinstance(value, Slot):
        return value.python
    return f'"{"".join(map(_python_letter, value))}"' if isinstance(value, str) else repr(value)


def _python_letter(letter: str) -> str:
    """Letters that do not show, and those that turn the writing around, are written out."""
    if letter in '"\\':
        return f"\\{letter}"
    return letter if letter.isprintable() else repr(letter)[1:-1]


def _shell_leaf(value: Any) -> str:
    """An empty variable ends the program: what an upload did not bring must not be paid for."""
    if isinstance(value, Slot):
        return f'"\'"${{{value.shell}:?}}"\'"'
    if not isinstance(value, str):
        return json.dumps(value)
    written = "".join(json.dumps(letter, ensure_ascii=not letter.isprintable())[1:-1] for letter in value)
    return f'"{written}"'.replace("'", APOSTROPHE)
