"""Tells in words what a file seems to be from its first bytes. It opens and decodes nothing."""

from __future__ import annotations

# (offset, bytes, words), the surest first.
_MARKS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (0, b"GIF8", "a GIF picture"),
    (0, b"BM", "a BMP picture"),
    (0, b"II*\x00", "a TIFF picture"),
    (0, b"MM\x00*", "a TIFF picture"),
    (0, b"8BPS", "a Photoshop file"),
    (8, b"WEBP", "a WEBP picture"),
    (4, b"ftyphei", "a HEIC picture"),
    (4, b"ftypmif1", "a HEIC picture"),
    (4, b"ftypavif", "an AVIF picture"),
    (0, b"%PDF", "a PDF document"),
    (0, b"PK\x03\x04", "a zip archive or an office document"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"MZ", "a Windows program"),
    (0, b"\x7fELF", "a program"),
    (0, b"#EXTM3U", "a playlist"),
    (0, b"ffconcat", "a playlist"),
    (0, b"MThd", "a MIDI file, which holds notes and no sound"),
    (0, b"ID3", "an MP3 sound file"),
    (8, b"WAVE", "a WAV sound file"),
    (8, b"AIFF", "an AIFF sound file"),
    (8, b"AIFC", "an AIFF sound file"),
    (0, b"caff", "a CAF sound file"),
    (0, b"fLaC", "a FLAC sound file"),
    (0, b"OggS", "an Ogg sound file"),
    (0, b"#!AMR", "an AMR sound file"),
    (4, b"ftypM4A", "an M4A sound file"),
    (4, b"ftypqt", "a QuickTime video"),
    (4, b"ftyp", "an MP4 video"),
    (0, b"\x1aE\xdf\xa3", "a WebM video or sound file"),
    (8, b"AVI ", "an AVI video"),
)
_MPEG_AUDIO_SYNC = 0xE0


def seems(data: bytes) -> str | None:
    """Words such as "a JPEG picture", or None when the content gives no hint."""
    for offset, mark, words in _MARKS:
        if data.startswith(mark, offset):
            return words
    if len(data) > 1 and data[0] == 0xFF and data[1] & _MPEG_AUDIO_SYNC == _MPEG_AUDIO_SYNC:
        return "an MP3 sound file"
    return _seems_text(data[:1024])


def _seems_text(head: bytes) -> str | None:
    try:
        text = head.decode("utf-8", errors="strict" if len(head) < 1024 else "ignore").lstrip().lower()
    except UnicodeDecodeError:
        return None
    if not text or any(ord(char) < 32 and char not in "\t\r\n\f" for char in text):
        return None
    if text.startswith(("<!doctype html", "<html")):
        return "a web page"
    if "<svg" in text:
        return "an SVG drawing"
    return "a text file"
