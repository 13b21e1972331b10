"""What AI/ML API's documents promise; sources: the head of components/providers/aimlapi/errors.py."""

from __future__ import annotations

from tests.providers.promises import FREE_AGAIN, NOBODY_KNOWS, REFUSED, UNBILLED, Promises, Row

PROMISES = Promises(
    rows=(
        Row(400, "failed", "request_refused", REFUSED),
        Row(401, "failed", "key_refused", REFUSED),
        Row(403, "failed", "out_of_credits", REFUSED),
        Row(404, "failed", "model_unavailable", REFUSED),
        Row(429, "done", "rate_limited", FREE_AGAIN),
        Row(500, "failed", "server_failed", UNBILLED),
        Row(502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
        Row(503, "uncertain", "outcome_unknown", NOBODY_KNOWS),
        Row(504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    ),
    no_credits=403,
    failures_free=True,
)
