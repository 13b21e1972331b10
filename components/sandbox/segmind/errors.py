"""Segmind's error answers, word for word where documented. Knows no route and no model.

Source: docs.segmind.com/docs/serverless-api#api-error-codes and .../get-started/authentication#error-responses,
read 2026-11-20 through the notes in github.com/api-evangelist/segmind at 52db65de. Texts that no document
quotes are the sandbox's own.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

NO_KEY = "Missing Authorization or x-api-key in header"
BAD_KEY = "Unauthorized. API key is invalid or may have expired. Please check your API key."
TEXTS = {
    400: "Bad request",
    401: BAD_KEY,
    403: "You do not have access to this model",
    404: "Model not found",
    406: "Insufficient credits. Your balance is 0.00 and this call needs 0.10",
    410: "This model has been retired",
    429: "Rate limit exceeded",
    500: "Internal server error",
    502: "Bad gateway",
    504: "Gateway timeout",
}
NOT_ALLOWED = """<!doctype html>
<html lang=en>
<title>405 Method Not Allowed</title>
<h1>Method Not Allowed</h1>
<p>The method is not allowed for the requested URL.</p>
"""


class Answer(Exception):
    """Ends a request with one of the documented errors."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status = status
        super().__init__(text or TEXTS.get(status, f"Error {status}"))

    def response(self) -> Response:
        if self.status == 405:  # the one error that is a page and not JSON
            return HTMLResponse(NOT_ALLOWED, 405)
        headers = {}
        if self.status == 429:  # no Retry-After: the header says when the window ends
            headers["x-rate-limit-reset-at-utc"] = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
        return JSONResponse({"error": str(self)}, self.status, headers)


async def from_answer(_: Request, error: Exception) -> Response:
    assert isinstance(error, Answer)  # noqa: S101  # registered for this class only
    return error.response()


async def from_http(_: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 in Segmind's dress."""
    return Answer(getattr(error, "status_code", 500), "Not found").response()


def check_key(request: Request) -> None:
    """Any key but `invalid` is good; a bearer token is no key here, whatever some pages say.

    Raises:
        Answer: 401.
    """
    key = request.headers.get("x-api-key", "").strip()
    if not key and "authorization" not in request.headers:
        raise Answer(401, NO_KEY)
    if not key or key == "invalid":
        raise Answer(401, BAD_KEY)


def check_content_type(request: Request) -> None:
    """Segmind's 406 that is so easily taken for a lack of credits.

    Raises:
        Answer: 406.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Answer(406, "Invalid content type")
