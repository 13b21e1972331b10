"""`make test`: no turn keeps another from running, and a failure is neither lost nor invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import run as runner

GOOD = "def test_good():\n    pass\n"
BAD = "def test_bad():\n    assert 1 == 2, 'one is not two'\n"
SKIPPED = "import pytest\n\n@pytest.mark.skip(reason='not today')\ndef test_later():\n    pass\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # what these turns do without need not be loaded
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n")
    return tmp_path


def turns(*names: str) -> list[runner.Turn]:
    """Turns that take the files of those names."""
    return [runner.with_pytest(name, "-k", name) for name in names]


def test_turns_when_the_first_fails_then_the_next_runs_and_failures_come_last(folder, capfd):
    (folder / "test_one.py").write_text(BAD)
    (folder / "test_two.py").write_text(GOOD + SKIPPED)
    assert runner.run(turns("test_one", "test_two"), [], folder) == 1
    last = capfd.readouterr().out.split("--- all turns ---")[1].split("\n")
    assert last[1] == "FAILED test_one.py::test_bad - AssertionError: one is not two"
    assert last[2].endswith("s  test_one: 0 passed, 1 failed, 0 skipped")
    assert last[3].endswith("s  test_two: 1 passed, 0 failed, 1 skipped")
    assert last[4] == "1 passed, 1 failed, 1 skipped"


def test_turns_when_only_one_has_tests_of_the_part_then_all_is_well(folder, capfd):
    (folder / "test_two.py").write_text(GOOD)
    assert runner.run(turns("test_one", "test_two"), ["test_two.py"], folder) == 0
    assert "test_one: no tests" in capfd.readouterr().out


def test_turns_when_none_has_tests_then_that_is_a_failure(folder):
    (folder / "test_three.py").write_text(GOOD)
    assert runner.run(turns("test_one", "test_two"), [], folder) == pytest.ExitCode.NO_TESTS_COLLECTED


def test_turns_when_one_cannot_even_start_then_it_is_named(folder, capfd):
    (folder / "test_two.py").write_text(GOOD)
    assert runner.run(turns("test_two"), ["no_such_file.py"], folder) == 1
    assert "FAILED the turn 'test_two' ended with code 4" in capfd.readouterr().out


def test_turns_when_a_file_cannot_be_imported_then_it_is_a_failure(folder, capfd):
    (folder / "test_one.py").write_text("import no_such_module\n")
    assert runner.run(turns("test_one"), [], folder) == 1
    assert (
        "FAILED test_one.py::test_one - collection failure" in capfd.readouterr().out.split("--- all turns ---")[1]
    )


def test_turns_when_a_part_is_chosen_then_what_cannot_choose_is_left_out(folder, capfd):
    (folder / "test_two.py").write_text(GOOD)
    other = runner.Turn("another program", ("false",), chooses=False)
    assert runner.run([*turns("test_two"), other], ["test_two.py"], folder) == 0
    assert runner.run([*turns("test_two"), other], [], folder) == 1


def test_turns_when_joined_then_every_test_is_in_exactly_one():
    assert [turn.command[-5:-3] for turn in runner.TURNS if turn.chooses] == [
        ("-m", "not browser"),
        ("-m", "browser and not clock"),
        ("-m", "clock"),
    ]
