"""Makes the small silent clip that plays when a card is pointed at. It knows no gallery and no storage."""

from __future__ import annotations

from contextlib import closing
from fractions import Fraction
from pathlib import Path

from components.media.draft import drafted
from components.media.h264 import add_h264, mp4
from components.media.reel import Lens, Reel, fitted

SECONDS, FPS = 3.0, 12
ROOM = (320, 568)
# Small and loose: it is seen for seconds, and a page holds dozens.
X264 = {"preset": "veryfast", "crf": "33", "g": "36"}


def preview(path: Path, target: Path) -> None:
    """A silent MP4 of the first three seconds, at most 320 pixels wide; raises `InvalidVideo`."""
    with closing(Reel(path)) as reel, drafted(target) as draft, mp4(draft) as out:
        width = max(2, min(ROOM[0], reel.size[0] // 2 * 2))
        size = fitted(reel.size, (width, ROOM[1]))
        lens = Lens(size, reel.matrix)
        stream = add_h264(out, size, Fraction(FPS), reel.matrix, X264)
        for number in range(max(1, round(min(SECONDS, reel.seconds) * FPS))):
            frame = lens.take(reel.at(number / FPS))
            frame.pts, frame.time_base = number, Fraction(1, FPS)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
