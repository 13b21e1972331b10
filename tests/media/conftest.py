"""Fixtures of the media tests."""

from __future__ import annotations

import pytest

from tests.media.making import ASSETS


@pytest.fixture(scope="session")
def portrait() -> bytes:
    return (ASSETS / "sample-portrait.jpg").read_bytes()
