"""Pictures that a provider names: what cannot be had is left out, and the page stands."""

from __future__ import annotations

import pytest

MODEL = "bhuman/personalized-video"


@pytest.mark.parametrize("address", ["https://a..b/x.jpg", "https://[x", "http://127.0.0.1:1/x.jpg", "x", ""])
def test_picture_when_its_address_is_impossible_or_unsafe_then_there_is_none(shared, address):
    assert shared.pictures.fetch(address, MODEL) is None
