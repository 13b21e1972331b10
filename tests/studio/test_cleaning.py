"""The bin is emptied come what may, files first and rows last; nothing that was cut off stays."""

from __future__ import annotations

import os
import time

import pytest
import sqlalchemy as sa

from components.library.bucket import Bucket
from components.library.derived import Derived
from components.library.generations import Generations
from components.library.people import COOKIE_LIFE, Sessions
from components.library.tables import session
from components.studio.cleaning import Cleaning


@pytest.fixture
def cleaning(bin_, derived, storage, library):
    return Cleaning(bin_, derived, storage, Sessions(library))


@pytest.fixture
def weeks_later(monkeypatch):
    """What is put into the bin has lain there for long."""
    monkeypatch.setattr("components.studio.cleaning.BIN_SECONDS", -1.0)


def test_bin_when_emptied_then_all_files_of_the_video_are_gone(
    cleaning, gallery, derived, storage, film, monkeypatch
):
    keys = [film.key, film.poster_key, derived.preview_key(film), derived.tagged_key(film)]
    for key in keys[2:]:
        derived.path(key)
    gallery.delete([film.id])
    cleaning.run()
    assert all(storage.has(key) for key in keys)
    monkeypatch.setattr("components.studio.cleaning.BIN_SECONDS", -1.0)
    cleaning.run()
    assert not any(storage.has(key) for key in keys)


def rows_of(library):
    return [output.id for output in Generations(library, None).get("g1").outputs]


def test_bin_when_one_file_cannot_be_removed_then_the_others_are_and_it_is_tried_again(
    library, cleaning, gallery, storage, film, monkeypatch, weeks_later
):
    monkeypatch.setattr("components.studio.cleaning.CLAIM_SECONDS", -1.0)
    gallery.delete([film.id])
    # A folder in its place: whoever may write everything, this cannot be unlinked.
    path = storage.path(film.key)
    path.unlink()
    path.mkdir()
    cleaning.run()
    assert (rows_of(library), storage.has(film.poster_key)) == (["g1-0"], False)
    path.rmdir()
    path.write_bytes(b"there again")
    cleaning.run()
    assert (rows_of(library), storage.has(film.key)) == ([], False)


def test_bin_when_the_studio_dies_before_the_files_are_removed_then_the_next_start_removes_them(
    cleaning, gallery, bin_, storage, film
):
    gallery.delete([film.id])
    bin_.claim(time.time() + 1)
    cleaning.run()
    assert not storage.has(film.key)


def test_bin_when_emptied_on_one_machine_then_the_others_drop_their_copies_too(
    library, bin_, gallery, film, s3_url, tmp_path, weeks_later
):
    here, elsewhere = (Bucket(tmp_path / name, s3_url) for name in ("here", "elsewhere"))
    here.put(film.key, b"a film")
    elsewhere.path(film.key)
    gallery.delete([film.id])
    for side in (here, elsewhere):
        Cleaning(bin_, Derived(Generations(library, "local"), side), side, Sessions(library)).run()
    assert (here.has(film.key), elsewhere.local(film.key)) == (False, None)


def test_tidy_when_a_write_was_cut_off_long_ago_then_nothing_is_left_of_it(cleaning, tmp_path):
    left = tmp_path / "incoming" / "x.part"
    left.write_bytes(b"half")
    os.utime(left, (1000, 1000))
    cleaning.run()
    assert not left.exists()


def test_sign_in_when_its_cookie_is_too_old_then_it_is_forgotten_and_an_ended_one_that_could_come_back_is_not(
    cleaning, library
):
    sessions = Sessions(library)
    for name in ("old", "ended"):
        sessions.begin(name, "ann@team.test")
    sessions.end("ended", "ann@team.test")
    with library.begin() as connection:
        old = sa.update(session).where(session.c.id == "old")
        connection.execute(old.values(began_at=session.c.began_at - COOKIE_LIFE - 3 * 86400.0))
    cleaning.run()
    assert (sessions.is_open("old", "ann@team.test"), sessions.is_open("ended", "ann@team.test")) == (None, False)
