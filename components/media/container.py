"""Opens media files that may be hostile with PyAV. It knows no words for a person and no limit of any model.

A file is always handed over as a Python file object, never as a name: FFmpeg would fetch a name that looks
like an address. Formats that point at other files (playlists, concat scripts) are not on the list.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

import av
import av.error
from av.codec import Codec
from av.container import InputContainer

from components.media.samples import claims_too_much

FORMATS = "mov,mp4,m4a,matroska,webm,mp3,wav,ogg,flac,aac,aiff,caf,asf,avi,mpegts,amr"

_FILMED = (
    *("h264", "hevc", "vp8", "vp9", "av1", "libdav1d", "libvpx", "libvpx-vp9", "vvc", "theora", "prores", "dnxhd"),
    *("mpeg1video", "mpeg2video", "mpeg4", "msmpeg4v1", "msmpeg4v2", "msmpeg4", "h263", "flv", "vc1", "wmv3"),
)

# What FFmpeg and PyAV raise on damaged input. UnicodeError: tags that are not UTF-8 (a ValueError by birth).
READ_ERRORS: tuple[type[Exception], ...] = (av.error.FFmpegError, ValueError, OSError, EOFError)

# Nobody may call `av.logging.set_level`: FFmpeg is silent without it, and the callback it installs takes the GIL
# from decoder threads, so that closing a file that threads decode never returns (seen on PyAV 18.1).


class Unreadable(Exception):
    """FFmpeg cannot make sense of the file; callers find the words for it."""


def _options() -> dict[str, Any]:
    allowed = {"format_whitelist": FORMATS, "protocol_whitelist": "none", "codec_whitelist": _looked_into()}
    options: dict[str, Any] = {"options": allowed}
    # PyAV 18 needs it for tags that are not UTF-8; PyAV 19 does so by itself and refuses the word.
    if int(av.__version__.split(".")[0]) < 19:
        options["metadata_errors"] = "replace"
    return options


@cache
def _looked_into() -> str:
    """The decoders that FFmpeg may use to look into a file while it is opened: all of sound, and of films.

    None of still pictures is among them: a song's cover is decoded there, whatever size it claims to have.
    """
    heard = (name for name in sorted(av.codecs_available) if _decodes_sound(name))
    return ",".join((*_FILMED, *heard))


def _decodes_sound(name: str) -> bool:
    try:
        return Codec(name, "r").type == "audio"
    except ValueError:  # it only encodes
        return False


@contextmanager
def open_media(source: bytes | Path) -> Iterator[InputContainer]:
    """Open bytes or a file of ours; raises `Unreadable` when it is no media that we allow."""
    with ExitStack() as stack:
        try:
            file: IO[bytes] = stack.enter_context(
                io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
            )
            if claims_too_much(file):
                raise Unreadable("more samples than bytes")
            container = stack.enter_context(av.open(file, mode="r", **_options()))
        except READ_ERRORS as error:
            raise Unreadable(str(error)) from error
        # PyAV's types promise a format; real damaged files come without one.
        if getattr(container, "format", None) is None:
            raise Unreadable("no format")
        yield container
