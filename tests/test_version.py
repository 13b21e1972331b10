"""One version: in the code, at the top of the change log, on the settings page."""

from __future__ import annotations

import re

from components.version import VERSION
from tests.test_house import ROOT, SOURCES, name


def test_version_when_the_change_log_is_read_then_its_newest_is_the_same():
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest[1] == VERSION


def test_version_when_searched_for_then_it_is_written_once():
    holders = [name(path) for path in SOURCES if f'"{VERSION}"' in path.read_text("utf-8")]
    assert holders == ["components/version.py"]
