"""What Segmind's documents promise; sources: the head of components/providers/segmind/errors.py."""

from __future__ import annotations

from tests.providers.promises import FREE_AGAIN, NOBODY_KNOWS, REFUSED, UNBILLED, Promises, Row

ON_V1 = "v2 does not have the model, which starts nothing; v1 takes it"
NOWHERE = "neither v2 nor v1 has the model"
PROMISES = Promises(
    rows=(
        Row(400, "failed", "request_refused", REFUSED),
        Row(401, "failed", "key_refused", REFUSED),
        Row(403, "failed", "access_denied", REFUSED),
        Row(404, "done", "", ON_V1),
        Row(404, "failed", "model_unavailable", NOWHERE, times=2),
        Row(405, "done", "", ON_V1),
        Row(405, "failed", "model_unavailable", NOWHERE, times=2),
        Row(406, "failed", "out_of_credits", REFUSED),
        Row(410, "done", "", ON_V1),
        Row(410, "failed", "model_unavailable", NOWHERE, times=2),
        Row(422, "failed", "request_refused", REFUSED),
        Row(429, "done", "rate_limited", FREE_AGAIN),
        Row(500, "failed", "server_failed", UNBILLED),
        Row(502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
        Row(504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    ),
    no_credits=406,
    failures_free=True,
)
