"""Listening tokens: who may listen for changes, for how long, and that they open nothing else."""

from __future__ import annotations

import pytest

from components.errors import NotFound
from components.library.links import PERIOD, Links
from components.library.listening import ListeningToken, ListeningTokens
from components.settings import Settings


@pytest.fixture
def tokens(tmp_path):
    return ListeningTokens(Settings(data_dir=tmp_path))


def test_token_when_issued_then_says_whose_it_is_and_until_when(tokens, clock):
    assert tokens.check(tokens.issue("local")) == ListeningToken("local", clock[0] + 2 * PERIOD)


def test_token_when_issued_again_soon_then_is_the_same(tokens, clock):
    first = tokens.issue("local")
    clock[0] += PERIOD - 1
    assert tokens.issue("local") == first


@pytest.mark.parametrize("later", [0, PERIOD])
def test_token_when_fresh_then_lives_at_least_twelve_hours(tokens, clock, later):
    token = tokens.issue("local")
    clock[0] += later
    assert tokens.check(token).owner == "local"


def test_token_when_its_time_is_over_then_is_refused(tokens, clock):
    token = tokens.issue("local")
    clock[0] += 2 * PERIOD + 1
    with pytest.raises(NotFound, match="expired"):
        tokens.check(token)


@pytest.mark.parametrize("token", ["", "x", "WyJsb2NhbCIsIDFd.forged"])
def test_token_when_forged_then_is_refused(tokens, token):
    with pytest.raises(NotFound, match="not valid"):
        tokens.check(token)


def test_token_when_used_as_a_link_then_opens_no_file_and_a_link_is_no_token(tokens, tmp_path):
    links = Links(Settings(data_dir=tmp_path))
    with pytest.raises(NotFound):
        links.key(tokens.issue("local"))
    with pytest.raises(NotFound):
        tokens.check(links.token("outputs/a.mp4"))
