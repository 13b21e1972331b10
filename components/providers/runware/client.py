"""Speaks Runware: one address, arrays of tasks, each task known by a UUID of ours. No loop, no wait, no disk.

Sources, read 2026-11-20: runware.ai/docs/platform (task-polling, media-storage, account-management, errors,
rate-limits), github.com/Runware/runware-typescript 1.6.8, PyPI `runware` 0.5.24, the scope's page of
`bytedance:5@1`. Because the UUID is ours, a submission whose answer was lost can be looked for.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from contextlib import suppress
from typing import ClassVar

from pydantic import SecretStr

from components.catalog.spec import ModelSpec
from components.errors import NotStarted, OutcomeUnknown, ProviderError, ProviderTrouble, TryAgainLater
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
)
from components.providers.declarations import Cheapest, Programs
from components.providers.http import Answer
from components.providers.refusals import Refusals
from components.providers.runware.answers import (
    knows,
    read_archive,
    read_media,
    read_poll,
    read_submission,
)
from components.providers.runware.errors import RUNWARE, problems
from components.providers.runware.programs import NUMBER, PROGRAMS
from components.providers.wire import placed, with_defaults
from components.providers.wording import dollars
from components.settings import Settings

HOST = "api.runware.ai"
API = f"https://{HOST}/v1"
COMMON: JSON = {"deliveryMethod": "async", "outputType": "URL", "includeCost": True}
"""What goes with every request: all models know it, and it is no choice of a person's."""


