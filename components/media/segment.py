"""Imports pydub without its two complaints. Whoever needs pydub takes it from here."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Python 3.11 and 3.12 announce that audioop leaves; from 3.13 on `audioop-lts` takes its place.
    warnings.filterwarnings("ignore", message=".*audioop.*", category=DeprecationWarning)
    # PyAV decodes for us, so the ffmpeg program is not missed.
    warnings.filterwarnings("ignore", message="Couldn't find ff", category=RuntimeWarning)
    # pydub's patterns are no raw strings: a warning when Python compiles it for the first time.
    warnings.filterwarnings("ignore", message=".*invalid escape sequence.*")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

__all__ = ["AudioSegment", "detect_leading_silence"]
