"""What Runware's documents promise; sources: the head of components/providers/runware/errors.py."""

from __future__ import annotations

from tests.providers.promises import FREE_AGAIN, NOBODY_KNOWS, REFUSED, Promises, Row

PROMISES = Promises(
    rows=(
        Row(400, "failed", "request_refused", REFUSED),
        Row(401, "failed", "key_refused", REFUSED),
        Row(402, "failed", "out_of_credits", REFUSED),
        Row(403, "failed", "access_denied", REFUSED),
        Row(404, "failed", "model_unavailable", REFUSED),
        Row(429, "done", "rate_limited", FREE_AGAIN),
        Row(500, "uncertain", "outcome_unknown", NOBODY_KNOWS),
        Row(503, "done", "rate_limited", FREE_AGAIN),
        Row(504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    ),
    no_credits=402,
)
