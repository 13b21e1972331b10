"""A sealed text opens for its owner, with the secret that sealed it, and for nobody and nothing else."""

from __future__ import annotations

import pytest

from components.library.seals import CannotOpen, Seals
from components.settings import Settings

ADDRESS = "ntfys://tk_hidden@ntfy.sh/topic"


def seals(tmp_path, secret="s" * 32, purpose="notices"):
    return Seals(Settings(data_dir=tmp_path, shared_secret=secret), purpose)


def test_text_when_sealed_then_it_opens_again_and_shows_nothing(tmp_path):
    sealed = seals(tmp_path).seal("ann", ADDRESS)
    assert "hidden" not in sealed
    assert seals(tmp_path).open("ann", sealed) == ADDRESS


@pytest.mark.parametrize(
    ("owner", "other"),
    [("bob", {}), ("ann", {"secret": "t" * 32}), ("ann", {"purpose": "others"})],
)
def test_text_when_opened_for_another_or_with_another_secret_then_it_does_not(tmp_path, owner, other):
    sealed = seals(tmp_path).seal("ann", ADDRESS)
    with pytest.raises(CannotOpen):
        seals(tmp_path, **other).open(owner, sealed)


@pytest.mark.parametrize("sealed", ["", "sealed", "gAAAA", "ä"])
def test_text_when_it_was_never_sealed_then_it_does_not_open(tmp_path, sealed):
    with pytest.raises(CannotOpen):
        seals(tmp_path).open("ann", sealed)
