"""Reads what programs send: JSON up to a size, a query, a header. It gives a shape, or says what is wrong."""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import ClientDisconnect, Request

from components.errors import FileTooLarge, InvalidRequest, NotUnderstood

S = TypeVar("S", bound=BaseModel)
MOST_JSON = 4 * 1024**2
"""Room for a table of 2,000 people."""
KEY = re.compile(r"[!-~]([ -~]{0,126}[!-~])?")
KEY_HEADER = "Idempotency-Key"


async def read_json(request: Request, shape: type[S]) -> S:
    """The body as a shape.

    Raises:
        NotUnderstood: it is no JSON, or not of this shape.
        FileTooLarge: it is larger than MOST_JSON.
    """
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > MOST_JSON:
                raise FileTooLarge(
                    f"The request is larger than {MOST_JSON // 1024**2} MB.", "Send files to /api/v1/assets."
                )
    except ClientDisconnect:
        raise NotUnderstood("The request broke off.", "Nothing was sent.") from None
    try:
        return shape.model_validate_json(bytes(body))
    except ValidationError as wrong:
        raise NotUnderstood(
            f"The body is not what this address takes: {_where(wrong)}.", "Nothing was sent."
        ) from None


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
