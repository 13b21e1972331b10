"""AI/ML API's error answers in its own shape. Knows no route and no model.

Source: github.com/aimlapi/api-docs (2026-08-21; the body's five fields, the codes, "Body validation error").
Texts that no document quotes are the sandbox's own.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

BILLING = "https://aimlapi.com/app/billing"
TEXTS = {
    400: "Body validation error: bad request",
    401: "Unauthorized. Invalid API key.",
    403: f"You've run out of credits. Please top up your balance or update your payment method: {BILLING}",
    404: "Not found",
    405: "Method not allowed",
    429: "Too many requests. Please try again later.",
    500: "Internal server error",
    502: "Bad gateway",
    503: "Service unavailable",
    504: "Generation timeout",
}


class Answer(Exception):
    """Ends a request with one of the documented errors."""

    def __init__(self, status: int, text: str = "") -> None:
        self.status = status
        super().__init__(text or TEXTS.get(status, f"Error {status}"))


async def from_answer(request: Request, error: Exception) -> Response:
    assert isinstance(error, Answer)  # noqa: S101  # registered for this class only
    return _body(request, error.status, str(error))


async def from_http(request: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 in AI/ML API's dress."""
    status = getattr(error, "status_code", 500)
    return _body(request, status, TEXTS.get(status, f"Error {status}"))


def invalid(text: str) -> Answer:
    """A body that does not fit."""
    return Answer(400, f"Body validation error: {text.rstrip('.')}")


def check_key(request: Request) -> None:
    """Any bearer token but `invalid` is a good key.

    Raises:
        Answer: 401.
    """
    scheme, _, key = request.headers.get("authorization", "").strip().partition(" ")
    if scheme.lower() != "bearer" or key.strip() in ("", "invalid"):
        raise Answer(401)


def _body(request: Request, status: int, message: str) -> Response:
    # Under the gateway rule the provider's own path is what follows its host, if that was named.
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    body = {
        "message": message,
        "path": path,
        "requestId": str(uuid.uuid4()),
        "statusCode": status,
        "timestamp": at,
    }
    return JSONResponse(body, status)
