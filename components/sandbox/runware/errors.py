"""Runware's error answers, in its own shape. Knows no route and no model.

Source: runware.ai/docs/platform/errors and /rate-limits, read 2026-11-20. Texts that no document quotes, and
the code of an unknown task, are the sandbox's own.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

DOCUMENTATION = "https://runware.ai/docs/platform/errors"
REHEARSED = {
    400: ("invalidParameter", "Invalid value for a parameter."),
    401: ("invalidApiKey", "Invalid API key. Get one at https://my.runware.ai/keys"),
    402: ("insufficientCredits", "Insufficient credits. Top up your wallet at https://my.runware.ai/wallet"),
    403: ("forbidden", "This API key may not use the model."),
    404: ("modelNotFound", "The model was not found."),
    429: ("rateLimitExceeded", "The queue is full. Try again later."),
    500: ("internalServerError", "Internal server error."),
    503: ("serviceUnavailable", "The queue is full. Try again later."),
    504: ("gatewayTimeout", "The gateway gave up waiting."),
}


class Problem(Exception):
    """Ends one task with an error."""

    def __init__(self, code: str, message: str, parameter: str = "", *, status: int = 400, kind: str = "") -> None:
        self.code, self.parameter, self.status, self.kind = code, parameter, status, kind
        super().__init__(message)

    def json(self, task: Any = None) -> dict[str, Any]:
        """The error's own object, tied to the task that caused it."""
        about = task if isinstance(task, dict) else {}
        body = {"code": self.code, "message": str(self), "parameter": self.parameter, "type": self.kind}
        body |= {name: about[name] for name in ("taskType", "taskUUID") if isinstance(about.get(name), str)}
        return {name: value for name, value in body.items() if value} | {"documentation": DOCUMENTATION}


def rehearsed(status: int) -> Problem:
    """A documented error on demand."""
    code, message = REHEARSED.get(status, ("internalServerError", f"Error {status}."))
    return Problem(code, message, status=status)


def refused(problem: Problem, task: Any = None) -> Response:
    """The answer to a request that came to nothing."""
    return JSONResponse({"errors": [problem.json(task)]}, problem.status)


async def from_http(_: Request, error: Exception) -> Response:
    """Starlette's own 404 and 405 in Runware's dress."""
    status = getattr(error, "status_code", 500)
    return refused(
        Problem("notFound" if status == 404 else "invalidRequest", "There is no such route.", status=status)
    )
