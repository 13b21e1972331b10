"""What is done with finished videos: previews and tagged copies made once, the bin emptied come what may."""

from __future__ import annotations

import pytest

from components.errors import NotFound
from components.library.derived import Derived
from components.library.gallery import Gallery
from components.library.generations import Generations
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
    return Outputs(Gallery(library, "local"), Preferences(library, "local"), derived, storage)


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
    outputs.empty_bin()
    assert all(storage.has(key) for key in keys)
    monkeypatch.setattr("components.library.outputs.BIN_SECONDS", -1.0)
    outputs.empty_bin()
    assert not any(storage.has(key) for key in keys)


def test_bin_when_one_file_cannot_be_removed_then_the_others_are(outputs, storage, film, monkeypatch):
    real = storage.delete

    def refuses(key):
        if key == film.key:
            raise PermissionError
        real(key)

    monkeypatch.setattr(storage, "delete", refuses)
    monkeypatch.setattr("components.library.outputs.BIN_SECONDS", -1.0)
    outputs._gallery.delete([film.id])
    outputs.empty_bin()
    assert (storage.has(film.key), storage.has(film.poster_key)) == (True, False)


def test_tagging_when_switched_then_kept(library, outputs):
    assert outputs.tagging
    outputs.set_tagging(False)
    assert Preferences(library, "local").get("settings_in_files", True) is False
    assert Preferences(library, "someone else").get("settings_in_files", True) is True
