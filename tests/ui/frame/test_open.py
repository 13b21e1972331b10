"""A studio that others can reach says so on every page."""

from __future__ import annotations

import pytest
import streamlit as st

from tests.ui.screen import Screen

WARNING = "Whoever can reach this address can see everything here and spend"


@pytest.mark.parametrize("page", ["home", "humo", "settings"])
@pytest.mark.parametrize(("address", "said"), [("127.0.0.1", False), ("0.0.0.0", True), (None, True)])
def test_page_when_others_can_reach_the_studio_then_says_that_they_can_spend(
    studio, monkeypatch, page, address, said
):
    known = st.get_option
    monkeypatch.setattr(st, "get_option", lambda name: address if name == "server.address" else known(name))
    assert (WARNING in Screen().open(page).words()) is said
