"""Writes a file under another name until it is whole. It knows nothing of what is in it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(target: Path, folder: Path | None = None) -> Iterator[Path]:
    """A file that takes the name `target` at the end; after any trouble nothing is left of it.

    Until then it lies in `folder`, which must be on the same disk, or else beside the target.
    """
    handle, name = tempfile.mkstemp(dir=folder or target.parent, suffix=".draft")
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
