"""BHuman's page, opened."""

from __future__ import annotations

import pytest

from components.studio import Studio
from tests.ui.screen import Screen


@pytest.fixture
def screen(studio: Studio) -> Screen:
    return Screen().open("bhuman")
