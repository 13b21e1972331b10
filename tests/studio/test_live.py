"""Who may listen: the owner whose token it is, until its time is over, and nobody else."""

from __future__ import annotations

import pytest

from components.errors import NotFound
from components.library.links import PERIOD
from components.settings import Settings
from components.studio.live import Live


def test_token_when_of_this_owner_then_good_until_its_end(tmp_path, clock):
    live = Live(Settings(data_dir=tmp_path), "local")
    assert live.until(live.token) == clock[0] + 2 * PERIOD


def test_token_when_of_another_owner_or_forged_then_refused(tmp_path):
    live = Live(Settings(data_dir=tmp_path), "local")
    for token in (Live(Settings(data_dir=tmp_path), "somebody").token, live.token[:-2] + "xx", ""):
        with pytest.raises(NotFound):
            live.until(token)
