"""Reads a voice: accepts, measures and prepares it, or refuses it in a sentence. It knows no model.

What decides is the content of a file, never its name. Nothing beyond `CAP_SECONDS` is ever decoded.
"""

from __future__ import annotations

import io
import math
import wave
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from components.errors import AudioTooLong, InvalidAudio
from components.media.container import Unreadable
from components.media.decoding import SILENT_DBFS, NoSound, Sound, declared_length, decode_sound, full_length
from components.media.kinds import seems
from components.media.mp3 import is_true_length, with_true_header
from components.media.segment import AudioSegment, detect_leading_silence

CAP_SECONDS = 31.0
OVER = 1.0
"""Seconds beyond the limit that are decoded, to know what is too long from what only just fits."""
MIN_SECONDS = 0.1
LONGEST = 30.0
MAX_BYTES = 200 * 1024 * 1024
BARS = 64

_ACCEPTED = "Choose a recording such as MP3, WAV, M4A, OGG, FLAC or WebM, or a video with sound."
_EXPORT_AGAIN = "Export or record it again and add the new file."
_KEPT_RATE = 48_000


@dataclass(frozen=True)
class Voice:
    """A usable voice: `data` is ready to be sent, the rest is for the eye."""

    data: bytes
    media_type: str
    suffix: str
    seconds: float
    lead_silence: float
    peak_dbfs: float
    bars: tuple[float, ...]


def read_voice(data: bytes, name: str = "", *, longest: float = LONGEST, inclusive: bool = False) -> Voice:
    """Check and prepare a voice.

    Args:
        data: the file.
        name: what the person calls it.
        longest: seconds from which on it is refused; what is far longer is never decoded.
        inclusive: whether exactly so many are still taken.

    Raises:
        AudioTooLong: it is longer than that.
        InvalidAudio: it is no usable voice.
    """
    sound = _decode(data, longest + OVER, name)
    _refuse_damaged(sound)
    seconds = float(sound.seconds)
    _refuse_length(seconds, sound, data, (longest, inclusive))
    segment = _segment(sound)
    peak = float(segment.max_dBFS)
    if peak < SILENT_DBFS:
        raise InvalidAudio(
            "This recording is silent.", "Check the microphone and its volume, then record it again."
        )
    out, media_type, suffix = _prepared(data, sound, segment)
    return Voice(out, media_type, suffix, seconds, _lead_silence(segment, peak), peak, _bars(segment))


def decode(data: bytes, cap: float = CAP_SECONDS) -> AudioSegment:
    """The sound of any file that we can read, as 16-bit mono of at most `cap` seconds."""
    return _segment(_decode(data, cap, ""))


def as_wav(data: bytes, seconds: float) -> bytes:
    """The same voice as a plain WAV; `seconds` is its whole length."""
    return _exported(decode(data, seconds + OVER))


def spoken_length(seconds: float) -> str:
    """A length as people say it: `8.4 s` below a minute, else `2:05` or `1:02:05`."""
    if seconds < 60:
        return f"{math.floor(seconds * 10) / 10:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _decode(data: bytes, cap: float, name: str) -> Sound:
    if not data:
        raise InvalidAudio("This audio file is empty.", _EXPORT_AGAIN)
    if len(data) > MAX_BYTES:
        raise InvalidAudio(
            "This file is larger than 200 MB.", "Export only the sound, for example as MP3, and add that."
        )
    try:
        sound = decode_sound(data, cap)
    except NoSound as error:
        raise InvalidAudio("There is no sound in this file that we can read.", _ACCEPTED) from error
    except Unreadable as error:
        raise InvalidAudio(_what_it_is(data, name), _ACCEPTED) from error
    if not sound.samples:
        raise InvalidAudio("There is no sound in this file that we can read.", _EXPORT_AGAIN)
    return sound


