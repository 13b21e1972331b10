"""The linker: what it links says the same as the modules, and what it cannot link it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from components import scripts
from components.scripts.link import EXPORT, LinkError, link

SOURCES = sorted(scripts.SOURCES.glob("*/*.js"))


def modules(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder


def test_modules_when_linked_then_each_stands_once_behind_what_it_imports(tmp_path):
    one = 'import { two as other } from "./two.js";\nimport { three } from "./three.js";\n'
    root = modules(
        tmp_path,
        one=one + "export const one = other + three;\n",
        two='import { three } from "./three.js";\nexport const two = 1 + three;\n',
        three="/** @type {number} */\nexport const three = 3;\n",
    )
    text = link(root, {"first": "one.js"})
    assert [text.count(f"// --- {name}.js\n") for name in ("three", "two", "one")] == [1, 1, 1]
    assert text.index("--- three.js") < text.index("--- two.js") < text.index("--- one.js")
    assert "const { two: other } = two;" in text
    assert "@type" not in text
    assert text.endswith("\nexport { one as first };\n")


def test_style_sheet_when_imported_then_it_stands_in_the_text(tmp_path):
    (tmp_path / "look.css").write_text('.a::after { content: "\\201C"; }\n', encoding="utf-8")
    one = 'import LOOK from "./look.css" with { type: "css" };\nexport const one = [LOOK];\n'
    root = modules(tmp_path, one=one)
    text = link(root, {"one": "one.js"})
    assert r'makeSheet(".a::after { content: \"\\201C\"; }\n")' in text
    assert "const LOOK = look_css;" in text


@pytest.mark.parametrize(
    "text",
    [
        "export default 1;\n",
        "export let one = 1;\n",
        'export * from "./two.js";\n',
        'import "./two.js";\n',
        'import * as two from "./two.js";\n',
        'import two from "./two.js";\n',
        'import { two } from "two";\n',
        "const here = import.meta.url;\n",
        "await 1;\n",
        'import { gone } from "./gone.js";\n',
        'import { one } from "./one.js";\n',
    ],
)
def test_module_when_it_cannot_be_linked_then_it_is_refused_by_name(tmp_path, text):
    root = modules(tmp_path, one=text, two="export const two = 2;\n")
    with pytest.raises(LinkError, match=r"one\.js"):
        link(root, {"one": "one.js"})


def test_studio_when_linked_then_every_module_and_every_export_is_in_it():
    text = scripts.bundle().decode()
    for path in SOURCES:
        assert f"// --- {path.parent.name}/{path.name}\n" in text
        for found in EXPORT.finditer(path.read_text("utf-8")):
            assert f"\n{found[1]} {found[2]}" in text
    assert all(f"as {name}" in text.splitlines()[-1] for name in scripts.ENTRIES)
    assert "{types" not in text, "types are for the checker"


def test_studio_when_a_file_changes_then_so_does_its_address(monkeypatch):
    before = scripts.address()
    scripts.version.cache_clear()
    monkeypatch.setattr(scripts, "bundle", lambda: b"another")
    assert scripts.address() != before
    scripts.version.cache_clear()
