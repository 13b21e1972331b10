"""What a voice must be, what it becomes, and the words with which the rest is refused."""

from __future__ import annotations

import io
import wave

import pytest

from components.errors import AudioTooLong, InvalidAudio
from components.media.audio import CAP_SECONDS, decode, read_voice, spoken_length
from components.media.container import open_media
from tests.media.making import SOUNDS, make_clip, make_picture, make_tone

KEPT = {"wav": "audio/wav", "mp3": "audio/mpeg"}


def as_wav(data: bytes) -> wave.Wave_read:
    return wave.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", SOUNDS)
def test_voice_of_any_format_when_short_enough_then_is_ready_to_send(kind: str) -> None:
    data = make_tone(1.5, kind, lead=0.25)
    voice = read_voice(data)
    assert voice.seconds == pytest.approx(1.5, abs=0.01)
    assert voice.lead_silence == pytest.approx(0.25, abs=0.03)
    assert voice.peak_dbfs == pytest.approx(-6, abs=0.6)
    if kind in KEPT:
        assert (voice.data, voice.media_type) == (data, KEPT[kind])
        return
    assert (voice.media_type, voice.suffix) == ("audio/wav", ".wav")
    with as_wav(voice.data) as sent:
        assert (sent.getsampwidth(), sent.getnchannels()) == (2, 1)
        assert sent.getframerate() <= 44_100
        assert sent.getnframes() / sent.getframerate() == pytest.approx(1.5, abs=0.01)


@pytest.mark.parametrize("kind", ["mp4", "mov", "webm", "matroska"])
def test_voice_when_file_is_a_video_then_is_its_sound(kind: str) -> None:
    voice = read_voice(make_clip(1.0, kind), "clip.mp4")
    assert voice.seconds == pytest.approx(1.0, abs=0.03)
    assert voice.media_type == "audio/wav"


def test_voice_when_named_wrongly_then_content_decides() -> None:
    assert read_voice(make_tone(1.0, "wav"), "song.mp3").suffix == ".wav"


def test_bars_when_first_half_is_silent_then_show_it() -> None:
    bars = read_voice(make_tone(2.0, lead=1.0)).bars
    assert len(bars) == 64
    assert max(bars[:31]) == 0
    assert max(bars) == 1
    assert min(bars[33:]) > 0.9


@pytest.mark.parametrize("kind", SOUNDS)
def test_length_when_just_below_thirty_seconds_then_passes(kind: str) -> None:
    assert read_voice(make_tone(29.9, kind)).seconds == pytest.approx(29.9, abs=0.01)


@pytest.mark.parametrize(("kind", "seconds"), [*((kind, 30.0) for kind in SOUNDS), ("mp3", 31.0), ("webm", 31.0)])
def test_length_when_thirty_seconds_or_more_then_is_refused(kind: str, seconds: float) -> None:
    with pytest.raises(AudioTooLong) as refused:
        read_voice(make_tone(seconds, kind))
    assert refused.value.seconds == pytest.approx(seconds, abs=0.05)
    assert "shorter than 30 seconds" in refused.value.message


@pytest.mark.parametrize("kind", ["mp3", "webm", "m4a"])
def test_length_when_two_minutes_then_is_told(kind: str) -> None:
    with pytest.raises(AudioTooLong, match="2:00") as refused:
        read_voice(make_tone(120, kind))
    assert refused.value.seconds == pytest.approx(120, abs=0.1)


@pytest.mark.parametrize(
    ("seconds", "words"), [(8.44, "8.4 s"), (59.99, "59.9 s"), (125, "2:05"), (3725.4, "1:02:05")]
)
def test_length_when_told_then_reads_like_speech(seconds: float, words: str) -> None:
    assert spoken_length(seconds) == words


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\x07" * 4000, "damaged or is not audio"),
        (b"hello, this is a letter", "a text file"),
        (b"<!doctype html><html></html>", "a web page"),
        (b"PK\x03\x04" + bytes(500), "a zip archive"),
        (b"%PDF-1.7 " + bytes(500), "a PDF document"),
        (b"#EXTM3U\nhttp://127.0.0.1:9/a.ts\n", "a playlist"),
        (make_picture(), "a JPEG picture"),
        (make_tone(2.0, "m4a")[:9000], "damaged"),
        (make_clip(0.5, sound=False), "no sound"),
        (make_tone(2.0, "mp3", level=0.0003), "silent"),
        (make_tone(0.05), "tenth of a second"),
    ],
    ids=["empty", "garbage", "text", "html", "zip", "pdf", "m3u8", "jpeg", "cut m4a", "mute", "silent", "short"],
)
def test_voice_when_unusable_then_a_sentence_says_why(data: bytes, words: str) -> None:
    with pytest.raises(InvalidAudio) as refused:
        read_voice(data, "voice.mp3")
    assert words in refused.value.message
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize("kind", ["wav", "mp3", "ogg", "flac", "webm"])
def test_voice_when_cut_off_then_what_is_there_is_used(kind: str) -> None:
    data = make_tone(4.0, kind)
    assert 1.5 < read_voice(data[: len(data) // 2]).seconds < 2.2


def test_wav_when_its_header_lies_then_a_true_one_is_sent() -> None:
    data = make_tone(4.0, "wav")
    with as_wav(read_voice(data[: len(data) // 2]).data) as sent:
        assert sent.getnframes() / sent.getframerate() == pytest.approx(2.0, abs=0.01)


def spoiled(every: int) -> bytes:
    """An m4a in which each so-manieth packet of sound is rubbish."""
    data = bytearray(make_tone(4.0, "m4a"))
    with open_media(bytes(data)) as container:
        packets = [(packet.pos, packet.size) for packet in container.demux(audio=0) if packet.size]
    for at, size in packets[3::every]:
        data[at : at + size] = b"\xff" * size
    return bytes(data)


def test_voice_when_a_little_is_damaged_then_is_used_but_not_sent_as_it_is() -> None:
    voice = read_voice(spoiled(every=40))
    assert voice.seconds == pytest.approx(4.0, abs=0.2)
    assert voice.media_type == "audio/wav"


def test_voice_when_mostly_damaged_then_is_refused() -> None:
    with pytest.raises(InvalidAudio, match="Too much of this recording is damaged"):
        read_voice(spoiled(every=2))


def test_decode_when_file_is_long_then_stops_at_the_cap() -> None:
    sound = decode(make_tone(120, "mp3"))
    assert len(sound) == CAP_SECONDS * 1000
    assert (sound.sample_width, sound.channels) == (2, 1)
    assert len(decode(make_tone(5, "flac"), cap=2.0)) == 2000
