"""The locks hold what the requirements ask for, on every Python and system promised, and name no machine."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"requirements.txt": "requirements.lock", "requirements-dev.txt": "tests/requirements.lock"}
AGAIN = "run `make lock`: the requirements and the lock contradict each other"
PLACES = [
    {
        "python_version": version,
        "python_full_version": f"{version}.0",
        "sys_platform": system,
        "platform_machine": chip,
    }
    for version in ("3.11", "3.12", "3.13", "3.14")
    for system, chip in (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "x86_64"), ("darwin", "arm64"))
]


@cache
def asked(name: str) -> list[Requirement]:
    """What a requirements file asks for, with the file that it includes."""
    found = []
    for line in (ROOT / name).read_text("utf-8").splitlines():
        wish = line.split("#")[0].strip()
        if wish.startswith("-r "):
            found += asked(wish.removeprefix("-r ").strip())
        elif wish:
            found.append(Requirement(wish))
    return found


@cache
def locked(name: str) -> list[Requirement]:
    """The entries of a lock, each with its marker; every one must carry a hash."""
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    return [Requirement(entry.split("--hash")[0].strip()) for entry in entries]


def versions(name: str, place: dict[str, str]) -> dict[str, set[str]]:
    """What a lock installs at a place."""
    found: dict[str, set[str]] = {}
    for entry in locked(name):
        if entry.marker is None or entry.marker.evaluate(place):
            (pin,) = entry.specifier
            assert pin.operator == "=="
            found.setdefault(canonicalize_name(entry.name), set()).add(pin.version)
    return found


@pytest.mark.parametrize(("requirements", "lock"), LOCKS.items())
@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(place.values()))
def test_lock_when_read_for_a_place_then_it_has_one_fitting_version_of_all_that_is_asked_for(
    requirements, lock, place
):
    here = versions(lock, place)
    assert {name: found for name, found in here.items() if len(found) > 1} == {}
    wrong = [
        str(wish)
        for wish in asked(requirements)
        if (wish.marker is None or wish.marker.evaluate(place))
        and not any(wish.specifier.contains(version) for version in here.get(canonicalize_name(wish.name), ()))
    ]
    assert wrong == [], AGAIN


@pytest.mark.parametrize("place", PLACES, ids=lambda place: "-".join(place.values()))
def test_lock_when_compared_with_the_tests_own_then_the_studio_runs_on_what_was_tested(place):
    tested = versions("tests/requirements.lock", place)
    assert {
        name: found for name, found in versions("requirements.lock", place).items() if tested.get(name) != found
    } == {}


@pytest.mark.parametrize("lock", LOCKS.values())
def test_lock_when_searched_then_it_names_no_registry_and_no_folder(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert re.findall(r"\w+://\S*|^-.*|(?<!\w)/\w+/\S*", text, re.MULTILINE) == []
