"""The browser's modules as files: small, one job each, and importing only what is there."""

import re

from components import scripts
from components.ui.browser import LOADER

MODULES = [
    path for folder in scripts.FOLDERS.values() for path in folder.iterdir() if path.suffix in scripts.TYPES
]


def test_inline_script_when_sent_with_every_run_then_it_is_small():
    assert len(LOADER.read_bytes()) < 1500


def test_modules_when_one_imports_another_then_that_one_is_there_and_served():
    imports = [(path, name) for path in MODULES for name in re.findall(r'from "(\..*)"', path.read_text("utf-8"))]
    assert imports
    for path, name in imports:
        assert (path.parent / name).resolve() in {module.resolve() for module in MODULES}, f"{path.name}: {name}"


def test_modules_when_measured_then_none_has_300_lines_and_each_says_what_it_is_for():
    assert [path.name for path in MODULES if path.read_text("utf-8").count("\n") >= 300] == []
    assert [path.name for path in MODULES if not path.read_text("utf-8").startswith(("//", "/*"))] == []
