"""Speaks Segmind: v2 submits and polls, v1 answers with the video itself. No loop, no wait, no disk.

Sources, all read 2026-11-20: docs.segmind.com/docs/serverless-api/async-inference and /api-reference (v2,
status words, FAILED as HTTP 422, error bodies), PyPI `segmind` 1.3.0 (uploads, history), published clients of
/v1/hunyuan-video and /v1/bytedance-humo (raw bytes), docs.segmind.com on 406.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from pydantic import SecretStr

from components.catalog.spec import ModelSpec
from components.errors import OutcomeUnknown
from components.providers import base
from components.providers.base import (
    JSON,
    Account,
    Body,
    Done,
    Failed,
    Input,
    Operation,
    Provider,
    Result,
    Running,
    Started,
)
from components.providers.declarations import Cheapest, Option, Programs
from components.providers.http import Answer
from components.providers.options import chosen, wire_names
from components.providers.program_text import as_python
from components.providers.refusals import Refusals
from components.providers.segmind import lost
from components.providers.segmind.errors import SEGMIND, of_job
from components.providers.segmind.programs import PROGRAMS
from components.providers.wire import placed
from components.providers.wording import dollars
from components.settings import Settings

API = "https://api.segmind.com"
UPLOAD = "https://workflows-api.segmind.com/upload-asset"
HISTORY = "https://api.spotprod.segmind.com/inference-request/request-history"

API_VERSION = Option("SEGMIND_API", ("v2", "v1"))
"""`v2` submits and polls, `v1` waits for the video in one long answer."""
VIDEO_NAMES = ("output", "video_url", "video", "url")
"""Under which Segmind's models name their videos, the likeliest first."""
BLOCKING_READ = 900.0
"""Seconds that a v1 answer may take; published clients use 290, the docs speak of up to 900 for video."""
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
TELLING = (200, 201, 202, 422)
"""HTTP codes under which a status word is about the job; under the others it is about the question."""


class Segmind(Provider):
    """Models hosted by Segmind."""

    refusals: ClassVar[Refusals] = SEGMIND
    hosts: ClassVar[frozenset[str]] = frozenset(urlsplit(url).netloc for url in (API, UPLOAD, HISTORY))
    options: ClassVar[tuple[Option, ...]] = (API_VERSION,)
    history: ClassVar[str] = "https://cloud.segmind.com"
    status_page: ClassVar[str] = "https://status.segmind.com"
    finds: ClassVar[bool] = True
    id_key: ClassVar[str] = "request_id"
    id_label: ClassVar[str] = "Request id"
    programs: ClassVar[Programs] = PROGRAMS
    cheapest: ClassVar[Cheapest] = Cheapest(
        "segmind/humo",
        {"prompt": "A woman speaks to camera.", "frames": 10, "width": 832, "height": 480, "steps": 1},
        {"audio": "voice"},
    )

    @classmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        return {"x-api-key": key["segmind_api_key"]}

    @classmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        return build(spec, parameters, files, wire_names(settings, spec))

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        return {"API": API, "UPLOAD": UPLOAD, "SLUG": spec.slug, "NAMES": as_python(list(VIDEO_NAMES))}

    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        hosted = {name: self._host(given) for name, given in inputs.items()}
        return Body(build(spec, parameters, hosted, wire_names(self.settings, spec)), spec.slug)

    def start(self, body: Body) -> Started | Done:
        if chosen(self.settings, API_VERSION) == "v2":
            answer = self.http.post(f"{API}/v2/{body.slug}", body.json)
            if answer.status < 400 or SEGMIND.meaning(answer).kind != "gone":
                return read_submission(answer)
        # v2 said that it does not have the model, so v1 is a first attempt, not a second one.
        return read_blocking(self.http.post(f"{API}/v1/{body.slug}", body.json, read=BLOCKING_READ))

    def check(self, operation: Operation) -> Running | Done | Failed:
        request_id = _request_id(operation.get("request_id"))
        status = self.http.get(f"{API}/v2/requests/{request_id}/status")
        if status.status == 404:
            return read_history(self.http.get(f"{HISTORY}/{request_id}"))
        found = read_status(status)
        if found is not None:
            return found
        return read_result(self.http.get(f"{API}/v2/requests/{request_id}"))

    @classmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        if not REQUEST_ID.fullmatch(given):
            raise SEGMIND.no_id(cls.id_label)
        return {"request_id": given}

    def find(self, spec: ModelSpec, parameters: JSON, reference: str, sent_at: float) -> Started | None:
        """By what was sent, in the account's history; a file that has an address of its own counts too."""
        names, files = wire_names(self.settings, spec), spec.files()
        hosted = {name for name in files if not str(parameters.get(name) or "").startswith("https://")}
        plain = {name: value for name, value in parameters.items() if name not in hosted}
        places = frozenset(build(spec, dict.fromkeys(hosted, ""), {}, names))

        def read(page: int) -> Answer:
            return self.http.get(f"{HISTORY}?{urlencode(lost.query(spec.slug, sent_at, page))}")

        found = lost.find_request(read, spec.slug, build(spec, plain, {}, names), places, sent_at)
        return Started({"request_id": _request_id(found)}) if found else None

    def account(self) -> Account:
        answer = self.http.get(f"{API}/v1/get-user-credits")
        body = answer.json()
        if answer.status != 200 or not isinstance(body, dict):
            raise SEGMIND.trouble(answer, "untold")
        amounts = [dollars(body.get("credits")), dollars(body.get("free-credits"))]
        known = [amount for amount in amounts if amount is not None]
        return Account(balance=sum(known, Decimal(0)) if known else None)

    def _host(self, given: Input) -> str:
        """An address of Segmind's for the file; base64 in the body where the upload does not work."""
        if isinstance(given, str):
            return given
        try:
            answer = self.http.post(UPLOAD, {"data_urls": [given.data_uri()]})
            if answer.status == 401:
                raise SEGMIND.refusal(answer)
            return read_upload(answer) or given.base64()
        except OutcomeUnknown:
            return given.base64()


