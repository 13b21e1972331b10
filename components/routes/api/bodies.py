"""Reads what programs send: JSON up to a size, a query, a header. It gives a shape, or says what is wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from components.errors import FileTooLarge, InvalidRequest, NotFound, NotUnderstood

S = TypeVar("S", bound=BaseModel)
MOST_JSON = 4 * 1024**2
"""Room for a table of 2,000 people."""
KEY = re.compile(r"[!-~]([ -~]{0,126}[!-~])?")
ID = re.compile(r"[a-z0-9-]{1,40}")
KEY_HEADER = "Idempotency-Key"


async def read_json(request: Request, shape: type[S]) -> S:
    """The body as a shape.

    Raises:
        NotUnderstood: it is no JSON, or not of this shape.
        FileTooLarge: it is larger than MOST_JSON.
    """
    body = bytearray()
    async for chunk in read_parts(request, MOST_JSON, "Send files to /api/v1/assets."):
        body += chunk
    try:
        return shape.model_validate_json(bytes(body))
    except ValidationError as wrong:
        raise NotUnderstood(
            f"The body is not what this address takes: {_where(wrong)}.", "Nothing was sent."
        ) from None


async def read_parts(request: Request, most: int, hint: str) -> AsyncIterator[bytes]:
    """A body as it comes, at most so many bytes of it.

    Raises:
        FileTooLarge: it is larger, or says that it will be.
        NotUnderstood: it broke off.
    """
    size, said = 0, request.headers.get("content-length", "")
    too_large = FileTooLarge(f"This is larger than {most // 1024**2} MB.", hint)
    if said.isascii() and said.isdigit() and int(said[:20]) > most:
        raise too_large
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > most:
                raise too_large
            yield chunk
    except ClientDisconnect:
        raise NotUnderstood("The request broke off.", "Nothing of it was kept.") from None


def read_query(request: Request, shape: type[S]) -> S:
    """The query as a shape.

    Raises:
        InvalidRequest: a value is not one that is taken.
    """
    try:
        return shape.model_validate(dict(request.query_params))
    except ValidationError as wrong:
        raise InvalidRequest(
            {str(each["loc"][0]): f"{each['loc'][0]}: {each['msg']}." for each in wrong.errors()}
        ) from None


def read_id(request: Request) -> str:
    """The id in the address; raises NotFound where it looks like none of ours."""
    given = str(request.path_params["id"])
    if not ID.fullmatch(given):
        raise NotFound("There is nothing of this id.")
    return given


def read_key(request: Request) -> str:
    """Under which key the program sends this request; raises NotUnderstood without a good one."""
    given = request.headers.getlist(KEY_HEADER)
    if len(given) != 1 or not KEY.fullmatch(given[0]):
        raise NotUnderstood(
            f"A request that may cost money needs the header {KEY_HEADER}: 1 to 128 printable letters of ASCII.",
            "Nothing was sent. Choose a new key, e.g. a UUID, for each video, and repeat it only to try again.",
        )
    return given[0]


def _where(wrong: ValidationError) -> str:
    """What is wrong first, without what was sent."""
    first = wrong.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(each)[:40] for each in first["loc"][:3])
    return f"{place}: {first['msg']}" if place else first["msg"]
