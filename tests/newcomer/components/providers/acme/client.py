"""Speaks Acme: a POST starts a video, its id asks for it. No loop, no wait, no disk.

Source: none, Acme is made up: the smallest provider that keeps every promise of the shared suites.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar

from pydantic import SecretStr

from components.catalog.spec import ModelSpec
from components.providers.acme.errors import ACME
from components.providers.acme.programs import PROGRAMS
from components.providers.base import (
    JSON,
    Account,
    Body,
    Done,
    Failed,
    Input,
    Operation,
    Provider,
    Running,
    Started,
    find_results,
)
from components.providers.declarations import Cheapest, Programs
from components.providers.http import Answer
from components.providers.refusals import Meaning, Refusals
from components.providers.wire import placed
from components.providers.wording import dollars
from components.settings import Settings

HOST = "api.acme.dev"
VIDEO_ID = re.compile(r"[0-9a-f-]{8,36}")
VIDEOS, ME = f"https://{HOST}/videos", f"https://{HOST}/me"


class Acme(Provider):
    """Models hosted by Acme."""

    refusals: ClassVar[Refusals] = ACME
    hosts: ClassVar[frozenset[str]] = frozenset({HOST})
    history: ClassVar[str] = "https://acme.dev/videos"
    id_key: ClassVar[str] = "video"
    id_label: ClassVar[str] = "Video id"
    programs: ClassVar[Programs] = PROGRAMS
    cheapest: ClassVar[Cheapest] = Cheapest("acme/scene", {"prompt": "Rain.", "frames": 5})

    @classmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        return {"X-Acme-Token": key["acme_token"]}

    @classmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        return build(spec, {**parameters, **files})

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        return {"VIDEOS": VIDEOS}

    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        return Body(build(spec, parameters), spec.slug)

    def start(self, body: Body) -> Started:
        answer = self.http.post(VIDEOS, body.json)
        if answer.status != 200:
            raise ACME.refusal(answer)
        return read_submission(answer)

    def check(self, operation: Operation) -> Running | Done | Failed:
        return read_video(self.http.get(f"{VIDEOS}/{operation[self.id_key]}"))

    @classmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        if not VIDEO_ID.fullmatch(given):
            raise ACME.no_id(cls.id_label)
        return {cls.id_key: given}

    def account(self) -> Account:
        answer = self.http.get(ME)
        body = answer.json()
        if answer.status != 200 or not isinstance(body, dict):
            raise ACME.trouble(answer, "untold")
        return Account(dollars(body.get("dollars")))


def build(spec: ModelSpec, parameters: JSON) -> JSON:
    """The body of a submission."""
    return {"model": spec.slug} | placed(spec, parameters)


def read_submission(answer: Answer) -> Started:
    """The answer to a submission that was taken."""
    body = answer.json()
    named = body.get("id") if isinstance(body, dict) else None
    if not isinstance(named, str) or not VIDEO_ID.fullmatch(named):
        raise ACME.of("no_number")
    return Started({Acme.id_key: named})


def read_video(answer: Answer) -> Running | Done | Failed:
    """The answer to a question."""
    body = answer.json()
    if answer.status == 404:
        raise ACME.of("missing")
    if answer.status != 200 or not isinstance(body, dict):
        raise ACME.trouble(answer)
    if body.get("state") == "failed":
        return Failed(ACME.error(Meaning("failed", str(body.get("message", "")))))
    if body.get("state") != "done":
        return Running(str(body.get("state", "")))
    results = find_results(body, ("url",))
    if not results:
        raise ACME.of("no_video")
    return Done(results)
