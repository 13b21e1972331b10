"""The design's promises about the house itself, kept by reading the sources."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted([ROOT / "app.py", *(ROOT / "components").rglob("*.py"), *(ROOT / "pages").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
# In two halves, so that this file does not hold what it looks for.
MACHINE = re.compile("|".join("/" + place for place in ("home/", "root/", "work/", "Users/", "tmp/venv")))
LOOSE_END = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imported(path: Path) -> set[str]:
    """Modules and names that a file imports, as full names."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def tracked() -> list[Path]:
    """Files under version control; without git, the sources and the tests."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return SOURCES + TESTS
    return [path for line in listed.stdout.split("\0") if line and (path := ROOT / line).is_file()]


@pytest.mark.parametrize(
    "entry", ["requirements.txt", "app.py", "pages", "components", "tests", ".streamlit", "assets"]
)
def test_top_level_when_listed_then_the_promised_names_exist(entry):
    assert (ROOT / entry).exists()


def test_files_when_measured_then_none_has_300_lines():
    long = {name(path): lines for path in SOURCES + TESTS if (lines := path.read_text("utf-8").count("\n")) >= 300}
    assert long == {}


def test_functions_when_measured_then_none_has_40_lines():
    # A migration is a record of what once was done to the tables; nobody edits it.
    edited = [path for path in SOURCES + TESTS if "versions" not in path.parts]
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in edited
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 >= 40
    ]
    assert long == []


def test_files_when_opened_then_the_first_sentence_says_what_they_are_for():
    assert [name(path) for path in SOURCES if not (ast.get_docstring(tree(path)) or "").strip()] == []


def test_streamlit_when_imported_then_only_in_app_pages_and_ui():
    guests = [
        name(path)
        for path in SOURCES
        if any(module.split(".")[0] == "streamlit" for module in imported(path))
        and not name(path).startswith(("app.py", "pages/", "components/ui/"))
    ]
    assert guests == []


def test_sleep_when_called_then_only_in_the_engine():
    def sleeps(path: Path) -> bool:
        return "time.sleep" in imported(path) or any(
            isinstance(node, ast.Attribute) and ast.unparse(node) == "time.sleep" for node in ast.walk(tree(path))
        )

    sleepers = [name(path) for path in SOURCES if sleeps(path)]
    assert [path for path in sleepers if not path.startswith("components/engine/")] == []
    assert sleepers, "the search itself must find something"


def test_pages_when_read_then_they_decide_nothing():
    assert [name(path) for path in (ROOT / "pages").glob("*.py") if functions(path)] == []


def test_pages_when_they_import_then_only_from_the_ui():
    # The import rules of pyproject.toml know packages, and `pages` is none.
    names = {f"{name(path)}: {one}" for path in (ROOT / "pages").glob("*.py") for one in imported(path)}
    assert [one for one in sorted(names) if ": components.ui." not in one] == []
    assert names


def test_files_when_searched_then_no_loose_end_is_left():
    assert [name(path) for path in SOURCES + TESTS if LOOSE_END.search(path.read_text("utf-8"))] == []


def test_tracked_files_when_searched_then_no_path_of_a_machine_is_in_them():
    texts = [path for path in tracked() if path.suffix not in (".png", ".jpg", ".mp3", ".wav", ".mp4")]
    assert [name(path) for path in texts if MACHINE.search(path.read_text("utf-8", errors="ignore"))] == []
    assert texts


def test_secrets_when_listed_then_none_is_tracked():
    assert [name(path) for path in tracked() if path.name in ("secrets.toml", ".env")] == []
