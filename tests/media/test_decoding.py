"""What a recording really holds: channels that cancel, silent tracks, gaps, a length that its header invents."""

from __future__ import annotations

import io
import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from components.media.audio import decode, read_voice
from components.media.decoding import declared_length, timed
from tests.media.making import make_tone, tone

RATE = 48_000


def stereo_wav(left: np.ndarray, right: np.ndarray) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as made:
        made.setnchannels(2)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes((np.stack([left, right], 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def frame(samples: np.ndarray, pts: int) -> av.AudioFrame:
    made = av.AudioFrame.from_ndarray((samples[None] * 32767).astype(np.int16), format="s16", layout="mono")
    made.sample_rate, made.pts, made.time_base = RATE, pts, Fraction(1, RATE)
    return made


def tracks(*sounds: np.ndarray) -> bytes:
    """A file with a track a sound, as OBS records microphone and desktop."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        made = [container.add_stream("pcm_s16le", rate=RATE, layout="mono") for _ in sounds]
        container.start_encoding()
        for stream, samples in zip(made, sounds, strict=True):
            container.mux(stream.encode(frame(samples, 0)))
    return out.getvalue()


def parts(*begins: float) -> bytes:
    """A track of tones of 0.1 s that begin at these seconds."""
    out = io.BytesIO()
    with av.open(out, "w", format="matroska") as container:
        stream = container.add_stream("pcm_s16le", rate=RATE, layout="mono")
        container.start_encoding()
        for second in begins:
            for packet in stream.encode(frame(tone(0.1, RATE), round(second * RATE))):
                packet.dts = None
                container.mux(packet)
    return out.getvalue()


def sent_seconds(data: bytes) -> float:
    with wave.open(io.BytesIO(data)) as sent:
        return sent.getnframes() / sent.getframerate()


@pytest.mark.parametrize(("left", "right"), [(1, -1), (1, -0.9), (0.9, -1)])
def test_voice_when_channels_cancel_then_the_loudest_speaks(left: float, right: float) -> None:
    voice = tone(1.0, RATE, level=0.4)
    taken = read_voice(stereo_wav(left * voice, right * voice))
    assert taken.peak_dbfs == pytest.approx(-8, abs=0.1)
    with wave.open(io.BytesIO(taken.data)) as sent:  # as it is, the provider's own mix would be silent
        assert sent.getnchannels() == 1


def test_voice_when_only_one_channel_speaks_then_the_file_is_sent_as_it_is() -> None:
    data = stereo_wav(tone(1.0, RATE), np.zeros(RATE, np.float32))
    assert read_voice(data).data == data


def test_voice_when_the_first_track_is_silent_then_the_next_is_taken() -> None:
    taken = read_voice(tracks(np.zeros(RATE, np.float32), tone(1.0, RATE), tone(1.0, RATE, level=0.1)))
    assert taken.peak_dbfs == pytest.approx(-6, abs=0.1)


def test_voice_when_its_time_stamps_leave_a_gap_then_the_gap_stays() -> None:
    taken = read_voice(parts(0.0, 0.1, 0.7, 0.8))
    assert (taken.seconds, sent_seconds(taken.data)) == (pytest.approx(0.9), pytest.approx(0.9, abs=0.001))
    loud = np.abs(np.frombuffer(decode(parts(0.0, 0.1, 0.7, 0.8)).raw_data, np.int16)) > 1000
    assert not loud[round(0.21 * 44_100) : round(0.69 * 44_100)].any()
    assert loud[round(0.7 * 44_100) : round(0.75 * 44_100)].any()


def test_voice_when_one_time_stamp_is_damaged_then_no_silence_is_put_in() -> None:
    sound = tone(0.1, RATE)
    frames = [frame(sound, round(second * RATE)) for second in (0.0, 0.1, 90.0, 0.3, 0.4)]
    assert [float(gap) for _, gap in timed(frames)] == [0, 0, 0, 0, 0]


def test_mp3_when_its_header_lies_then_it_is_sent_with_a_true_one() -> None:
    whole = make_tone(8.0, "mp3")
    cut = whole[: len(whole) // 2]
    assert declared_length(cut) == pytest.approx(8.0, abs=0.1)
    taken = read_voice(cut)
    assert declared_length(taken.data) == pytest.approx(taken.seconds, abs=0.1)
    assert taken.seconds == pytest.approx(4.0, abs=0.1)
