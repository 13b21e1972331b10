"""Files that come again: kept once, and mended where the first copy was lost."""

from __future__ import annotations

import pytest

from components.errors import InvalidFile
from components.library.assets import Assets
from components.library.intake import Intake


@pytest.fixture
def intake(library, storage):
    return Intake(Assets(library, "local"), storage)


def test_file_when_its_copy_was_lost_and_it_is_added_again_then_it_is_there_again(intake, storage, voice_wav):
    first = intake.keep(voice_wav.read_bytes(), "voice.wav")
    whole = storage.read(first.key)
    storage.delete(first.key)
    assert intake.keep(voice_wav.read_bytes(), "voice.wav") == first
    assert storage.read(first.key) == whole


def test_file_when_the_disk_refuses_it_then_nothing_is_called_kept(intake, tmp_path, voice_wav):
    blocked = tmp_path / "media" / "assets"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(InvalidFile, match="could not be kept"):
        intake.keep(voice_wav.read_bytes(), "voice.wav")
    blocked.unlink()
    assert intake.keep(voice_wav.read_bytes(), "voice.wav").key
