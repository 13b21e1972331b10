"""Speaks AI/ML API: submits a video by POST, asks for it by its id. No loop, no wait, no disk.

Sources: github.com/aimlapi/api-docs (2026-08-21: addresses, statuses, errors, billing, 2,000,000 credits a
dollar); older samples of the same page (`tokens_used`, statuses `waiting` and `active`); the LangChain
client (status `failed`, a `video` that is a list or a text; read 2026-11-20).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import quote, urlsplit

from pydantic import SecretStr

from components.catalog.spec import ModelSpec
from components.errors import NotConfigured
from components.providers.aimlapi.errors import AIMLAPI, of_job
from components.providers.aimlapi.programs import PROGRAMS
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
from components.providers.program_text import as_python
from components.providers.refusals import Refusals
from components.providers.wire import placed
from components.providers.wording import MOST_DOLLARS, dollars
from components.settings import Settings

API = "https://api.aimlapi.com"
VIDEOS = f"{API}/v2/video/generations"
BALANCE, OLD_BALANCE = f"{API}/v2/billing", f"{API}/v1/billing/balance"

GENERATION_ID = re.compile(r"(?!.*://)[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}")
"""As in `9e73...:bytedance/omnihuman`; never an address."""
COMPLETED = ("completed", "complete", "succeeded", "success")
FAILED = ("error", "failed")
TAKEN, TELLING = (200, 201, 202), (400, 422)
"""HTTP codes under which a status word is about the generation; under the second kind only beside its id."""
CREDITS_PER_DOLLAR = Decimal(2_000_000)


class AimlApi(Provider):
    """Models hosted by AI/ML API."""

    refusals: ClassVar[Refusals] = AIMLAPI
    hosts: ClassVar[frozenset[str]] = frozenset({urlsplit(API).netloc})
    history: ClassVar[str] = "https://aimlapi.com/app"
    id_key: ClassVar[str] = "generation_id"
    id_label: ClassVar[str] = "Generation id"
    programs: ClassVar[Programs] = PROGRAMS
    cheapest: ClassVar[Cheapest] = Cheapest(
        "aimlapi/omnihuman",
        files={"image_url": "portrait"},
        asked={"audio_url": "Web address (https://) of a voice; a second is enough, the video is as long: "},
    )

    @classmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        return {"Authorization": SecretStr(f"Bearer {key['aimlapi_api_key'].get_secret_value()}")}

    @classmethod
    def travels_inline(cls, spec: ModelSpec, name: str) -> bool:
        return name not in spec.address_only

    @classmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        return build(spec, parameters, files)

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        return {
            "VIDEOS": VIDEOS,
            "COMPLETED": as_python(list(COMPLETED)),
            "FAILED": as_python(list(FAILED)),
            "COMPLETEDCASE": " | ".join(COMPLETED),
            "FAILEDCASE": " | ".join(FAILED),
        }

    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        return Body(build(spec, parameters, inputs), spec.slug)

    def start(self, body: Body) -> Started:
        return read_submission(self.http.post(VIDEOS, body.json))

    def check(self, operation: Operation) -> Running | Done | Failed:
        generation_id = _generation_id(operation.get("generation_id"))
        # The id's own colon and slash must not be read as parts of the address.
        return read_generation(self.http.get(f"{VIDEOS}?generation_id={quote(generation_id, safe='')}"))

    @classmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        if not _is_id(given):
            raise AIMLAPI.no_id(cls.id_label)
        return {"generation_id": given}

    def account(self) -> Account:
        answer = self.http.get(BALANCE)
        if answer.status in (404, 405, 410):
            answer = self.http.get(OLD_BALANCE)
        return read_account(answer)


def build(spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input]) -> JSON:
    """The body of a submission: a local picture travels inside, a local voice by an address.

    Raises:
        NotConfigured: the voice has no address.
    """
    files = {name: _file(given, by_address=name in spec.address_only) for name, given in inputs.items()}
    return {"model": spec.slug} | placed(spec, {**parameters, **files})


def read_submission(answer: Answer) -> Started:
    """The answer to a submission."""
    body = answer.json()
    if answer.status not in TAKEN:
        raise AIMLAPI.refusal(answer)
    named = (body.get("id") or body.get("generation_id")) if isinstance(body, dict) else None
    if not _is_id(named):
        raise AIMLAPI.of("no_number")
    return Started({"generation_id": named})


def read_generation(answer: Answer) -> Running | Done | Failed:
    """The answer to a question. The body decides; a status word that nobody knows means "still running"."""
    body = answer.json()
    word = body.get("status") if isinstance(body, dict) and _is_about_it(answer.status, body) else None
    if not isinstance(word, str) or not word.strip():
        raise AIMLAPI.of("missing") if answer.status == 404 else AIMLAPI.trouble(answer)
    folded = word.strip().casefold()
    if folded in FAILED:
        return Failed(AIMLAPI.error(of_job(body.get("error"))))
    if folded not in COMPLETED:
        return Running(word)
    results = find_results(body.get("video"), ("url", "video_url"))
    if not results:
        raise AIMLAPI.of("no_video")
    named = body.get("id")
    return Done(results, read_cost(body.get("meta")), named if _is_id(named) else None)


def read_cost(meta: Any) -> Decimal | None:
    """US dollars of `meta.usage`, which counts credits under one of two names; None where it says nothing."""
    usage = meta.get("usage") if isinstance(meta, dict) else None
    if not isinstance(usage, dict):
        return None
    amounts = (_of_credits(usage.get(name)) for name in ("credits_used", "tokens_used"))
    return next((amount for amount in amounts if amount is not None), None)


def read_account(answer: Answer) -> Account:
    """The balance: dollars as `current_balance`, or credits as `balance` in the older shape."""
    body = answer.json()
    if answer.status in (401, 403):
        raise AIMLAPI.refusal(answer)
    if answer.status != 200 or not isinstance(body, dict):
        raise AIMLAPI.trouble(answer, "untold")
    if "current_balance" in body:
        return Account(dollars(body["current_balance"]) if body.get("currency", "USD") == "USD" else None)
    return Account(_of_credits(body.get("balance")))


def _file(given: Input, *, by_address: bool) -> str:
    if isinstance(given, str):
        return given
    if not by_address:
        return given.data_uri()
    address = given.link()
    if address is None:
        raise NotConfigured(
            "AI/ML API fetches the voice from a web address, and it cannot reach the files of this studio.",
            "Set STUDIO_PUBLIC_URL to an address at which it can reach this server, "
            "or paste a web address of the audio.",
        )
    return address


def _generation_id(value: Any) -> str:
    if not isinstance(value, str) or not _is_id(value):
        raise AIMLAPI.no_operation()
    return value


def _is_about_it(status: int, body: JSON) -> bool:
    """Whether an answer speaks of the generation and not of the question."""
    return status in TAKEN or (status in TELLING and _is_id(body.get("id")))


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and GENERATION_ID.fullmatch(value) is not None


def _of_credits(value: Any) -> Decimal | None:
    """Credits in US dollars."""
    amount = dollars(value, MOST_DOLLARS * CREDITS_PER_DOLLAR)
    return None if amount is None else amount / CREDITS_PER_DOLLAR
