"""Colours end as a browser shows them. The expected levels are those that Chromium painted, read on 2026-11-30."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from components.media.image import read_portrait
from tests.media.making import make_picture
from tests.media.pictures import SEEN_IN_A_BROWSER, picture


def middle(data: bytes) -> tuple[int, ...]:
    return Image.open(io.BytesIO(read_portrait(data).data)).convert("RGB").getpixel((50, 50))


@pytest.mark.parametrize("name", SEEN_IN_A_BROWSER)
def test_picture_when_its_colours_are_tagged_then_looks_as_in_a_browser(name: str) -> None:
    data, seen = SEEN_IN_A_BROWSER[name]
    assert middle(data) == pytest.approx(seen, abs=2)


def test_picture_when_its_colours_change_then_it_is_said() -> None:
    changed, _ = SEEN_IN_A_BROWSER["gamma 1.0"]
    assert "converted to sRGB" in " ".join(read_portrait(changed).notes)
    assert read_portrait(picture((128, 128, 128))).notes == ()


def test_picture_when_transparent_and_tagged_then_the_ground_keeps_its_colour() -> None:
    # Half of 188, half of the light ground.
    assert middle(picture((128, 128, 128, 128), gamma=1.0)) == pytest.approx((216, 215, 213), abs=2)


@pytest.mark.parametrize("gamma", [0.0, 1e-5, 40_000.0])
def test_picture_when_its_gamma_is_nonsense_then_it_is_left_alone(gamma: float) -> None:
    assert middle(picture((128, 30, 200), gamma=gamma)) == (128, 30, 200)


def test_picture_when_its_profile_is_for_other_colours_then_it_is_left_alone() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert middle(make_picture(icc_profile=lab)) == pytest.approx((200, 30, 30), abs=12)
