"""What `/api/v1` answers as JSON: shapes, and errors under the status that fits. Knows no address."""

from __future__ import annotations

import logging
import math

from pydantic import BaseModel
from starlette.responses import Response

from components import errors
from components.client.shapes import Refused, Trouble
from components.errors import InvalidRequest, StudioError, TooManyRequests
from components.studio import told

log = logging.getLogger(__name__)

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
STATUSES: dict[type[StudioError], int] = {
    errors.NotUnderstood: 400,
    errors.TokenRefused: 401,
    # Not 429: what a ceiling refuses, a client must not press on with by itself.
    errors.CeilingReached: 403,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.CannotCancel: 409,
    errors.FileTooLarge: 413,
    errors.InvalidFile: 422,
    errors.InvalidRequest: 422,
    errors.RepeatDiffers: 422,
    errors.UnsafeAddress: 422,
    errors.TooManyRequests: 429,
    errors.NotConfigured: 503,
    errors.StorageTrouble: 503,
    errors.ProviderError: 503,
}
"""The nearest of an error's classes decides."""
UNFORESEEN = StudioError(
    "The studio itself failed on this request.", "Send it again under the same key; that pays for nothing twice."
)


def answer(shape: BaseModel, status: int = 200) -> Response:
    """A shape as JSON."""
    return Response(shape.model_dump_json(), status, HEADERS, "application/json")


def refusal(error: StudioError, *, knows_keys: bool = False) -> Response:
    """An error as it is told: its code and its two sentences.

    Args:
        error: why there is no answer.
        knows_keys: whether whoever asks is told of keys.
    """
    found = next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)
    info = told(error.info(), knows_keys=knows_keys)
    problems = error.problems if isinstance(error, InvalidRequest) else None
    whole = Refused(error=Trouble(**info.model_dump(), problems=problems))
    response = Response(whole.model_dump_json(exclude_none=True), found, HEADERS, "application/json")
    if found == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(math.ceil(error.retry_after))
    return response
