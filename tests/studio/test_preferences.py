"""Switches: kept by owner, with a default."""

from __future__ import annotations

from components.studio.preferences import Preferences


def test_tagging_when_switched_then_kept_for_this_owner_only(library):
    preferences = Preferences(library, "local")
    assert preferences.tagging
    preferences.tagging = False
    assert not Preferences(library, "local").tagging
    assert Preferences(library, "someone else").tagging
