"""Opens media files that may be hostile with PyAV. It knows no words for a person and no limit of any model.

A file is always handed over as a Python file object, never as a name: FFmpeg would fetch a name that looks
like an address. Formats that point at other files (playlists, concat scripts) are not on the list.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import av
import av.error
from av.container import InputContainer

FORMATS = "mov,mp4,m4a,matroska,webm,mp3,wav,ogg,flac,aac,aiff,caf,asf,avi,mpegts,amr"

# What FFmpeg and PyAV raise on damaged input. UnicodeError: tags that are not UTF-8 (a ValueError by birth).
READ_ERRORS: tuple[type[Exception], ...] = (av.error.FFmpegError, ValueError, OSError, EOFError)

# Nobody may call `av.logging.set_level`: FFmpeg is silent without it, and the callback it installs takes the GIL
# from decoder threads, so that closing a file that threads decode never returns (seen on PyAV 18.1).


class Unreadable(Exception):
    """FFmpeg cannot make sense of the file; callers find the words for it."""


def _options() -> dict[str, Any]:
    options: dict[str, Any] = {"options": {"format_whitelist": FORMATS, "protocol_whitelist": "none"}}
    # PyAV 18 needs it for tags that are not UTF-8; PyAV 19 does so by itself and refuses the word.
    if int(av.__version__.split(".")[0]) < 19:
        options["metadata_errors"] = "replace"
    return options


@contextmanager
def open_media(source: bytes | Path) -> Iterator[InputContainer]:
    """Open bytes or a file of ours; raises `Unreadable` when it is no media that we allow."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(io.BytesIO(source) if isinstance(source, bytes) else source.open("rb"))
            container = stack.enter_context(av.open(file, mode="r", **_options()))
        except READ_ERRORS as error:
            raise Unreadable(str(error)) from error
        # PyAV's types promise a format; real damaged files come without one.
        if getattr(container, "format", None) is None:
            raise Unreadable("no format")
        yield container
