"""The facts of a video file: size, kind, picture, length against what was asked, sound, what is unusual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import streamlit as st

from components.catalog import MODELS
from components.errors import StudioError
from components.library.records import Generation, Output
from components.studio import Studio
from components.ui.frame import notices, words
from components.ui.output.facts import Fact, facts

CONTAINERS = {"video/mp4": "MP4", "video/webm": "WebM", "video/quicktime": "MOV"}
CODECS = {"h264": "H.264", "hevc": "H.265", "vp9": "VP9", "vp8": "VP8", "av1": "AV1"}
NEAR = 0.1
"""Seconds by which a length may miss before it is worth a word."""
FAR = 0.3
"""Seconds by which sound and picture may differ: the last sound of a film is often cut to whole packets."""
QUIET, LOUD, CLIPPED = -35.0, -9.0, 0.0
"""LUFS and dBTP beyond which a sound is worth a word."""
ODD = "odd"


def file_facts(studio: Studio, generation: Generation, output: Output) -> None:
    """What the file says of itself at once; what must be measured as soon as it is."""
    known, place = list(_file(generation, output)), st.empty()
    with place:
        facts("File", known)
    if not output.facts:
        return
    try:
        measured = output.examined
        if not measured:
            with st.spinner("Looking at each frame and listening to the sound …"):
                measured = studio.outputs.examine(output.id)
    except StudioError as failure:
        notices.careful(f"Frames and sound could not be measured. {failure}")
        return
    with place:
        facts("File", [*known, *_measured(measured, output.facts)])


def _file(generation: Generation, output: Output) -> Iterator[Fact]:
    known = output.facts
    kind = CONTAINERS.get(output.media_type, "unknown kind")
    codec = str(known.get("codec") or "")
    yield (
        "File",
        "",
        escape(" · ".join(filter(None, [kind, CODECS.get(codec, codec), words.size(output.size)]))),
        "",
    )
    if not known:
        return
    yield "Picture", "", f"{_number(known, 'width'):g} × {_number(known, 'height'):g} pixels", ""
    yield "Frames", "", f"{_number(known, 'frames'):g} at {_number(known, 'fps'):g} a second", ""
    yield _length(_number(known, "seconds"), _wanted_seconds(generation))
    yield "Sound", "", "yes" if known.get("has_audio") else "none", ""


def _wanted_seconds(generation: Generation) -> float | None:
    """How long the video was asked to be, where the request says so in frames."""
    spec = MODELS.get(generation.model)
    if spec is None or not spec.fps:
        return None
    counted = {name for preset in spec.durations for name in preset.values}
    frames = [generation.parameters[name] for name in counted if name in generation.parameters]
    return float(frames[0]) / spec.fps if frames else None


def _length(seconds: float, wanted: float | None) -> Fact:
    said = words.length(seconds)
    if wanted is None:
        return "Length", "", said, ""
    if abs(seconds - wanted) <= NEAR:
        return "Length", "", f"{said}, as asked", ""
    more = "longer" if seconds > wanted else "shorter"
    return "Length", "", f"{said}, {abs(seconds - wanted):.1f} s {more} than the {words.length(wanted)} asked", ODD


def _measured(found: Mapping[str, Any], known: Mapping[str, Any]) -> Iterator[Fact]:
    total = int(_number(found, "frames_looked_at"))
    few = total and total < _number(known, "frames") - 1
    among = f"the first {total:,}" if few else f"{total:,}"
    for name, word in (("black_frames", "black"), ("frozen_frames", "frozen")):
        yield _frames(found.get(name), among, word)
    if known.get("has_audio"):
        yield from _sound(found)
    if found.get("bitrate"):
        yield "Data rate", "", f"{_number(found, 'bitrate') / 1e6:.1f} Mbit/s", ""


def _frames(count: Any, among: str, word: str) -> Fact:
    title = f"{word.capitalize()} frames"
    if not isinstance(count, int):
        return title, "", "not measured", "usual"
    if count == 0:
        return title, "", "none", "usual"
    return title, "", f"{count:,} of {among} frames {'is' if count == 1 else 'are'} {word}", ODD


def _sound(found: Mapping[str, Any]) -> Iterator[Fact]:
    heard, seen = _number(found, "audio_seconds"), _number(found, "video_seconds")
    if heard and seen and abs(heard - seen) > FAR:
        more = "longer" if heard > seen else "shorter"
        yield (
            "Length of sound",
            "",
            f"{words.length(heard)}, {abs(heard - seen):.1f} s {more} than the picture",
            ODD,
        )
    loudness, peak = found.get("lufs"), found.get("true_peak_db")
    if not isinstance(loudness, int | float):
        yield "Loudness", "", "silent throughout", ODD
        return
    much = "very quiet" if loudness < QUIET else "very loud" if loudness > LOUD else ""
    yield "Loudness", "", f"{loudness:.1f} LUFS{f', {much}' if much else ''}", ODD if much else ""
    if isinstance(peak, int | float):
        clipped = peak > CLIPPED
        yield "True peak", "", f"{peak:+.1f} dBTP{', it clips' if clipped else ''}", ODD if clipped else ""


def _number(known: Mapping[str, Any], name: str) -> float:
    value = known.get(name)
    return round(float(value), 2) if isinstance(value, int | float) else 0.0
