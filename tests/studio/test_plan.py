"""What a request would cost where nobody has a key: nothing, and so no limit keeps it from being made."""

from __future__ import annotations

from decimal import Decimal

import pytest

from components.errors import InvalidRequest
from components.studio import open_studio
from tests.conftest import HUMO


@pytest.fixture
def studio(settings):
    """Its providers are its own sandbox."""
    with open_studio(settings) as running:
        yield running


def test_request_when_the_sandbox_makes_it_then_planned_as_free_and_made_with_nothing_to_spend(studio, voice_wav):
    small = {"audio": studio.add_asset(voice_wav).id, "prompt": "x", "frames": 10, "width": 832, "height": 480}
    planned = studio.generations.plan(HUMO, small)
    assert (planned.side, planned.hindrance, planned.parameters["frames"]) == ("sandbox", None, 10)
    with pytest.raises(InvalidRequest, match="not in the library"):
        studio.generations.plan(HUMO, small | {"audio": "e" * 32})
    assert studio.generations.recent() == []
    made = studio.submit(HUMO, small, most_dollars=Decimal())
    assert studio.wait(made.id, timeout=60).state == "done"
