"""Opens the videos of a comparison; of one that cannot be shown it says which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager

from components.errors import InvalidVideo
from components.media.compose.plan import Cell
from components.media.frame_reader import FrameReader


@contextmanager
def opened(cells: Sequence[Cell]) -> Iterator[list[FrameReader]]:
    """A reader for each, closed at the end.

    Raises:
        InvalidVideo: one of them cannot be decoded, or its file is gone.
    """
    with ExitStack() as stack:
        yield [stack.enter_context(closing(_opened(cell))) for cell in cells]


def _opened(cell: Cell) -> FrameReader:
    try:
        return FrameReader(cell.path)
    except InvalidVideo as trouble:
        if not cell.label:
            raise
        raise InvalidVideo(f"{cell.label}: {trouble.message}", trouble.hint) from trouble
