"""The door itself, by reading its sources: no method of a subject only hands on what it was given."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from components import studio

FILES = sorted(Path(studio.__file__).parent.glob("*.py"))
FORWARDING = """
class Door:
    def get(self, one, *, limit=5):
        "Words."
        return self._rows.get(one, limit=limit)
"""


def forwarding(source: str) -> list[str]:
    """Methods whose whole body is one call of a neighbour's method with exactly their own arguments."""
    methods = [
        (one.name, each)
        for one in ast.parse(source).body
        if isinstance(one, ast.ClassDef)
        for each in one.body
        if isinstance(each, ast.FunctionDef)
    ]
    return [f"{owner}.{method.name}" for owner, method in methods if _forwards(method)]


def _forwards(method: ast.FunctionDef) -> bool:
    body = [one for one in method.body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]
    call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Return | ast.Expr) else None
    if not isinstance(call, ast.Call) or not ast.unparse(call.func).startswith("self.") or _own(call.func):
        return False
    positional = [ast.unparse(one).lstrip("*") for one in call.args]
    named = {each.arg: ast.unparse(each.value) for each in call.keywords}
    if any(name != value for name, value in named.items()):
        return False
    parameters = method.args
    own = [*parameters.args[1:], *parameters.kwonlyargs, *filter(None, [parameters.vararg])]
    return sorted([*positional, *named.values()]) == sorted(one.arg for one in own)


def _own(called: ast.expr) -> bool:
    """Whether it is a method of the same class."""
    return ast.unparse(called).count(".") < 2


def test_search_when_a_method_forwards_then_it_is_found():
    assert forwarding(FORWARDING) == ["Door.get"]
    assert forwarding(FORWARDING.replace("limit=limit", "limit=limit + 1")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_subject_when_read_then_no_method_only_forwards(path):
    assert forwarding(path.read_text("utf-8")) == []


def test_studio_when_read_then_it_has_subjects_and_no_method():
    assert [name for name in vars(studio.Studio) if not name.startswith("__")] == []
