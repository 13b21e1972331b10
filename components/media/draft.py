"""Writes a file under another name until it is whole. It knows nothing of what is in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(target: Path) -> Iterator[Path]:
    """A file beside `target` that takes its name at the end; after any trouble nothing is left of it."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".draft")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
