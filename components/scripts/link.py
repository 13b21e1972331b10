"""Links ES modules and style sheets into one module, at start: no build step, and never older than the files.

It knows the few forms that our modules use (named imports and exports, style sheets as `with { type: "css" }`) and
refuses every other one, so that nothing is linked wrongly in silence. See docs/decisions/017-one-script.md.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path

IMPORT = re.compile(r'^import (?:\{([^}]*)\}|(\w+)) from "(\.[^"]+)"( with \{ type: "css" \})?;\n', re.M)
EXPORT = re.compile(r"^export (const|class|function|async function) (\w+)", re.M)
OTHER = re.compile(r"^(?:import|export|await)\b.*|.*\bimport\.meta\b.*", re.M)
TYPES = re.compile(r"^[ \t]*/\*\*.*?\*/\n", re.M | re.S)
"""Comments that hold types: for the checker, not for the browser."""
HEAD = """\
// The browser's side of Screentest, linked from components/ui/browser at the server's start.
const makeSheet = (text) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
};
"""


class LinkError(Exception):
    """A module says something that cannot be linked; the message names the file and the line."""


def link(root: Path, entries: Mapping[str, str]) -> str:
    """One module that exports each entry, by its name, as an object of what it exports."""
    linked: dict[str, str] = {}
    for path in entries.values():
        _add(root, path, linked, ())
    exports = ", ".join(f"{_identifier(path)} as {name}" for name, path in entries.items())
    return HEAD + "".join(linked.values()) + f"\nexport {{ {exports} }};\n"


def _add(root: Path, path: str, linked: dict[str, str], above: tuple[str, ...]) -> None:
    """Puts a module behind those that it imports."""
    if path in above:
        raise LinkError(f"{path} imports itself, through {' > '.join(above)}.")
    if path in linked:
        return
    if not (root / path).is_file():
        raise LinkError(f"{above[-1] if above else 'An entry'} imports {path}, which is not there.")
    text = (root / path).read_text(encoding="utf-8")
    if path.endswith(".css"):
        linked[path] = f"\nconst {_identifier(path)} = makeSheet({json.dumps(text)});\n"
        return
    for found in IMPORT.finditer(text):
        _add(root, _resolve(path, found[3]), linked, (*above, path))
    linked[path] = _scope(path, text)


def _scope(path: str, text: str) -> str:
    """The module as a function that is called once, so that its names are its own."""
    names = [found[2] for found in EXPORT.finditer(text)]
    body = IMPORT.sub(lambda found: _binding(path, found), TYPES.sub("", text))
    body = EXPORT.sub(r"\1 \2", body)
    if left := OTHER.search(body):
        raise LinkError(f"{path}: no way to link “{left[0].strip()}”.")
    head, foot = f"\n// --- {path}\nconst {_identifier(path)}", f"return {{ {', '.join(names)} }};"
    return f"{head} = (() => {{\n{body}\n{foot}\n}})();\n"


def _binding(path: str, found: re.Match[str]) -> str:
    """An import as a constant."""
    source, is_sheet = _identifier(_resolve(path, found[3])), found[4] is not None
    if (found[2] is not None) != is_sheet:
        raise LinkError(f"{path}: no way to link “{found[0].strip()}”.")
    if is_sheet:
        return f"const {found[2]} = {source};\n"
    names = (name.strip().replace(" as ", ": ") for name in found[1].split(",") if name.strip())
    return f"const {{ {', '.join(names)} }} = {source};\n"


def _resolve(path: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))


def _identifier(path: str) -> str:
    return re.sub(r"\W", "_", path.removesuffix(".js"))
