"""The browser's modules as files: small, one job each, saying what they are for."""

from components import scripts
from components.ui.browser import LOADER, loader

MODULES = [path for path in scripts.SOURCES.rglob("*") if path.suffix in (".js", ".css")]


def test_inline_script_when_sent_with_every_run_then_it_is_small_and_names_its_part():
    for entry in scripts.ENTRIES:
        text = loader(entry)
        assert len(text) < 1500
        assert f"all.{entry})" in text
        assert scripts.address() in text
        assert "__" not in text
    assert LOADER in MODULES


def test_modules_when_measured_then_none_has_300_lines_and_each_says_what_it_is_for():
    assert MODULES
    assert [path.name for path in MODULES if path.read_text("utf-8").count("\n") >= 300] == []
    assert [path.name for path in MODULES if not path.read_text("utf-8").startswith(("//", "/*"))] == []
