"""What BHuman's documents promise; sources: the head of components/providers/bhuman/errors.py."""

from __future__ import annotations

from tests.providers.promises import NOBODY_KNOWS, REFUSED, Promises, Row

PROMISES = Promises(
    rows=(
        Row(400, "failed", "request_refused", REFUSED),
        Row(401, "failed", "key_refused", REFUSED),
        Row(403, "failed", "access_denied", REFUSED),
        Row(404, "failed", "model_unavailable", REFUSED),
        Row(422, "failed", "request_refused", REFUSED),
        Row(500, "uncertain", "outcome_unknown", NOBODY_KNOWS),
        Row(502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    ),
    no_credits=402,
    tells_balance=False,
    tells_why=False,
)
