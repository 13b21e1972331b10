"""What is done with finished videos: previews and tagged copies made once, measured once, packed."""

from __future__ import annotations

import zipfile

import pytest

from components.errors import NotFound
from components.library.assets import Assets as AssetRows
from components.library.generations import Generations
from components.library.intake import Intake
from components.library.links import Links
from components.library.marks import Marks
from components.media.tags import read_tags
from components.media.video import probe
from components.settings import Settings
from components.studio.assets import Assets
from components.studio.files import Files
from components.studio.outputs import Outputs, Subjects
from components.studio.preferences import Preferences
from tests.library.videos import FACTS, add_video


@pytest.fixture
def files(derived, tmp_path):
    return Files(derived, Links(Settings(data_dir=tmp_path)))


@pytest.fixture
def preferences(library):
    return Preferences(library, "local")


@pytest.fixture
def outputs(library, storage, derived, files, preferences, gallery):
    assets = Assets(AssetRows(library, "local"), storage)
    subjects = Subjects(Generations(library, "local"), gallery, assets, preferences, files)
    return Outputs(subjects, Marks(library, "local"), derived, storage)


@pytest.fixture
def saved(library, outputs, files):
    """What lies behind the link that saves a video."""

    def saved(film):
        generation = Generations(library, "local").get(film.generation_id)
        return files.open(outputs.links(generation, film).download.split("/")[2])

    return saved


def test_preview_when_first_asked_for_then_made_and_kept(derived, film, monkeypatch):
    path = derived.path(derived.preview_key(film))
    assert (probe(path).has_audio, probe(path).width) == (False, 320)
    monkeypatch.setattr("components.media.gate.preview", lambda *_: 1 / 0)
    assert derived.path(derived.preview_key(film)) == path


def test_download_when_the_switch_is_on_then_the_file_carries_its_settings(saved, preferences, storage, film):
    assert read_tags(saved(film))["parameters"] == {"prompt": "rain", "frames": 25}
    preferences.tagging = False
    assert saved(film) == storage.path(film.key)


def test_download_when_the_file_cannot_carry_settings_then_it_comes_as_it_is(saved, derived, storage, film):
    storage.put(film.key, b"no video at all")
    assert saved(film).read_bytes() == b"no video at all"
    with pytest.raises(NotFound):
        derived.path(derived.preview_key(film))


def test_examine_when_asked_twice_then_measured_once(outputs, film, monkeypatch):
    found = outputs.examine(film.id)
    assert found["frames_looked_at"] == 25
    monkeypatch.setattr("components.media.gate.examine", lambda *_, **__: 1 / 0)
    assert outputs.examine(film.id) == found


def test_pack_when_a_file_was_given_then_the_manifest_tells_what_it_is_and_not_its_name(
    library, outputs, storage, add_generation, voice_wav
):
    voice = Intake(AssetRows(library, "local"), storage).keep(voice_wav.read_bytes(), "Ann.wav")
    add_generation("g2", parameters={"audio": voice.id, "image": "gone"})
    add_video(Generations(library, "local"), "local", "g2", 0, FACTS)
    storage.put("outputs/g2-0.mp4", b"x")
    with zipfile.ZipFile(storage.path(outputs.pack(["g2-0"]))) as packed:
        manifest = packed.read("manifest.txt").decode()
    assert "  audio: sound, 1.0 s\n" in manifest
    assert "Ann" not in manifest
