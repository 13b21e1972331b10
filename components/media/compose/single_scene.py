"""One video, shown as it is: the scene of a copy that every browser plays."""

from __future__ import annotations

from fractions import Fraction

from av import VideoFrame

from components.errors import InvalidVideo
from components.media.compose.scene import LONGEST, common_rate
from components.media.frame_reader import FrameConverter, FrameReader, fitted

ROOM = (1440, 1440)
"""A copy is to look at; the original can be downloaded."""


class SingleScene:
    """The pictures of one video, asked for in their order."""

    def __init__(self, reader: FrameReader) -> None:
        self._reader = reader
        self.rate = common_rate([reader])
        self.seconds = reader.seconds
        if not 0 < self.seconds <= LONGEST:
            raise InvalidVideo("This video is longer than half an hour.", "Download it and cut it.")
        self.count = max(1, round(self.seconds * self.rate))
        self.matrix = reader.matrix
        within = (
            min(ROOM[0], reader.size[0] + reader.size[0] % 2),
            min(ROOM[1], reader.size[1] + reader.size[1] % 2),
        )
        self.size = fitted(reader.size, within)
        self._converter = FrameConverter(self.size, self.matrix)

    def frame(self, number: int) -> VideoFrame:
        picture = self._converter.convert(self._reader.at(float(number / self.rate)))
        picture.pts, picture.time_base = number, Fraction(1) / self.rate
        return picture
