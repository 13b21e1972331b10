"""Passes: who may listen for changes, for how long, and that they open nothing else."""

from __future__ import annotations

import pytest

from components.errors import NotFound
from components.library.links import PERIOD, Links
from components.library.passes import Pass, Passes


@pytest.fixture
def passes(tmp_path):
    return Passes(tmp_path)


def test_pass_when_issued_then_says_whose_it_is_and_until_when(passes, clock):
    assert passes.check(passes.issue("local")) == Pass("local", clock[0] + 2 * PERIOD)


def test_pass_when_issued_again_soon_then_is_the_same(passes, clock):
    first = passes.issue("local")
    clock[0] += PERIOD - 1
    assert passes.issue("local") == first


@pytest.mark.parametrize("later", [0, PERIOD])
def test_pass_when_fresh_then_lives_at_least_twelve_hours(passes, clock, later):
    token = passes.issue("local")
    clock[0] += later
    assert passes.check(token).owner == "local"


def test_pass_when_its_time_is_over_then_is_refused(passes, clock):
    token = passes.issue("local")
    clock[0] += 2 * PERIOD + 1
    with pytest.raises(NotFound, match="expired"):
        passes.check(token)


@pytest.mark.parametrize("token", ["", "x", "WyJsb2NhbCIsIDFd.forged"])
def test_pass_when_forged_then_is_refused(passes, token):
    with pytest.raises(NotFound, match="not valid"):
        passes.check(token)


def test_pass_when_used_as_a_link_then_opens_no_file_and_a_link_is_no_pass(passes, tmp_path):
    links = Links(tmp_path)
    with pytest.raises(NotFound):
        links.key(passes.issue("local"))
    with pytest.raises(NotFound):
        passes.check(links.token("outputs/a.mp4"))
