"""What Acme's documents would promise; it is made up."""

from __future__ import annotations

from tests.providers.promises import FREE_AGAIN, NOBODY_KNOWS, REFUSED, Promises, Row

PROMISES = Promises(
    rows=(
        Row(400, "failed", "request_refused", REFUSED),
        Row(401, "failed", "key_refused", REFUSED),
        Row(402, "failed", "out_of_credits", REFUSED),
        Row(404, "failed", "model_unavailable", REFUSED),
        Row(429, "done", "rate_limited", FREE_AGAIN),
        Row(500, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    ),
    no_credits=402,
)
