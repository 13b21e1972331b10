"""What is done with finished videos: previews and tagged copies made once, the bin emptied come what may."""

from __future__ import annotations

import os
import time
import zipfile

import pytest

from components.errors import NotFound
from components.library.assets import Assets
from components.library.bucket import Bucket
from components.library.derived import Derived
from components.library.gallery import Gallery
from components.library.generations import Generations
from components.library.intake import Intake
from components.library.outputs import Outputs
from components.library.preferences import Preferences
from components.media.tags import read_tags
from components.media.video import probe
from tests.e2e.clips import make_clip
from tests.library.videos import FACTS, add_video


@pytest.fixture
def film(tmp_path, library, storage, add_generation):
    """A video with its file, `g1-0`."""
    add_generation("g1", parameters={"prompt": "rain", "frames": 25})
    rows = Generations(library, "local")
    add_video(rows, "local", "g1", 0, FACTS)
    rows.move("g1", "queued", "done")
    make_clip(tmp_path / "clip.mp4", 1.0, 30, 220, (416, 240))
    storage.put("outputs/g1-0.mp4", (tmp_path / "clip.mp4").read_bytes())
    storage.put("posters/g1-0.jpg", b"x")
    return rows.output("g1-0")


@pytest.fixture
def derived(library, storage):
    return Derived(Generations(library, "local"), storage)


@pytest.fixture
def outputs(library, storage, derived):
    return outputs_on(library, storage, derived)


def outputs_on(library, storage, derived):
    gallery, preferences = Gallery(library, "local"), Preferences(library, "local")
    return Outputs(gallery, Assets(library, "local"), preferences, derived, storage)


@pytest.fixture
def weeks_later(monkeypatch):
    """What is put into the bin has lain there for long."""
    monkeypatch.setattr("components.library.outputs.BIN_SECONDS", -1.0)


def test_preview_when_first_asked_for_then_made_and_kept(derived, film, monkeypatch):
    path = derived.path(derived.preview_key(film))
    assert (probe(path).has_audio, probe(path).width) == (False, 320)
    monkeypatch.setattr("components.library.derived.preview", lambda *_: 1 / 0)
    assert derived.path(derived.preview_key(film)) == path


def test_download_when_the_switch_is_on_then_the_file_carries_its_settings(outputs, derived, film):
    assert read_tags(derived.path(outputs.download_key(film)))["parameters"] == {"prompt": "rain", "frames": 25}
    outputs.set_tagging(False)
    assert outputs.download_key(film) == film.key


def test_download_when_the_file_cannot_carry_settings_then_it_comes_as_it_is(outputs, derived, storage, film):
    storage.put(film.key, b"no video at all")
    assert derived.path(outputs.download_key(film)).read_bytes() == b"no video at all"
    with pytest.raises(NotFound):
        derived.path(derived.preview_key(film))


def test_examine_when_asked_twice_then_measured_once(outputs, film, monkeypatch):
    found = outputs.examine(film.id)
    assert found["frames_looked_at"] == 25
    monkeypatch.setattr("components.library.outputs.examine", lambda *_, **__: 1 / 0)
    assert outputs.examine(film.id) == found


def test_bin_when_emptied_then_all_files_of_the_video_are_gone(outputs, derived, storage, film, monkeypatch):
    keys = [film.key, film.poster_key, derived.preview_key(film), derived.tagged_key(film)]
    for key in keys[2:]:
        derived.path(key)
    outputs._gallery.delete([film.id])
    outputs.tidy()
    assert all(storage.has(key) for key in keys)
    monkeypatch.setattr("components.library.outputs.BIN_SECONDS", -1.0)
    outputs.tidy()
    assert not any(storage.has(key) for key in keys)


def rows_of(library):
    return [output.id for output in Generations(library, None).get("g1").outputs]


def test_bin_when_one_file_cannot_be_removed_then_the_others_are_and_it_is_tried_again(
    library, outputs, storage, film, monkeypatch, weeks_later
):
    monkeypatch.setattr("components.library.outputs.CLAIM_SECONDS", -1.0)
    outputs._gallery.delete([film.id])
    # A folder in its place: whoever may write everything, this cannot be unlinked.
    path = storage.path(film.key)
    path.unlink()
    path.mkdir()
    outputs.tidy()
    assert (rows_of(library), storage.has(film.poster_key)) == (["g1-0"], False)
    path.rmdir()
    path.write_bytes(b"there again")
    outputs.tidy()
    assert (rows_of(library), storage.has(film.key)) == ([], False)


def test_bin_when_the_studio_dies_before_the_files_are_removed_then_the_next_start_removes_them(
    outputs, storage, film
):
    outputs._gallery.delete([film.id])
    outputs._gallery.claim(time.time() + 1)
    outputs.tidy()
    assert not storage.has(film.key)


def test_bin_when_emptied_on_one_machine_then_the_others_drop_their_copies_too(
    library, film, s3_url, tmp_path, weeks_later
):
    here, elsewhere = (Bucket(tmp_path / name, s3_url) for name in ("here", "elsewhere"))
    here.put(film.key, b"a film")
    elsewhere.path(film.key)
    sides = [outputs_on(library, one, Derived(Generations(library, "local"), one)) for one in (here, elsewhere)]
    sides[0]._gallery.delete([film.id])
    for side in sides:
        side.tidy()
    assert (here.has(film.key), elsewhere.local(film.key)) == (False, None)


def test_tidy_when_a_write_was_cut_off_long_ago_then_nothing_is_left_of_it(outputs, tmp_path):
    left = tmp_path / "incoming" / "x.part"
    left.write_bytes(b"half")
    os.utime(left, (1000, 1000))
    outputs.tidy()
    assert not left.exists()


def test_pack_when_a_file_was_given_then_the_manifest_tells_what_it_is_and_not_its_name(
    library, outputs, storage, add_generation, voice_wav
):
    voice = Intake(Assets(library, "local"), storage).take(voice_wav, name="Ann.wav")
    add_generation("g2", parameters={"audio": voice.id, "image": "gone"})
    add_video(Generations(library, "local"), "local", "g2", 0, FACTS)
    storage.put("outputs/g2-0.mp4", b"x")
    with zipfile.ZipFile(storage.path(outputs.pack(["g2-0"]))) as packed:
        manifest = packed.read("manifest.txt").decode()
    assert "  audio: sound, 1.0 s\n" in manifest
    assert "Ann" not in manifest


def test_tagging_when_switched_then_kept(library, outputs):
    assert outputs.tagging
    outputs.set_tagging(False)
    assert Preferences(library, "local").get("settings_in_files", True) is False
    assert Preferences(library, "someone else").get("settings_in_files", True) is True
