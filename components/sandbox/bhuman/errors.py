"""BHuman's refusals and the checks that lead to them. Knows no route, no template and no row.

Sources: www.bhuman.ai/docs/api as read 2026-10-02 (401; 422 for shape, 400 for what has the right shape but
cannot be used); Sirius198/rust-backend-microservices-bhuman on GitHub (the JSON body travels as text/plain).
Texts that no document quotes are the sandbox's own.
"""

from __future__ import annotations

import base64
import binascii
import json
import uuid

from starlette.requests import Request
from starlette.responses import Response

TEXTS = {
    400: "Bad request",
    401: "Unauthorized",
    402: "Insufficient credits. Upgrade your plan to generate more videos",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Insufficient credits. Upgrade your plan to generate more videos",
    429: "Too many requests",
    500: "Internal server error",
}
MOST = 100
"""The largest page."""


class Answer(Exception):
    """Ends a request with an error."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status = status
        super().__init__(text or TEXTS.get(status, f"Error {status}"))

    def response(self) -> Response:
        body = {"code": self.status, "result": {"error": str(self)}}
        return Response(json.dumps(body), self.status, media_type="text/plain")


async def from_answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, Answer)  # noqa: S101  # registered for this class only
    return error.response()


async def from_http(_: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 in BHuman's dress."""
    return Answer(getattr(error, "status_code", 500)).response()


def check_key(request: Request) -> None:
    """Basic authentication with any id and secret but `invalid`.

    Raises:
        Answer: 401.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    try:
        identifier, colon, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Answer(401) from None
    if scheme.lower() != "basic" or not colon or not identifier or not secret or "invalid" in (identifier, secret):
        raise Answer(401)


def query_uuid(request: Request, name: str) -> str | None:
    """A UUID of the query, in lower case, or None where it is not given.

    Raises:
        Answer: 422.
    """
    given = request.query_params.get(name)
    return None if given is None else as_uuid(given, name)


def as_uuid(value: str, name: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        raise Answer(422, f"Failed to deserialize: {name} is not a UUID") from None


def needed(value: str | None, name: str) -> str:
    if value is None:
        raise Answer(422, f"Failed to deserialize: missing field `{name}`")
    return value


def query_page(request: Request, *, required: bool) -> slice:
    """The part of a list that is asked for: `page` from 0, `size` from 1 to 100.

    Raises:
        Answer: 422 where one is missing or no number, 400 where it is out of bounds.
    """
    page, size = (_number(request, name, default, required) for name, default in (("page", 0), ("size", MOST)))
    if page < 0:
        raise Answer(400, "page starts from 0")
    if not 1 <= size <= MOST:
        raise Answer(400, f"size must be between 1 and {MOST}")
    return slice(page * size, (page + 1) * size)


def _number(request: Request, name: str, default: int, required: bool) -> int:
    given = request.query_params.get(name)
    if given is None:
        if required:
            needed(None, name)
        return default
    if not given.lstrip("-").isdecimal() or not given.isascii():
        raise Answer(422, f"Failed to deserialize: {name} is not a number")
    return int(given)
