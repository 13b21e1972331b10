"""`make test-pythons`: finds the Pythons that are here, and says so of those that are not."""

from __future__ import annotations

import sys

from tests import pythons

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


def test_python_when_it_is_here_then_it_is_found():
    assert pythons.version_of(pythons.find_python(HERE)) == HERE


def test_python_when_a_name_on_the_path_stands_for_nothing_then_it_is_passed_over(tmp_path, monkeypatch):
    stub = tmp_path / "python3.97"
    stub.write_text("#!/bin/sh\necho 'no such version' >&2\nexit 127\n")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert str(stub) in pythons.candidates("3.97")
    assert pythons.find_python("3.97") is None


def test_pythons_when_one_is_missing_then_a_sentence_says_so_and_nothing_fails(monkeypatch, capsys):
    monkeypatch.setattr(pythons, "VERSIONS", ("3.97",))
    assert pythons.main([]) == 0
    assert "Python 3.97: skipped: this machine has no such Python" in capsys.readouterr().out


def test_pythons_when_the_tests_fail_on_one_then_all_is_a_failure_and_the_rest_still_runs(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(pythons, "VERSIONS", ("3.11", "3.12"))
    monkeypatch.setattr(
        pythons,
        "run_on",
        lambda version, _: asked.append(version) or ("FAILED: 1" if version == "3.11" else "passed"),
    )
    assert pythons.main([]) == 1
    assert asked == ["3.11", "3.12"]
    assert "Python 3.12: passed" in capsys.readouterr().out
