"""What a portrait must be, what is done to it, and the words with which the rest is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import ExifTags, GifImagePlugin, Image, ImageCms, ImageOps, TiffImagePlugin

from components.errors import InvalidImage
from components.media import image as subject
from components.media.image import read_portrait, thumbnail
from tests.media.making import make_picture, make_tone

RED, BLUE = (200, 30, 30), (30, 30, 200)


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def near(found: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge; a decoder that believes it fills the memory."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "HEIF", "AVIF", "BMP", "GIF", "TIFF", "PNG"])
def test_portrait_of_any_format_when_good_then_becomes_jpeg_or_stays_png(kind: str) -> None:
    portrait = read_portrait(make_picture(kind=kind), "face")
    expected = ("image/png", ".png") if kind == "PNG" else ("image/jpeg", ".jpg")
    assert (portrait.media_type, portrait.suffix) == expected
    assert (portrait.width, portrait.height) == opened(portrait.data).size == (320, 400)
    assert near(opened(portrait.data).getpixel((160, 40)), RED)
    assert near(opened(portrait.data).getpixel((160, 360)), BLUE)


def test_portrait_when_photographed_sideways_then_stands_upright_without_metadata() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (52.0, 31.0, 12.0)
    exif[ExifTags.Base.Make] = "Phone of Ada"
    data = make_picture(exif=exif)
    assert b"Phone of Ada" in data
    portrait = read_portrait(data)
    assert (portrait.width, portrait.height) == (400, 320)
    assert near(opened(portrait.data).getpixel((360, 160)), RED)
    assert b"Phone of Ada" not in portrait.data
    assert not opened(portrait.data).getexif()
    assert any("Location" in note for note in portrait.notes)


def test_portrait_when_transparent_then_gets_a_light_ground() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(out, "PNG")
    portrait = read_portrait(out.getvalue())
    assert opened(portrait.data).mode == "RGB"
    assert opened(portrait.data).getpixel((50, 50)) == subject.LIGHT_GROUND
    assert any("light ground" in note for note in portrait.notes)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_portrait_when_not_rgb_then_becomes_it(mode: str) -> None:
    portrait = read_portrait(make_picture(kind="TIFF", mode=mode))
    assert opened(portrait.data).mode == "RGB"


def test_portrait_when_sixteen_bit_then_keeps_its_brightness() -> None:
    out = io.BytesIO()
    Image.new("I;16", (100, 100), 32_768).save(out, "PNG")
    assert near(opened(read_portrait(out.getvalue()).data).getpixel((5, 5)), (128, 128, 128))


def test_portrait_when_it_has_a_colour_profile_then_is_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    portrait = read_portrait(make_picture(icc_profile=lab))
    assert near(opened(portrait.data).getpixel((160, 40)), RED)
    assert near(opened(read_portrait(make_picture(icc_profile=b"rubbish")).data).getpixel((160, 40)), RED)


def test_portrait_when_animated_then_uses_the_first_frame() -> None:
    frames = [Image.new("RGB", (100, 100), colour) for colour in (RED, BLUE)]
    out = io.BytesIO()
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    portrait = read_portrait(out.getvalue())
    assert near(opened(portrait.data).getpixel((50, 50)), RED)
    assert any("first frame" in note for note in portrait.notes)


def test_notes_when_nothing_was_done_then_there_are_none() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (100, 100), (*RED, 255)).save(out, "PNG")
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 1
    for data in (out.getvalue(), make_picture(exif=turned), make_picture(kind="GIF"), make_picture(kind="TIFF")):
        assert read_portrait(data).notes == ()


def test_portrait_when_the_file_has_pages_then_says_that_the_first_is_used() -> None:
    out = io.BytesIO()
    pages = [Image.new("RGB", (100, 100), colour) for colour in (RED, BLUE)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    assert read_portrait(out.getvalue()).notes == ("Only the first page of the file is used.",)


@pytest.mark.parametrize(("size", "becomes"), [((3000, 4000), (1536, 2048)), ((4096, 4096), (2048, 2048))])
def test_portrait_when_large_then_is_made_smaller_and_says_so(
    size: tuple[int, int], becomes: tuple[int, int]
) -> None:
    portrait = read_portrait(make_picture(size))
    assert (portrait.width, portrait.height) == becomes
    assert any(f"{becomes[0]} × {becomes[1]}" in note for note in portrait.notes)


def test_png_when_it_would_be_heavy_then_becomes_jpeg() -> None:
    noise = Image.effect_noise((1600, 1600), 90)
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise.rotate(90), ImageOps.mirror(noise))).save(out, "PNG", compress_level=1)
    assert read_portrait(out.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (bytes(20 * 1024 * 1024 + 1), "20 MB"),
        (b"\x07" * 500, "damaged or is not a picture"),
        (b"just words", "a text file"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing"),
        (make_tone(0.5, "mp3"), "an MP3 sound file"),
        (make_picture()[:900], "damaged"),
        (bomb(10_000, 10_000), "40 megapixels"),
        (bomb(60_000, 60_000), "40 megapixels"),
        (make_picture((63, 100)), "only 63 × 100"),
        (make_picture((900, 200)), "long and narrow"),
    ],
    ids=["empty", "heavy", "garbage", "text", "svg", "mp3", "cut", "warned bomb", "bomb", "tiny", "narrow"],
)
def test_portrait_when_unusable_then_a_sentence_says_why(data: bytes, words: str) -> None:
    with pytest.raises(InvalidImage) as refused:
        read_portrait(data, "face.jpg")
    assert words in refused.value.message
    assert refused.value.message.endswith(".")
    assert refused.value.hint.endswith(".")


def test_thumbnail_when_made_then_is_a_small_upright_jpeg() -> None:
    small = opened(thumbnail(make_picture((1000, 2000)), side=200))
    assert (small.format, small.size) == ("JPEG", (100, 200))


@pytest.mark.parametrize("kind", ["GIF", "TIFF"])
def test_frames_when_there_are_several_then_they_are_not_gone_through(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, frames = io.BytesIO(), [Image.new("RGB", (96, 96), (grey, grey, grey)) for grey in (10, 90, 170)]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    for plugin in (GifImagePlugin.GifImageFile, TiffImagePlugin.TiffImageFile):
        monkeypatch.setattr(plugin, "n_frames", property(lambda _: 1 / 0))
    assert [note for note in read_portrait(out.getvalue()).notes if note.startswith("Only the first")]
