"""The frames between the server and its children. What comes back from a child is data, and never runs anything.

A child reads hostile files, so its words are not trusted: of classes only the plain records of `components.media`
are made from them, and no frame is longer than a file may be.
"""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any, BinaryIO

MOST_BYTES = 256 * 1024**2
RECORDS = "components.media."


class Broken(Exception):
    """What came is no frame, or there came none."""


def send(stream: BinaryIO, message: Any) -> None:
    packed = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack(">Q", len(packed)))
    stream.write(packed)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """What a child sent.

    Raises:
        Broken: it is gone, or sent what we do not accept.
    """
    packed = _frame(stream)
    try:
        return _Records(io.BytesIO(packed)).load()
    except Exception as error:
        # A pickle that is none fails in any way that its bytes make it.
        raise Broken(type(error).__name__) from error


def receive_order(stream: BinaryIO) -> Any:
    """What the server sent, which is trusted; raises `Broken` when it is gone."""
    return pickle.loads(_frame(stream))  # noqa: S301


def _frame(stream: BinaryIO) -> bytes:
    head = stream.read(8)
    if len(head) < 8:
        raise Broken("no frame")
    length = struct.unpack(">Q", head)[0]
    if length > MOST_BYTES:
        raise Broken(f"a frame of {length} bytes")
    packed = stream.read(length)
    if len(packed) < length:
        raise Broken("half a frame")
    return packed


class _Records(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module.startswith(RECORDS):
            found = getattr(import_module(module), name, None)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise Broken(f"{module}.{name} is no record")
