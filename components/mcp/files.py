"""Reads what an assistant gives as a file: a path on this machine, or bytes in base64. Judges no content."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from components.errors import FileTooLarge, InvalidFile

MOST_SENT = 10 * 1024**2
"""Bytes that come within a call; a path takes what the studio takes."""


def at_path(written: str) -> Path:
    """A regular file of this machine.

    Raises:
        InvalidFile: the path is not whole, or there is no such file, or this process may not read it.
    """
    path = Path(written).expanduser()
    if not path.is_absolute():
        raise InvalidFile(f"{written} is not a whole path.", "Give it from the root, or from ~.")
    try:
        if path.is_file():
            with path.open("rb"):
                return path
    except (OSError, ValueError):
        raise InvalidFile(f"The file {written} cannot be read.", "Check the path, and who may read it.") from None
    raise InvalidFile(f"There is no file {written}.", "Check the path; folders and devices are not taken.")


def in_base64(content: str) -> bytes:
    """The bytes that a text stands for.

    Raises:
        InvalidFile: it is no base64.
        FileTooLarge: they are more than MOST_SENT.
    """
    # Three bytes are four letters: what is too long is not decoded first.
    if len(content) * 3 // 4 > MOST_SENT + 2:
        raise FileTooLarge(
            f"This is larger than {MOST_SENT // 1024**2} MB.",
            "Choose a smaller file, or have a person add it on the studio's pages.",
        )
    try:
        return base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidFile("The content is not base64.", "Give the bare base64 of the file's bytes.") from None
