"""What a model takes of voices and pictures, to the second, the pixel and the byte."""

from __future__ import annotations

import pytest

from components.catalog.limits import picture_problem, voice_problem
from components.catalog.price import estimate, in_words
from components.catalog.spec import PictureLimits, Price, VoiceLimits
from tests.catalog.made_up import made_up

KLING = VoiceLimits(300.0, inclusive=True, least_seconds=2.0, most_bytes=5_000_000, formats=("audio/mpeg",))


@pytest.mark.parametrize(
    ("limits", "seconds", "size", "media_type", "said"),
    [
        (VoiceLimits(30.0), 29.99, 1, "audio/wav", None),
        (VoiceLimits(30.0), 30.0, 1, "audio/wav", "shorter than 30 seconds; this one is 30.0 s long."),
        (VoiceLimits(2.0), 10.0, 1, "audio/wav", "shorter than 2 seconds"),
        (KLING, 300.0, 1, "audio/mpeg", None),
        (KLING, 300.1, 1, "audio/mpeg", "2 to 300 seconds long"),
        (KLING, 1.0, 1, "audio/mpeg", "2 to 300 seconds long"),
        (KLING, 9.0, 5_000_001, "audio/mpeg", "at most 5 MB; this one has 5.0 MB."),
        (KLING, 9.0, 1, "audio/wav", "must be MP3; this one is WAV."),
    ],
)
def test_voice_when_held_against_limits_then_it_fits_or_a_sentence_says_why(
    limits, seconds, size, media_type, said
):
    found = voice_problem(limits, seconds, size, media_type)
    assert found is None if said is None else said in found


@pytest.mark.parametrize(
    ("limits", "sides", "size", "said"),
    [
        (PictureLimits(), (10, 9000), 10**9, None),
        (PictureLimits(sides=(300, 6000)), (300, 6000), 1, None),
        (
            PictureLimits(sides=(300, 6000)),
            (250, 400),
            1,
            "300 to 6000 pixels on each side; this one has 250 × 400.",
        ),
        (PictureLimits(ratio=(0.4, 2.5)), (1000, 400), 1, None),
        (PictureLimits(ratio=(0.4, 2.5)), (1001, 400), 1, "between 1:2.5 and 2.5:1 in shape"),
        (PictureLimits(most_bytes=10_000_000), (500, 500), 10_000_001, "at most 10 MB"),
        (PictureLimits(formats=("image/png",)), (500, 500), 1, "must be PNG; this one is JPEG."),
    ],
)
def test_picture_when_held_against_limits_then_it_fits_or_a_sentence_says_why(limits, sides, size, said):
    found = picture_problem(limits, sides, size, "image/jpeg")
    assert found is None if said is None else said in found


@pytest.mark.parametrize(
    ("price", "seconds", "dollars"),
    [
        (Price(1.5, "x"), None, 1.5),
        (Price(None, "x"), 10.0, None),
        (Price(None, "x", usd_per_second=0.1), 10.0, 1.0),
        (Price(None, "x", usd_per_second=0.1), None, None),
        (Price(None, "x", depends_on="strength", usd_per_second_by={5: 0.2, 9: 0.4}), 10.0, 2.0),
    ],
)
def test_price_when_summed_up_then_it_goes_by_the_catalogs_rule(price, seconds, dollars):
    assert estimate(made_up(price=price), {}, seconds) == dollars


def test_price_when_it_depends_on_a_choice_then_the_choice_decides():
    spec = made_up(price=Price(None, "x", depends_on="strength", usd_per_second_by={5: 0.2, 9: 0.4}))
    assert estimate(spec, {"strength": 9}, 10.0) == 4.0


@pytest.mark.parametrize(
    ("price", "said"),
    [
        (Price(1.464, "x"), "about $1.46"),
        (Price(None, "x"), "price not published"),
        (Price(None, "x", usd_per_second=0.044), "$0.044 a second"),
        (
            Price(None, "x", 0.2, depends_on="strength", usd_per_second_by={5: 0.2, 9: 0.4}),
            "$0.200–0.400 a second",
        ),
    ],
)
def test_price_when_put_into_words_then_it_says_what_it_goes_by(price, said):
    assert in_words(made_up(price=price)) == said