def _what_it_is(data: bytes, name: str) -> str:
    words = seems(data)
    if words is None:
        return "This file is damaged or is not audio."
    if any(kind in words for kind in ("sound", "video")):
        return f"This seems to be {words.split(',')[0]}, but it is damaged and cannot be read."
    named = f"{name!r} " if name and len(name) <= 60 and name.isprintable() else "This file "
    return f"{named}seems to be {words}, not audio."


def _refuse_damaged(sound: Sound) -> None:
    if sound.mostly_damaged:
        raise InvalidAudio("Too much of this recording is damaged.", _EXPORT_AGAIN)


def _refuse_length(seconds: float, sound: Sound, data: bytes, most: tuple[float, bool]) -> None:
    if seconds < MIN_SECONDS:
        raise InvalidAudio(
            "This recording is shorter than a tenth of a second.", "Record at least a word and add it again."
        )
    longest, inclusive = most
    if seconds < longest or (inclusive and seconds == longest):
        return
    if sound.reached_cap:
        with suppress(Unreadable):  # then the decoded length is what we know
            seconds = max(seconds, full_length(data))
    raise AudioTooLong(
        f"This recording is {spoken_length(seconds)} long; it must be "
        f"{'at most' if inclusive else 'shorter than'} {longest:g} seconds{' long' if inclusive else ''}.",
        f"Cut it {'to' if inclusive else 'below'} {longest:g} seconds and add it again.",
        seconds=seconds,
    )


def _segment(sound: Sound) -> AudioSegment:
    return AudioSegment(data=bytes(sound.samples), sample_width=2, frame_rate=sound.rate, channels=1)


def _prepared(data: bytes, sound: Sound, segment: AudioSegment) -> tuple[bytes, str, str]:
    """The original where every provider reads it, else a plain WAV."""
    if not sound.repaired and not sound.bad:
        mp3 = _plain_mp3(data, sound)
        if mp3:
            return mp3, "audio/mpeg", ".mp3"
        if _plain_wav(data, sound):
            return data, "audio/wav", ".wav"
    return _exported(segment), "audio/wav", ".wav"


def _exported(segment: AudioSegment) -> bytes:
    out = io.BytesIO()
    segment.export(out, format="wav")
    return out.getvalue()


def _plain_mp3(data: bytes, sound: Sound) -> bytes | None:
    """An MP3 whose header is true: as it is, or under a new header; None where neither can be had."""
    if sound.container != "mp3" or not sound.codec.startswith("mp3"):
        return None
    seconds = float(sound.seconds)
    if is_true_length(sound.declared, seconds):
        return data
    anew = with_true_header(data)
    with suppress(Unreadable):
        return anew if anew and is_true_length(declared_length(anew), seconds) else None
    return None


def _plain_wav(data: bytes, sound: Sound) -> bool:
    """16-bit PCM whose header is true; recorders that were cut off leave a header that does not."""
    if sound.container != "wav" or sound.codec != "pcm_s16le":
        return False
    try:
        with wave.open(io.BytesIO(data)) as header:
            declared = header.getnframes() / header.getframerate()
            ordinary = header.getnchannels() <= 2 and header.getframerate() <= _KEPT_RATE
    except (wave.Error, EOFError, ZeroDivisionError, ValueError):
        return False
    return bool(ordinary and abs(declared - float(sound.seconds)) < 0.001)


def _lead_silence(segment: AudioSegment, peak: float) -> float:
    # Against the loudest moment: 40 dB below it is room noise, in a loud recording as in a faint one.
    threshold = max(peak - 40.0, SILENT_DBFS - 5.0)
    return float(detect_leading_silence(segment, silence_threshold=threshold, chunk_size=10)) / 1000


def _bars(segment: AudioSegment) -> tuple[float, ...]:
    samples = np.frombuffer(segment.raw_data, dtype=np.int16).astype(np.float32)
    loudness = [float(np.sqrt(np.mean(part**2))) if part.size else 0.0 for part in np.array_split(samples, BARS)]
    top = max(loudness) or 1.0
    return tuple(round(value / top, 3) for value in loudness)
