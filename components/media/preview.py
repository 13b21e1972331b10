"""Makes the small silent clip that plays when a card is pointed at. It knows no gallery and no storage."""

from __future__ import annotations

from contextlib import closing
from fractions import Fraction
from pathlib import Path

from components.media.draft import drafted
from components.media.frame_reader import FrameConverter, FrameReader, fitted
from components.media.h264 import add_h264, mp4

SECONDS, FPS = 3.0, 12
ROOM = (320, 568)
# Small and loose: it is seen for seconds, and a page holds dozens.
X264 = {"preset": "veryfast", "crf": "33", "g": "36"}


def preview(path: Path, target: Path) -> None:
    """A silent MP4 of the first three seconds, at most 320 pixels wide; raises `InvalidVideo`."""
    with closing(FrameReader(path)) as reader, drafted(target) as draft, mp4(draft) as out:
        width = max(2, min(ROOM[0], reader.size[0] // 2 * 2))
        size = fitted(reader.size, (width, ROOM[1]))
        converter = FrameConverter(size, reader.matrix)
        stream = add_h264(out, size, Fraction(FPS), reader.matrix, X264)
        for number in range(max(1, round(min(SECONDS, reader.seconds) * FPS))):
            frame = converter.convert(reader.at(number / FPS))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
