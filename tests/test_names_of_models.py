"""Only the catalog, a provider's folder and the sandbox's know what a model calls its parameters, or its name.

Everywhere else a parameter is asked for by its role; a name written there would be true of some models only.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from components.catalog import MODELS, wire_names_settings
from components.providers import PROVIDERS
from tests.test_house import SOURCES, name, tree

OUTSIDE = [
    path
    for path in SOURCES
    if not name(path).startswith(("components/catalog/", "components/providers/", "components/sandbox/", "pages/"))
    and "migrations" not in path.parts
]
KEYED = ("get", "pop", "setdefault")


def strings(path: Path) -> set[str]:
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


def asked_of_parameters(path: Path) -> set[str]:
    """The keys that a file asks a request's parameters for by name."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
            owner, key = node.value, node.slice.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in KEYED:
            owner = node.func.value
            key = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else None
        else:
            continue
        if "parameters" in ast.unparse(owner) and isinstance(key, str):
            found.add(key)
    return found


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_source_when_it_is_outside_then_it_names_no_parameter_of_a_model(path):
    """A plain word such as `voice` also means other things; it counts only where parameters are asked for it."""
    documented = {parameter for spec in MODELS.values() for parameter in spec.parameters()}
    assert not strings(path) & {
        parameter for parameter in documented if not parameter.islower() or "_" in parameter
    }
    assert not asked_of_parameters(path)


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_source_when_it_is_outside_then_it_names_no_model(path):
    named = {spec.id for spec in MODELS.values()} | {spec.slug for spec in MODELS.values()}
    assert not strings(path) & named


def test_search_when_a_file_asks_by_name_then_it_is_found(tmp_path):
    source = tmp_path / "page.py"
    source.write_text('"""Says."""\n\nasked = generation.parameters.get("prompt")\nother = parameters["names"]\n')
    assert asked_of_parameters(source) == {"prompt", "names"}


@pytest.mark.parametrize("path", OUTSIDE, ids=name)
def test_source_when_it_is_outside_then_it_names_no_provider_and_no_setting_of_one(path):
    settings = {key for kind in PROVIDERS.values() for key in kind.key_names}
    settings |= {option.name for kind in PROVIDERS.values() for option in kind.options}
    settings |= wire_names_settings()
    assert not strings(path) & {*PROVIDERS, *settings, *map(str.upper, settings)}
