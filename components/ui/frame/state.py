"""Owns every key of the session state, so that no two pages fight over one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components.catalog.spec import ModelSpec, Role
from components.library.records import Generation
from components.studio import Studio

SAME_PRESS = 2.0
"""Seconds within which a second press with the same values counts as the same press."""


def stand(key: str, value: object) -> None:
    """Puts a widget where the address or the library says.

    Only when it must: a value set here overrules a press that comes while the page is being drawn.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value


_MESSAGE = "frame:message"


def typed(key: str) -> str:
    """What a text field holds."""
    return str(st.session_state.get(key) or "")


def leave_message(sentence: str) -> None:
    """What a press came to, for the run after it: the button may not be drawn again."""
    st.session_state[_MESSAGE] = sentence


def pop_message() -> str:
    """What the last press left to be said; nothing the second time."""
    return str(st.session_state.pop(_MESSAGE, ""))


class Draft:
    """What a person has put into a model's form in this session, by documented name."""

    def __init__(self, spec: ModelSpec) -> None:
        self.spec = spec

    def key(self, name: str) -> str:
        """The session key of a parameter, or of something beside it."""
        return f"{self.spec.page}:{name}"

    def get(self, name: str) -> Any:
        return st.session_state.get(self.key(name))

    def set(self, name: str, value: Any) -> None:
        st.session_state[self.key(name)] = value

    def named(self, role: Role) -> str:
        """The documented name of the parameter in this role; nothing where the model has none."""
        return self.spec.parameter(role) or ""

    def at(self, role: Role) -> Any:
        """What the form says in this role."""
        return self.get(self.named(role))

    def put(self, role: Role, value: Any) -> None:
        self.set(self.named(role), value)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Puts values into the form; call before its widgets are drawn, or from a callback."""
        for name, value in values.items():
            self.set(name, value)

    def begin(self, studio: Studio, values: Mapping[str, Any] | None = None) -> None:
        """Fills the form at the first visit in a session.

        Defaults, then the last request made here, or what was put in since and not sent.

        Args:
            studio: keeps requests and drafts.
            values: what the form begins with where there is neither.
        """
        if self.get("begun"):
            return
        last = studio.generations.recent(self.spec.id, limit=1, first_output=True)
        since = last[0].created_at if last else 0.0
        kept = studio.drafts.find(self.spec.id, since)
        fields = self.spec.request.model_fields
        self.fill({name: field.get_default() for name, field in fields.items() if not field.is_required()})
        given = dict(values or {}) | dict(_asked(last) if kept is None else kept)
        self.fill({name: value for name, value in given.items() if name in fields})
        self.set("kept", self.values())
        self.set("begun", True)

    def keep(self, studio: Studio) -> None:
        """Keeps on the server what changed in the form; call it once the page's controls are drawn."""
        values = self.values()
        if values != self.get("kept"):
            studio.drafts.keep(self.spec.id, values)
            self.set("kept", values)

    def values(self) -> dict[str, Any]:
        """All parameters as the form has them; what was left empty, or goes with what is left out, is left out.

        A text with a default that was emptied on purpose stays: leaving it out would bring the default back.
        """
        fields = self.spec.request.model_fields
        found = {name: self.get(name) for name in fields}
        emptied = {name for name, field in fields.items() if not field.is_required() and field.get_default()}
        given = {n: v for n, v in found.items() if v is not None and (v != "" or n in emptied)}
        return {n: v for n, v in given.items() if self._has_company(n, given)}

    def _has_company(self, name: str, given: Mapping[str, Any]) -> bool:
        """Whether the parameter that it goes with only, if any, is given."""
        role = self.spec.control(name).only_with
        return role is None or self.named(role) in given

    def video_seconds(self) -> float | None:
        """How long the video will be, where the request says so in frames; else None."""
        counted = {name for preset in self.spec.durations for name in preset.values}
        frames = [value for name in counted if (value := self.get(name))]
        return frames[0] / self.spec.fps if frames and self.spec.fps else None

    @property
    def attempted(self) -> bool:
        """Whether Generate was pressed with something to correct: from then on missing things are told."""
        return bool(self.get("attempted"))

    @attempted.setter
    def attempted(self, value: bool) -> None:
        self.set("attempted", value)

    def pressed_again(self, request: Mapping[str, Any] | None = None) -> bool:
        """Whether this press only repeats the last one: a double click, or keys held down, must not pay twice.

        Each repeat starts the wait anew, so that keys held for long stay one press; other values are a new one.
        """
        now, values = time.monotonic(), dict(request or self.values())
        before, at = self.get("press") or (None, 0.0)
        self.set("press", (values, now))
        return values == before and now - at < SAME_PRESS

    def upload_key(self, name: str) -> str:
        """A fresh uploader after each file: Streamlit cannot empty one."""
        return f"{self.key(name)}:upload:{self.get(f'{name}:uploads') or 0}"

    def next_upload(self, name: str) -> None:
        self.set(f"{name}:uploads", (self.get(f"{name}:uploads") or 0) + 1)


def _asked(last: Sequence[Generation]) -> Mapping[str, Any]:
    return last[0].parameters if last else {}
