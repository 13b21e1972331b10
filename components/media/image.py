"""Reads a portrait: accepts and prepares it, or refuses it in a sentence. It knows no model.

Size is checked before anything is decoded. All metadata goes: a phone writes into it where its owner lives.
"""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from components.errors import InvalidImage
from components.media.colour import in_srgb, space_of
from components.media.kinds import seems
from components.media.scans import scans

try:
    import pillow_heif
except ImportError:
    HEIC = False
else:
    pillow_heif.register_heif_opener()
    HEIC = True

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MOST_SCANS, MOST_SCANNED = 100, 1_000_000_000
"""Passes over a JPEG, and pixels gone over in all of them: programs write about ten passes."""
MIN_SIDE = 64
MAX_ASPECT = 4.0
TOP_SIDE = 2048
PNG_BYTES = 4 * 1024 * 1024
JPEG_QUALITY = 92
LIGHT_GROUND = (244, 242, 238)
OPAQUE = 255
CAMERA = (ExifTags.Base.Make, ExifTags.Base.Model)
_ANIMATED = "Only the first frame of the animation is used."
PARTS = {
    **dict.fromkeys(("GIF", "WEBP", "PNG", "AVIF"), _ANIMATED),
    "TIFF": "Only the first page of the file is used.",
}
"""What is said of a file with several pictures, by its format."""

_FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "BMP", "GIF", "TIFF") + (("HEIF",) if HEIC else ())
_ACCEPTED = "Choose a picture such as JPEG, PNG, WEBP or HEIC."
_EXPORT_AGAIN = "Export or photograph it again and add the new file."
# Warning filters are shared by all threads; this also keeps two huge pictures from decoding at once.
_one_at_a_time = threading.RLock()


@dataclass(frozen=True)
class Portrait:
    """A usable picture: `data` is ready to be sent; `notes` say what was done to it."""

    data: bytes
    media_type: str
    suffix: str
    width: int
    height: int
    notes: tuple[str, ...]


def read_portrait(data: bytes, name: str = "") -> Portrait:
    """Check and prepare a picture; raises `InvalidImage`."""
    with _opened(data, name) as image:
        source = image.format or ""
        notes = _notes(image)
        too_large = max(image.size) > TOP_SIDE  # asked before decoding, which may shrink it already
        picture, done = _upright_rgb(image, TOP_SIDE, data)
        notes += done
        if too_large:
            notes.append(f"Made smaller, to {picture.width} × {picture.height}.")
        out, media_type, suffix = _encoded(picture, keep_png=source == "PNG")
    return Portrait(out, media_type, suffix, picture.width, picture.height, tuple(notes))


def as_given(data: bytes) -> tuple[tuple[int, int], str]:
    """Size and media type of a picture before anything is done to it."""
    with _opened(data, "") as image:
        return image.size, Image.MIME.get(image.format or "", "")


def thumbnail(data: bytes, side: int = 480) -> bytes:
    """A small JPEG of the picture whose longest side is at most `side`."""
    out = io.BytesIO()
    open_upright(data, side).save(out, "JPEG", quality=84)
    return out.getvalue()


def open_upright(data: bytes, side: int = TOP_SIDE) -> Image.Image:
    """The pixels of a picture as people see it: upright, RGB, longest side at most `side`."""
    with _opened(data, "") as image:
        return _upright_rgb(image, side, data)[0]


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image.Image]:
    if not data:
        raise InvalidImage("This picture is empty.", _EXPORT_AGAIN)
    if len(data) > MAX_BYTES:
        raise InvalidImage("This picture is larger than 20 MB.", "Export it smaller, for example as JPEG.")
    with _one_at_a_time, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                _refuse_size(image.width, image.height)
                _refuse_scans(scans(data), image.width * image.height)
                yield image
        except InvalidImage:
            raise
        except Image.DecompressionBombError as error:
            raise _too_many_pixels() from error
        except UnidentifiedImageError as error:
            raise InvalidImage(_what_it_is(data, name), _ACCEPTED) from error
        # Pillow's readers raise whatever a damaged file makes them stumble over; all mean the same.
        except Exception as error:
            raise InvalidImage("This picture is damaged and cannot be read to its end.", _EXPORT_AGAIN) from error


def _refuse_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels()
    if min(width, height) < MIN_SIDE:
        raise InvalidImage(
            f"This picture is only {width} × {height} pixels.",
            f"Choose one with at least {MIN_SIDE} pixels on each side; 512 or more look good.",
        )
    if max(width, height) > MAX_ASPECT * min(width, height):
        raise InvalidImage(
            f"This picture is too long and narrow ({width} × {height}).",
            "Crop it around the person, at most four times as long as wide.",
        )


def _refuse_scans(count: int, pixels: int) -> None:
    if count > MOST_SCANS or count * pixels > MOST_SCANNED:
        raise InvalidImage(
            f"This picture is built up in {count} passes, which would take too long to read.",
            "Open it in a program for pictures, save it as PNG and add that.",
        )


def _too_many_pixels() -> InvalidImage:
    return InvalidImage(
        "This picture has more than 40 megapixels.", "Export it smaller, for example 2048 pixels high."
    )


def _what_it_is(data: bytes, name: str) -> str:
    words = seems(data)
    if words is None:
        return "This file is damaged or is not a picture."
    if words == "a HEIC picture" and not HEIC:
        return "HEIC pictures cannot be read on this installation."
    if words.endswith("picture"):
        return f"This seems to be {words}, but it is damaged and cannot be read."
    named = f"{name!r} " if name and len(name) <= 60 and name.isprintable() else "This file "
    return f"{named}seems to be {words}, not a picture that we can use."


def _notes(image: Image.Image) -> list[str]:
    """What is left out, as far as that is known before decoding."""
    notes = []
    exif = image.getexif()
    place = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    if place or any(exif.get(tag) for tag in CAMERA):
        notes.append(f"{'Location and camera' if place else 'Camera'} details were removed.")
    # Not `n_frames`: it goes through all of a GIF or TIFF, which may have a million.
    if getattr(image, "is_animated", False) and image.format in PARTS:
        notes.append(PARTS[image.format])
    return notes


def _upright_rgb(image: Image.Image, side: int, data: bytes) -> tuple[Image.Image, list[str]]:
    """The picture as people see it, and sentences on what that took."""
    # Lets JPEG decode straight to a smaller size, never below what we want.
    image.draft("RGB", (side, side))
    image.load()
    space = space_of(data, image.info)
    picture = _eight_bits(ImageOps.exif_transpose(image))
    if max(picture.size) > side:
        picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    notes = []
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    found, changed = in_srgb(picture.convert("RGB") if alpha else picture, space)
    if changed:
        notes.append("Its colours were converted to sRGB, as a browser shows them.")
    clean = Image.new("RGB", found.size, LIGHT_GROUND)
    clean.paste(found, mask=alpha)
    if alpha and np.asarray(alpha).min() < OPAQUE:
        notes.append("Transparent parts were put on a light ground.")
    return clean, notes


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Of the modes that there are, one of RGB, RGBA, CMYK and L."""
    if picture.mode.startswith("I"):
        # 16 bits a pixel: Pillow would clip instead of scaling.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "CMYK", "L") else picture.convert("RGB")


def _encoded(picture: Image.Image, *, keep_png: bool) -> tuple[bytes, str, str]:
    out = io.BytesIO()
    if keep_png:
        picture.save(out, "PNG", optimize=False)
        if out.tell() < PNG_BYTES:
            return out.getvalue(), "image/png", ".png"
        out = io.BytesIO()
    picture.save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue(), "image/jpeg", ".jpg"
