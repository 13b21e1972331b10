"""Acme's error answers in its own shape. Knows no route and no model. Source: none, Acme is made up."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

TEXTS = {
    400: "Bad request",
    401: "Unknown token",
    402: "Out of credits",
    404: "Not found",
    405: "Not found",
    429: "Slow down",
    500: "Something broke",
    502: "Bad gateway",
}


class Answer(Exception):
    """Ends a request with an error."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status = status
        super().__init__(text or TEXTS[status])


async def from_answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, Answer)
    return JSONResponse({"message": str(error)}, error.status)


async def from_http(_: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 in Acme's dress."""
    status = getattr(error, "status_code", 500)
    return JSONResponse({"message": TEXTS.get(status, "")}, status)


def check_token(request: Request) -> None:
    """Any token but `invalid` is a good one.

    Raises:
        Answer: 401.
    """
    if request.headers.get("x-acme-token", "invalid") == "invalid":
        raise Answer(401)
