"""Speaks HTTP to a studio's `/api/v1`: one session, the token, the studio's own errors in place of statuses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import IO, Any, TypeVar

import requests
from pydantic import BaseModel, ValidationError
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.util.retry import Retry

from components import errors
from components.client.shapes import Refused
from components.errors import (
    AudioTooLong,
    InvalidRequest,
    NotConfigured,
    StudioError,
    StudioUnreachable,
    TooManyRequests,
)

S = TypeVar("S", bound=BaseModel)
BASE = "/api/v1"
TIMEOUT = (10.0, 90.0)
"""Seconds to connect, and to wait for an answer; the longest wait that can be asked for is 60."""
TRIES = 4
"""After a broken connection. Nothing here does more when it is sent twice: a submission has its key."""
KINDS = {
    kind.code: kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, StudioError)
}
Given = bytes | IO[bytes] | None


class _Token(AuthBase):
    """Said by hand: a `.netrc` of the person's would go before a plain header."""

    def __init__(self, words: str) -> None:
        self._words = words

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._words}"
        return request


class Transport:
    """One connection to one studio; safe to use from any thread as far as `requests` is."""

    def __init__(self, url: str, token: str) -> None:
        if not url.startswith(("http://", "https://")):
            raise NotConfigured("The studio's address must begin with http:// or https://.", "Correct it.")
        self._base, self._auth, self._session = url.rstrip("/") + BASE, _Token(token), requests.Session()
        # Connections only: an answer that refuses is an answer, also where it says when to come again.
        retry = Retry(
            TRIES,
            redirect=0,
            status=0,
            other=0,
            allowed_methods=None,
            backoff_factor=0.3,
            respect_retry_after_header=False,
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def close(self) -> None:
        self._session.close()

    def get(self, shape: type[S], path: str, **query: object) -> S:
        """What lies at an address."""
        with self._answer("GET", path, query) as response:
            return _read(shape, response)

    def post(
        self,
        shape: type[S],
        path: str,
        body: Given = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, object] | None = None,
    ) -> S:
        """What becomes of something that is sent."""
        with self._answer("POST", path, query or {}, body, headers) as response:
            return _read(shape, response)

    @contextmanager
    def stream(self, path: str) -> Iterator[requests.Response]:
        """A file, to be read piece by piece."""
        with self._answer("GET", path, {}) as response:
            yield response

    @contextmanager
    def _answer(
        self,
        method: str,
        path: str,
        query: Mapping[str, object],
        body: Given = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[requests.Response]:
        given: dict[str, Any] = {name: value for name, value in query.items() if value is not None}
        try:
            with self._session.request(
                method,
                self._base + path,
                params=given,
                data=body,
                headers=dict(headers or {}),
                auth=self._auth,
                timeout=TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as response:
                if response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
                    raise refused(response)
                yield response
        except requests.RequestException:
            # Its words name the address, and what is in it.
            raise StudioUnreachable(
                "The studio did not answer.",
                "See whether it runs; to send a request again, use the same key.",
            ) from None


def refused(response: requests.Response) -> StudioError:
    """The error that the studio told, as the studio itself would raise it."""
    try:
        told = Refused.model_validate_json(response.content).error
    except ValidationError:
        return StudioUnreachable(
            f"What answers there is no studio's door for programs (HTTP {response.status_code}).",
            "Give the address at which its pages open.",
        )
    kind = KINDS.get(told.code, StudioError)
    if kind is InvalidRequest:
        return InvalidRequest(told.problems or {"": told.message})
    if kind is AudioTooLong:
        return AudioTooLong(told.message, told.hint, seconds=float("nan"))
    error = kind(told.message, told.hint)
    if isinstance(error, TooManyRequests):
        after = response.headers.get("Retry-After", "")
        error.retry_after = float(after) if after.isdigit() else error.retry_after
    return error


def _read(shape: type[S], response: requests.Response) -> S:
    try:
        return shape.model_validate_json(response.content)
    except ValidationError:
        raise StudioUnreachable(
            "The studio's answer cannot be read.", "Its version and this one are too far apart."
        ) from None
