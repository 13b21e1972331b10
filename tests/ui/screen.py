"""A page as AppTest sees it, read the way a person reads: words, what stands beside a control, tiles."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from components.catalog import MODELS
from components.settings import ROOT

SHELL = ROOT / "components" / "ui" / "frame" / "shell.py"
SPEC = MODELS["segmind/humo"]
TO_CORRECT = "To correct:"


class Screen:
    """One visitor's browser; keys are a parameter's documented name."""

    def __init__(self) -> None:
        self.at = AppTest.from_file(str(SHELL), default_timeout=90).run()
        self.fine()

    def fine(self) -> Screen:
        assert not self.at.exception, self.at.exception
        return self

    def open(self, page: str) -> Screen:
        self.at.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        return self.fine()

    def again(self) -> Screen:
        self.at.run()
        return self.fine()

    def press(self, name: str) -> Screen:
        self.at.button(key=f"{SPEC.page}:{name}").click().run()
        return self.fine()

    def generate(self) -> Screen:
        return self.press("generate")

    def write(self, words: str) -> Screen:
        self.at.text_area(key=f"{SPEC.page}:prompt").set_value(words).run()
        return self.fine()

    def slide(self, name: str, value: float) -> Screen:
        self.at.slider(key=f"{SPEC.page}:{name}").set_value(value).run()
        return self.fine()

    def choose(self, name: str, value: object) -> Screen:
        self.at.button_group(key=f"{SPEC.page}:{name}").set_value(value).run()
        return self.fine()

    def give(self, name: str, called: str, data: bytes) -> Screen:
        """Uploads a file to the uploader that is there."""
        at = f"{SPEC.page}:{name}:upload:"
        uploader = next(each for each in self.at.file_uploader if (each.key or "").startswith(at))
        uploader.upload(called, data).run()
        return self.fine()

    def asks_for(self, name: str) -> bool:
        """Whether the page still waits for that file."""
        return any((each.key or "").startswith(f"{SPEC.page}:{name}:upload:") for each in self.at.file_uploader)

    def value(self, name: str) -> Any:
        key = f"{SPEC.page}:{name}"
        state = self.at.session_state
        return state[key] if key in state else None  # noqa: SIM401 -- it has no `get`

    def words(self, tab: int | None = None) -> str:
        """All that a person can read on the page, or behind one of its tabs, except inside the player."""
        return " ".join(_words(element) for element in (self.at.main if tab is None else self.at.tabs[tab]))

    def everything(self) -> str:
        """All that was sent to the browser, hidden or not."""
        return "\n".join(str(getattr(element, "proto", "")) for element in (*self.at.main, *self.at.sidebar))

    def beside(self, name: str) -> str:
        """The words between a parameter's last control and the next control."""
        own, found, near = re.compile(rf"{SPEC.page}:{name}(:|$)"), [], False
        for element in self.at.main:
            key = getattr(element, "key", None) or ""
            if own.match(key):
                found, near = [], True
            elif key:
                near = False
            elif near:
                found.append(_words(element))
        return " ".join(found)

    def tiles(self) -> list[dict[str, Any]]:
        """What the player shows, newest first."""
        sent = self.components("screentest_player")
        return sent[0]["tiles"] if sent else []

    def components(self, name: str) -> list[dict[str, Any]]:
        """What the components of that name were given."""
        every = [each.proto for each in self.at.get("bidi_component")]
        return [json.loads(json.loads(each.json)["json"]) for each in every if each.component_name == name]


def _words(element: Element) -> str:
    if element.type == "html":
        body = element.proto.body
        return "" if body.startswith("<style>") else unescape(re.sub(r"<[^>]+>", " ", body))
    said = getattr(element, "label", None), getattr(element, "value", None)
    return " ".join(each for each in said if isinstance(each, str))
