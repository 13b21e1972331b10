"""Draws words over every frame: what the viewer should know of the clip, and what a stand-in voice stands for."""

from __future__ import annotations

from PIL import Image, ImageDraw

from components.media.letters import broken, fonts, legible, shortened
from components.sandbox.render.draw import INK, Overlay, Pixels
from components.sandbox.scene import Scene

# Below this many pixels no letter could be read.
SMALLEST_SIDE = 96
BELOW_THE_MARK = 0.125
"""In shares of the shorter side: where the notes begin."""
CAPTION_LINES = 2


class Notes:
    """Drawn once and laid over each frame."""

    def __init__(self, scene: Scene) -> None:
        self._overlays: list[Overlay] = []
        self._size = (scene.width, scene.height)
        side = min(self._size)
        if side < SMALLEST_SIDE:
            return
        margin = round(side * 0.036)
        top = round(side * BELOW_THE_MARK)
        for note in scene.notes:
            pill = _pill(note, scene.width - 2 * margin, max(10, round(side * 0.03)))
            self._add(pill, (margin, top))
            top += pill.height + round(side * 0.012)
        if scene.caption:
            pill = _pill(scene.caption, round(scene.width * 0.86), max(11, round(side * 0.04)), CAPTION_LINES)
            low = scene.height - round(side * 0.11) - pill.height
            self._add(pill, ((scene.width - pill.width) // 2, low))

    def _add(self, pill: Image.Image, at: tuple[int, int]) -> None:
        """Where there is room for it."""
        if min(at) >= 0 and at[0] + pill.width <= self._size[0] and at[1] + pill.height <= self._size[1]:
            self._overlays.append(Overlay(pill, at))

    def lay(self, frame: Pixels) -> None:
        for overlay in self._overlays:
            overlay.lay(frame)


def _pill(words: str, width: int, letters: int, most: int = 1) -> Image.Image:
    """White letters on dark ground, as wide as they need."""
    number, text = legible(words, letters)
    font, pad = fonts(letters)[number], round(letters * 0.6)
    lines = shortened(broken(text, font, width - 2 * pad), most)
    leading = round(letters * 1.3)
    wide = round(max(font.getlength(line) for line in lines)) + 2 * pad
    picture = Image.new("RGBA", (min(width, wide), leading * len(lines) + pad))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, picture.width - 1, picture.height - 1), letters // 3, fill=(*INK, 170))
    for row, line in enumerate(lines):
        left = (picture.width - font.getlength(line)) / 2
        draw.text((left, pad // 2 + row * leading), line, font=font, fill=(255, 255, 255, 235))
    return picture
