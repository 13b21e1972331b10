from __future__ import annotations

import stat

import pytest
from itsdangerous import URLSafeSerializer

from components.errors import NotFound
from components.library.links import PERIOD, Links
from components.settings import Settings

KEY = "outputs/g1-0.mp4"


@pytest.fixture
def links(tmp_path):
    return Links(Settings(data_dir=tmp_path))


def test_link_when_signed_then_leads_to_its_key(links):
    assert links.key(links.token(KEY)) == KEY


def test_link_when_made_by_another_start_then_still_good(links, tmp_path):
    assert Links(Settings(data_dir=tmp_path)).key(links.token(KEY)) == KEY


def test_link_when_the_data_folder_is_not_there_yet_then_it_is_made_for_its_owner_only(tmp_path):
    folder = tmp_path / "new" / "data"
    links = Links(Settings(data_dir=folder))
    assert links.key(links.token(KEY)) == KEY
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_link_when_asked_for_again_within_a_period_then_the_same(links, clock):
    first = links.token(KEY)
    clock[0] += PERIOD - 1
    assert links.token(KEY) == first
    clock[0] += 1
    assert links.token(KEY) != first


@pytest.mark.parametrize("made_at", [0, PERIOD // 2, PERIOD - 1])
def test_link_when_12_hours_old_then_good_and_when_24_then_expired(links, clock, made_at):
    clock[0] += made_at
    token = links.token(KEY)
    clock[0] += PERIOD
    assert links.key(token) == KEY
    clock[0] += PERIOD + 1
    with pytest.raises(NotFound, match="expired"):
        links.key(token)


def forged(tmp_path):
    token = Links(Settings(data_dir=tmp_path)).token(KEY)
    other = URLSafeSerializer("guessed", salt="files").dumps([KEY, 2**40])
    salted = URLSafeSerializer((tmp_path / "secret").read_text(), salt="other").dumps([KEY, 2**40])
    mistyped = URLSafeSerializer((tmp_path / "secret").read_text(), salt="files").dumps(5)
    return ["", ".", token[:-1], token[1:], token + "x", token.split(".")[0], other, salted, mistyped, "é"]


@pytest.mark.parametrize("which", range(10))
def test_link_when_forged_or_damaged_then_not_valid(links, tmp_path, which):
    with pytest.raises(NotFound, match="not valid"):
        links.key(forged(tmp_path)[which])


def test_secret_when_made_then_only_its_owner_reads_it_and_each_folder_has_its_own(links, tmp_path):
    secret = tmp_path / "secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert len(secret.read_text()) == 64
    (tmp_path / "other").mkdir()
    with pytest.raises(NotFound):
        Links(Settings(data_dir=tmp_path / "other")).key(links.token(KEY))


def test_secret_when_a_crash_left_it_empty_then_no_link_is_signed_with_nothing(tmp_path):
    (tmp_path / "secret").touch(0o600)
    token = URLSafeSerializer("", salt="files").dumps([KEY, 2**40])
    with pytest.raises(NotFound):
        Links(Settings(data_dir=tmp_path)).key(token)


def test_secret_when_set_then_every_folder_signs_alike_and_none_is_kept(tmp_path):
    one, other = (Settings(data_dir=tmp_path / name, shared_secret="s" * 32) for name in ("one", "other"))
    assert Links(other).key(Links(one).token(KEY)) == KEY
    assert list(tmp_path.iterdir()) == []
