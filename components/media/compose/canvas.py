"""The planes of one picture, on which videos are laid without a change of colours. It decodes nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, cast

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from components.media.compose.places import Box

Plane = NDArray[np.uint8]
Colour = tuple[int, int, int]
WHITE: Colour = (235, 128, 128)


class Canvas:
    """A yuv420p picture; what is drawn stays until something else is drawn there."""

    def __init__(self, ground: Image.Image, matrix: str) -> None:
        colours = "ITU709" if matrix == "bt709" else "ITU601"
        pixels = VideoFrame.from_ndarray(np.asarray(ground, np.uint8), format="rgb24")
        self._frame = pixels.reformat(format="yuv420p", dst_colorspace=colours)
        self._planes = planes(self._frame)

    def lay(self, picture: VideoFrame, at: tuple[int, int], left: int = 0, right: int | None = None) -> None:
        """The picture's columns from `left` to `right`, where they stand when its corner is at `at`."""
        right = picture.width if right is None else right
        for number, source in enumerate(planes(picture)):
            half = 2 if number else 1
            part = source[:, left // half : right // half]
            x, y = (at[0] + left) // half, at[1] // half
            self._planes[number][y : y + part.shape[0], x : x + part.shape[1]] = part

    def fill(self, box: Box, colour: Colour) -> None:
        for number, plane in enumerate(self._planes):
            half = 2 if number else 1
            rows = slice(box.y // half, (box.y + box.height) // half)
            plane[rows, box.x // half : (box.x + box.width) // half] = colour[number]

    def colour_at(self, x: int, y: int) -> Colour:
        luma, *chroma = self._planes
        return (int(luma[y, x]), int(chroma[0][y // 2, x // 2]), int(chroma[1][y // 2, x // 2]))

    def frame(self, number: int, base: Fraction) -> VideoFrame:
        """For the encoder, which copies it before it returns: the same planes are drawn on again."""
        self._frame.pts, self._frame.time_base = number, base
        return self._frame


def planes(frame: VideoFrame) -> list[Plane]:
    """Views, not copies, of a yuv420p picture's planes."""
    views = []
    for plane in frame.planes:
        flat = np.frombuffer(cast("Any", plane), np.uint8)
        views.append(flat.reshape(-1, plane.line_size)[: plane.height, : plane.width])
    return views