class Runware(Provider):
    """Models hosted by Runware."""

    refusals: ClassVar[Refusals] = RUNWARE
    hosts: ClassVar[frozenset[str]] = frozenset({HOST})
    history: ClassVar[str] = "https://my.runware.ai"
    status_page: ClassVar[str] = "https://status.runware.ai"
    id_key: ClassVar[str] = "task_uuid"
    chooses_ids: ClassVar[bool] = True
    id_label: ClassVar[str] = "Task UUID"
    finds: ClassVar[bool] = True
    webhook: ClassVar[str] = "webhookURL"
    programs: ClassVar[Programs] = PROGRAMS
    cheapest: ClassVar[Cheapest] = Cheapest(
        "runware/omnihuman-1", {"numberResults": 1}, {"referenceImages": "portrait", "audio": "voice"}
    )

    @classmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        return {"Authorization": SecretStr(f"Bearer {key['runware_api_key'].get_secret_value()}")}

    @classmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        return build(spec, parameters, files, NUMBER)

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        return {
            "API": API,
            "COUNT": str(int(body.get("numberResults", 1))),
            "SUFFIX": {"WEBM": "webm", "MOV": "mov"}.get(body.get("outputFormat", ""), "mp4"),
        }

    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        hosted = {name: self._host(given) for name, given in inputs.items()}
        task = build(spec, parameters, hosted, task_uuid(reference))
        return Body([task], spec.slug, _takes(spec, parameters))

    def start(self, body: Body) -> Started | Done:
        task = body.json[0]
        started = Started(_operation(task["taskUUID"], body.takes))
        try:
            read_submission(self.http.post(API, body.json), task["taskUUID"])
        except TryAgainLater:
            raise  # the same number is sent again, and refused where the first was taken
        except (OutcomeUnknown, NotStarted) as told:
            # The number is ours: one question may tell what the lost answer would have told, or belie a refusal.
            with suppress(ProviderError):
                if self._is_known(task["taskUUID"]) and not (
                    isinstance(told, NotStarted) and self._failed(started)
                ):
                    return started
            raise
        return started

    def check(self, operation: Operation) -> Running | Done | Failed:
        number, count = str(operation.get("task_uuid", "")), _count(operation.get("count"))
        found = read_poll(self._ask("getResponse", number), number, count)
        if found is None:
            found = read_archive(self._ask("getTaskDetails", number), number, count)
        if found is None:
            raise RUNWARE.of("missing")
        return found

    @classmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        try:
            number = str(uuid.UUID(given))
        except ValueError:
            raise RUNWARE.no_id(cls.id_label) from None
        return _operation(number, _takes(spec, parameters))

    def find(self, spec: ModelSpec, parameters: JSON, reference: str, sent_at: float) -> Started | None:
        """By our own UUID, which Runware keeps with the task."""
        number = task_uuid(reference)
        return Started(_operation(number, _takes(spec, parameters))) if self._is_known(number) else None

    def account(self) -> Account:
        answer = self.http.ask(API, [_task("accountManagement", str(uuid.uuid4())) | {"operation": "getDetails"}])
        if answer.status != 200 or problems(answer.json()):
            raise RUNWARE.trouble(answer, "untold")
        body = answer.json()
        data = body.get("data") if isinstance(body, dict) else None
        first = data[0] if isinstance(data, list) and data and isinstance(data[0], dict) else {}
        # Names, members and keys of the account lie beside it and are not looked at.
        return Account(balance=dollars(first.get("balance")))

    def _is_known(self, number: str) -> bool:
        """Whether a task is known there.

        Raises:
            ProviderError: no telling, yet.
        """
        known = knows(self._ask("getResponse", number), number)
        if known is False:
            known = knows(self._ask("getTaskDetails", number), number)
        if known is None:
            raise ProviderTrouble(
                "Runware does not say yet whether it took the request.", "The studio asks again."
            )
        return known

    def _failed(self, started: Started) -> bool:
        """Whether it is known there for its failure alone, as a refused request may be."""
        return isinstance(self.check(started.operation), Failed)

    def _ask(self, kind: str, number: str) -> Answer:
        return self.http.ask(API, [_task(kind, number)])

    def _host(self, given: Input) -> str:
        """What a task may hold: the address that the person gave, or the number of an uploaded file.

        Each attempt has a number of its own: Runware refuses one that it has seen, also where its answer was lost.
        """
        if isinstance(given, str):
            return given
        number = str(uuid.uuid4())
        upload = _task("mediaStorage", number) | {"operation": "upload", "media": given.data_uri()}
        try:
            stored = read_media(self.http.post(API, [upload])) or read_media(self._ask("getResponse", number))
        except OutcomeUnknown:
            stored = None
        if not stored:
            raise ProviderTrouble(
                "Runware has not taken the file yet.", "Nothing was charged; the studio tries again."
            )
        return stored


def build(spec: ModelSpec, parameters: JSON, hosted: Mapping[str, str], number: str) -> JSON:
    """The task of a submission: what the model knows, each where Runware wants it, and nothing else."""
    values = with_defaults(spec, {**parameters, **hosted})
    task = _task("videoInference", number) | {"model": spec.slug} | COMMON | placed(spec, values)
    if "safety" in task:
        task["safety"] = _safety(task["safety"])
    return task


def task_uuid(reference: str) -> str:
    """Our 32 digits as the version 4 UUID that Runware wants."""
    return str(uuid.UUID(hex=reference, version=4))


def _safety(given: JSON) -> JSON:
    """A chosen depth switches the check on; the switch alone leaves the depth to Runware, which takes `fast`."""
    mode, checked = given.get("mode", "none"), bool(given.get("checkContent"))
    if mode == "none" and checked:
        return {"checkContent": True}
    return {"checkContent": checked or mode != "none", "mode": mode}


def _takes(spec: ModelSpec, parameters: JSON) -> int:
    """How many videos a request asks for."""
    return _count(spec.value(parameters, "takes"))


def _task(kind: str, number: str) -> JSON:
    return {"taskType": kind, "taskUUID": number}


def _operation(number: str, count: object) -> Operation:
    return {"task_uuid": number, "count": _count(count)}


def _count(value: object) -> int:
    return value if isinstance(value, int) and value >= 1 else 1
