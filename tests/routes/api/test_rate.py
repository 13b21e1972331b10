"""The window slides: what is older than it does not count, and what was refused never does."""

from __future__ import annotations

import pytest

from components.errors import TooManyRequests
from components.routes.api.rate import Rate


def test_rate_when_the_window_has_slid_then_one_more_for_each_that_left_it():
    now = [0.0]
    rate = Rate(2, 10.0, lambda: now[0])
    for now[0] in (0.0, 4.0):
        rate.count("a")
    for now[0] in (5.0, 9.0):
        with pytest.raises(TooManyRequests) as refused:
            rate.count("a")
        assert refused.value.retry_after == 10.0 - now[0]
    rate.count("b")
    now[0] = 10.0
    rate.count("a")
    with pytest.raises(TooManyRequests):
        rate.count("a")