def build(spec: ModelSpec, parameters: JSON, hosted: Mapping[str, str], names: Mapping[str, str]) -> JSON:
    """The body of a submission: documented names, with undocumented ones as the settings want them."""
    return placed(spec, {**parameters, **hosted}, names if spec.wire_names_setting else None)


def read_submission(answer: Answer) -> Started | Done:
    """The answer to a v2 submission."""
    if _is_video(answer):
        return read_blocking(answer)
    body = answer.json()
    if answer.status in (200, 201, 202):
        request_id = body.get("request_id") if isinstance(body, dict) else None
        if not isinstance(request_id, str) or not REQUEST_ID.fullmatch(request_id):
            raise SEGMIND.of("no_number")
        return Started({"request_id": request_id})
    raise SEGMIND.refusal(answer)


def read_blocking(answer: Answer) -> Done:
    """The answer to a v1 submission: the video's bytes, or JSON that leads to it. Content decides."""
    cost, reference = dollars(answer.headers.get("x-cost")), answer.headers.get("x-request-id")
    if answer.status == 200 and _is_video(answer):
        return Done((Result(content=answer.content),), cost, reference)
    if answer.status == 200:
        results = find_results(answer.json())
        if not results:
            raise SEGMIND.of("no_video")
        return Done(results, cost, reference)
    raise SEGMIND.refusal(answer)


def read_status(answer: Answer) -> Running | Failed | None:
    """The answer of the status address; None means completed.

    The body decides, not the HTTP code: a failed job travels as 422.
    """
    body = answer.json()
    word = str(body.get("status", "")).upper() if isinstance(body, dict) else ""
    if word == "FAILED" and answer.status in TELLING:
        return Failed(SEGMIND.error(of_job(body.get("error"))))
    if answer.status != 200 or not word:
        raise SEGMIND.trouble(answer)
    return None if word == "COMPLETED" else Running(word)


def read_result(answer: Answer) -> Running | Done | Failed:
    """The answer of the response address, once the status says completed."""
    if _is_video(answer):
        return Done((Result(content=answer.content),))
    found = read_status(answer)
    if found is not None:
        return found
    body = answer.json()
    metrics = body.get("metrics") if isinstance(body.get("metrics"), dict) else {}
    results = find_results(body)
    if not results:
        raise SEGMIND.of("no_video")
    reference = body.get("request_id")
    return Done(results, dollars(metrics.get("cost")), reference if isinstance(reference, str) else None)


def read_history(answer: Answer) -> Running | Done | Failed:
    """The account's history, which still knows a generation after its record has expired (1 hour)."""
    if answer.status == 429 or answer.status >= 500:
        raise SEGMIND.trouble(answer)
    body = answer.json()
    if answer.status != 200 or not isinstance(body, dict):
        raise SEGMIND.of("missing")
    word = str(body.get("status") or body.get("model_status") or "").upper()
    if word == "FAILED":
        return Failed(SEGMIND.of("failed"))
    url = body.get("generation_url")
    if word == "COMPLETED" and isinstance(url, str) and url:
        return Done((Result(url=url),), dollars(body.get("credits_deduction")))
    return Running(word)


def read_upload(answer: Answer) -> str | None:
    """The address of an uploaded file; docs, SDK and clients name it differently. None: no address."""
    body = answer.json()
    if answer.status not in (200, 201):
        return None
    if isinstance(body, dict):
        body = body.get("file_urls") or body.get("urls") or body.get("url")
    first = body[0] if isinstance(body, list) and body else body
    return first if isinstance(first, str) and first.startswith(("https://", "http://")) else None


def find_results(body: Any) -> tuple[Result, ...]:
    """Videos under any of the names that Segmind's models use."""
    return base.find_results(body, VIDEO_NAMES)


def _is_video(answer: Answer) -> bool:
    known = answer.media_type.startswith("video/") or answer.media_type == "application/octet-stream"
    return answer.status == 200 and (known or answer.content[4:8] == b"ftyp")


def _request_id(value: Any) -> str:
    if not isinstance(value, str) or not REQUEST_ID.fullmatch(value):
        raise SEGMIND.no_operation()
    return value
