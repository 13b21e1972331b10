"""CONTRIBUTING.md is true: its steps are done in a copy of the tree, and nothing else has to change."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_house import ROOT, tracked

GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
MODEL = '''"""A model that somebody adds."""

from __future__ import annotations

from components.catalog.models.omnihuman_aimlapi import OmniHumanAimlapiRequest
from components.catalog.spec import ModelSpec, PictureLimits, Price, VoiceLimits

SPEC = ModelSpec(
    id="aimlapi/newcomer",
    slug="somebody/newcomer",
    name="Newcomer",
    maker="Somebody",
    provider="aimlapi",
    provider_name="AI/ML API",
    page="newcomer",
    wish="Make a portrait speak",
    title="Make a portrait speak anew",
    pitch="A portrait that says every word.",
    request=OmniHumanAimlapiRequest,
    fps=None,
    price=Price(None, "a page, 2026-11-25"),
    typical_seconds=None,
    resolutions=(),
    durations=(),
    needs="a portrait and a voice",
    example={},
    links={},
    voice=VoiceLimits(60.0),
    picture=PictureLimits(),
    address_only=("audio_url",),
)
'''
PAGE = '"""Newcomer."""\n\nfrom components.ui.create.page import model_page\n\nmodel_page("aimlapi/newcomer")\n'
WHAT_HOLDS_FOR_ALL = (
    "tests/catalog",
    "tests/ui/home",
    "tests/test_names_of_models.py",
    "tests/providers/test_wire.py",
)


NEWCOMER = ROOT / "tests" / "newcomer"
"""A whole provider with one model and its page, in the places that the guide names."""
SHARED_SUITES = (
    "tests/contract/test_contract.py",
    "tests/contract/test_matrix.py",
    "tests/providers/test_declarations.py",
    "tests/providers/test_options.py",
    "tests/providers/test_programs.py",
    "tests/providers/test_refusals.py",
    "tests/test_live.py",
)


def python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in tracked():
        target = tmp_path / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return tmp_path


def test_model_when_added_as_the_guide_says_then_no_other_file_changes_and_no_test_fails(copy):
    (copy / "components/catalog/models/newcomer.py").write_text(MODEL, "utf-8")
    (copy / "pages/newcomer.py").write_text(PAGE, "utf-8")
    assert python(copy, "-m", "docs.generate").returncode == 0
    tests = python(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", *WHAT_HOLDS_FOR_ALL)
    assert tests.returncode == 0, tests.stdout[-3000:]
    assert "## " in (copy / "docs/models.md").read_text("utf-8")
    assert "Newcomer" in (copy / "docs/models.md").read_text("utf-8")


def test_page_when_added_as_the_guide_says_then_it_has_its_address(copy):
    (copy / "pages/hello.py").write_text('"""Hello."""\n\nimport streamlit as st\n\nst.title("Hello")\n', "utf-8")
    places = copy / "components/ui/frame/places.py"
    text = places.read_text("utf-8")
    entry = '"Watch": [\n        HELLO := Place("hello", "Hello", "bolt"),'
    places.write_text(text.replace('"Watch": [', entry), "utf-8")
    asked = "from components.ui.frame.places import ADDRESSES; print(ADDRESSES['hello'].title)"
    assert python(copy, "-c", asked).stdout.strip() == "Hello"


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.suffix == ".py"}


def insert(path: Path, after: str, line: str) -> None:
    text = path.read_text("utf-8")
    assert after in text
    path.write_text(text.replace(after, f"{after}{line}\n", 1), "utf-8")


@pytest.fixture
def newcomer(copy: Path) -> Path:
    """The copy with a provider added as the guide says."""
    for name in files_of(NEWCOMER):
        assert not (copy / name).exists(), f"{name} would be changed, not added"
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(NEWCOMER / name, copy / name)
    insert(copy / ".streamlit/secrets.example.toml", "the settings page.\n", '# acme_token = "..."')
    insert(
        copy / "README.md",
        "| variable | default | meaning |\n|---|---|---|\n",
        "| `ACME_TOKEN` | none | Acme's key |",
    )
    assert python(copy, "-m", "docs.generate").returncode == 0
    return copy


def test_provider_when_its_files_are_listed_then_the_guide_names_each_of_their_places():
    guide = GUIDE.split("## Add a provider")[1].split("\n## ")[0]
    named = [place.replace("<name>", "acme") for place in re.findall(r"`([\w<>/]+/(?:[\w<>]+\.py)?)`", guide)]
    model = {"components/catalog/models/acme_scene.py", "pages/acme_scene.py"}
    packages = {"tests/providers/acme/__init__.py"}
    others = files_of(NEWCOMER) - model - packages
    assert [name for name in sorted(others) if not any(name.startswith(place) for place in named)] == []
    assert all(any(name.startswith(place) for name in others) for place in named if "acme" in place)


def test_provider_when_added_as_the_guide_says_then_the_shared_suites_find_it_and_no_test_fails(newcomer):
    suites = (*SHARED_SUITES, "tests/catalog/test_catalog.py", "tests/providers/test_wire.py")
    tests = python(newcomer, "-m", "pytest", "-v", "-p", "no:cacheprovider", *suites, "-k", "acme or test_wire")
    assert tests.returncode == 0, tests.stdout[-3000:]
    assert [suite for suite in suites if f"{suite}::" not in tests.stdout] == []


def test_provider_when_looked_at_then_its_folders_have_the_files_that_the_guide_names():
    named = re.findall(r"`(\w+\.py)`", GUIDE.split("## Add a provider")[1].split("2. ")[0])
    for folder in (path for path in (ROOT / "components/providers").iterdir() if (path / "__init__.py").is_file()):
        assert {path.name for path in folder.glob("*.py")} >= set(named), folder.name
        assert (ROOT / "components/sandbox" / folder.name / "__init__.py").is_file()
