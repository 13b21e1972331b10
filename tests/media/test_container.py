"""What is looked at while a file is opened: sound and films, and no picture that is attached to them."""

from __future__ import annotations

from components.media.container import open_media
from tests.media.bombs import covers_mp3
from tests.media.making import make_tone
from tests.media.memory import Growth


def test_cover_when_a_song_is_opened_then_it_is_not_decoded() -> None:
    song = covers_mp3(make_tone(0.6, "mp3"), 1)
    with Growth() as growth, open_media(song):
        pass
    assert growth.megabytes < 50
