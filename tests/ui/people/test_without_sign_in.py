"""The page People where nobody signs in."""

from __future__ import annotations

import pytest

from components.settings import Settings
from components.studio import open_studio
from tests.ui.screen import Screen


@pytest.fixture
def studio(tmp_path):
    with open_studio(Settings(data_dir=tmp_path / "data")) as running:
        yield running


def test_page_when_nobody_signs_in_then_says_what_to_set(studio):
    said = Screen().open("people").words()
    assert "Nobody signs in here" in said
    assert "STUDIO_ADMINS" in said
    assert "docs/sign-in.md" in said
    assert "Let in" not in said
