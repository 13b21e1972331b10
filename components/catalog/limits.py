"""Says what a model takes of voices and pictures, and what of a file's figures does not fit. Opens no file."""

from __future__ import annotations

from components.catalog.spec import PictureLimits, VoiceLimits

MEGABYTE = 1_000_000
WAV = "audio/wav"
NAMES = {
    "audio/mpeg": "MP3",
    WAV: "WAV",
    "audio/mp4": "M4A",
    "audio/aac": "AAC",
    "audio/ogg": "OGG",
    "audio/flac": "FLAC",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
}


def voice_words(limits: VoiceLimits) -> str:
    """What a voice must be, e.g. `2 to 300 seconds long, at most 5 MB, MP3 or WAV`."""
    return ", ".join([limits.span(), *_file_words(limits.most_bytes, limits.formats)])


def picture_words(limits: PictureLimits) -> str:
    """The same of a picture; empty where nothing is published."""
    sides = [_sides(*limits.sides)] if limits.sides else []
    shape = [_shape(*limits.ratio)] if limits.ratio else []
    return ", ".join([*sides, *shape, *_file_words(limits.most_bytes, limits.formats)])


def becomes_wav(limits: VoiceLimits, media_type: str) -> bool:
    """Whether a voice of this type must be sent as WAV: the model reads that, and not what it is."""
    return bool(limits.formats) and media_type not in limits.formats and WAV in limits.formats


def voice_problem(limits: VoiceLimits, seconds: float, size: int, media_type: str) -> str | None:
    """What a voice must be and is not, as the end of a sentence that begins with its title; None where it fits.

    Args:
        limits: the model's.
        seconds: its length.
        size: its bytes.
        media_type: what it would be sent as.
    """
    if not limits.takes(seconds):
        return f"must be {limits.span()}; this one is {seconds:.1f} s long."
    return _file_problem(limits.most_bytes, limits.formats, size, media_type)


def picture_problem(limits: PictureLimits, sides: tuple[int, int], size: int, media_type: str) -> str | None:
    """The same of a picture; `sides` are its width and height."""
    width, height = sides
    if limits.sides and not all(limits.sides[0] <= side <= limits.sides[1] for side in sides):
        return f"must have {_sides(*limits.sides)}; this one has {width} × {height}."
    if limits.ratio and not limits.ratio[0] <= width / height <= limits.ratio[1]:
        return f"must be {_shape(*limits.ratio)}; this one is {width} × {height}."
    return _file_problem(limits.most_bytes, limits.formats, size, media_type)


def _file_problem(most: int | None, formats: tuple[str, ...], size: int, media_type: str) -> str | None:
    if most is not None and size > most:
        return f"must be {_megabytes(most)}; this one has {size / MEGABYTE:.1f} MB."
    if formats and media_type not in formats:
        return f"must be {_kinds(formats)}; this one is {called(media_type)}."
    return None


def _file_words(most: int | None, formats: tuple[str, ...]) -> list[str]:
    return [*([_megabytes(most)] if most is not None else []), *([_kinds(formats)] if formats else [])]


def _megabytes(most: int) -> str:
    return f"at most {most / MEGABYTE:g} MB"


def _kinds(formats: tuple[str, ...]) -> str:
    return " or ".join(map(called, formats))


def called(media_type: str) -> str:
    """A kind of file as people say it, e.g. `MP3`."""
    return NAMES.get(media_type, media_type)


def _sides(low: int, high: int) -> str:
    return f"{low} to {high} pixels on each side"


def _shape(least: float, most: float) -> str:
    return f"between {_ratio(least)} and {_ratio(most)} in shape"


def _ratio(ratio: float) -> str:
    return f"{ratio:g}:1" if ratio >= 1 else f"1:{1 / ratio:g}"
