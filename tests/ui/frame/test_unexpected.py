"""A page that fails as nobody foresaw: a notice of ours, and a number that leads to the log."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from streamlit import error_util

import app
from components.errors import NotFound
from components.settings import ROOT
from components.studio.generations import Generations
from components.ui.frame import unexpected

SECRET = "a word of the program's own"


@pytest.fixture
def served(monkeypatch):
    """AppTest runs the script without the server's handler, which is handed over here."""
    real = error_util.invoke_script_error_handler
    monkeypatch.setattr(error_util, "invoke_script_error_handler", lambda error, _: real(error, unexpected.show))


def test_server_when_made_then_it_has_the_handler():
    assert app.app._on_script_error is unexpected.show


@pytest.mark.parametrize("page", ["humo", "activity"])
def test_page_when_it_fails_then_a_notice_with_a_number_that_is_in_the_log(
    home, served, monkeypatch, caplog, page
):
    def fail(*_, **__):
        raise RuntimeError(SECRET)

    with monkeypatch.context() as patch:
        patch.setattr(Generations, "any_under_way", fail)
        patch.setattr(Generations, "recent", fail)
        home.at.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert not home.at.exception
    [told] = home.at.error
    number = re.search(r"number ([0-9A-F]{6})", told.value)[1]
    assert SECRET not in told.value
    assert f"unexpected failure {number}" in caplog.text
    assert SECRET in caplog.text


def test_page_when_the_failure_is_a_sentence_of_ours_then_that_is_shown(home, served, monkeypatch):
    def fail(*_, **__):
        raise NotFound("There is no such video.", "Look in the gallery.")

    monkeypatch.setattr(Generations, "any_under_way", fail)
    home.at.switch_page(str(ROOT / "pages" / "activity.py")).run()
    assert "There is no such video" in home.at.error[0].value


def test_generate_when_the_disk_is_full_then_a_notice_and_nothing_is_kept(humo, studio, monkeypatch):
    def full(*_, **__):
        raise sa.exc.OperationalError("INSERT", {}, Exception("database or disk is full"))

    humo.press("example")
    monkeypatch.setattr(type(studio.generations._runtime), "enqueue", full)
    humo.generate()
    assert "nothing was sent" in humo.at.error[0].value
    assert studio.generations.recent() == []
