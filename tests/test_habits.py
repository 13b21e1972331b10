"""What the files around the code promise: hooks and workflow call targets that exist, each Python has its run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.pythons import VERSIONS

ROOT = Path(__file__).resolve().parents[1]
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def read_yaml(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text("utf-8"))


def hooks() -> list[dict]:
    return [hook for repo in read_yaml(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]


def test_hooks_when_called_then_each_is_a_target_and_together_they_are_the_whole_check():
    called = [hook["entry"] for hook in hooks()]
    assert [entry for entry in called if entry.removeprefix("make ") not in TARGETS] == []
    check = re.search(r"^check: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {entry.removeprefix("make ") for entry in called} == set(check[1].split())


def test_workflow_when_run_then_it_calls_what_ci_runs_and_every_promised_python():
    jobs = read_yaml(".github/workflows/ci.yml")["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert commands == ["bash .ci/run", "make fast"]
    assert jobs["pythons"]["strategy"]["matrix"]["python"] == list(VERSIONS)


@pytest.mark.parametrize("name", [".ci/run", "README.md"])
def test_targets_when_named_in_a_file_then_they_exist(name):
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
    assert named - TARGETS == set()
    assert named
