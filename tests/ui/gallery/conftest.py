"""A gallery with videos in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.studio import Studio
from tests.gallery_rows import Shelf


@pytest.fixture
def fill(studio: Studio) -> Callable[..., list[str]]:
    return Shelf(studio.settings.data_dir).fill
