"""Portrait and voice: kept at once and shown, or refused with a sentence beside the control."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from PIL import Image

from components.library.tables import asset
from components.ui.create.inputs import SAMPLES
from tests.media.making import make_clip, make_picture, make_tone
from tests.ui.screen import SPEC, TO_CORRECT, Screen

TEXT = b"This is a letter, not a sound. " * 50
REFUSED = [
    ("audio", "long.wav", make_tone(31), "31"),
    ("audio", "speech.mp3", TEXT, "speech.mp3"),
    ("audio", "empty.wav", b"", "empty"),
    ("image", "face.jpg", TEXT, "face.jpg"),
    ("image", "empty.png", b"", "empty"),
]


def see_through() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (320, 400), (200, 30, 30, 90)).save(out, "PNG")
    return out.getvalue()


def kept(studio) -> int:
    with studio._engine.database.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(asset)).scalar_one()


def refused(screen: Screen, name: str) -> str:
    return screen.beside(name).partition(TO_CORRECT)[2]


@pytest.mark.parametrize(("name", "called", "data", "told"), REFUSED, ids=[row[1] for row in REFUSED])
def test_file_when_refused_then_a_sentence_beside_it_and_nothing_kept(humo, studio, name, called, data, told):
    humo.give(name, called, data)
    assert told in refused(humo, name)
    assert humo.asks_for(name)
    assert (humo.value(name), kept(studio)) == (None, 0)


@pytest.mark.parametrize(
    ("name", "called", "data"),
    [
        ("audio", "voice.aiff", make_tone(1.0, "aiff")),
        ("audio", "voice.caf", make_tone(1.0, "caf")),
        ("audio", "voice.mka", make_tone(1.0, "mka")),
        ("audio", "clip.mkv", make_clip(1.0, "matroska")),
        ("image", "me.jfif", make_picture()),
        ("image", "me.tiff", make_picture(kind="TIFF")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_when_its_kind_is_read_then_the_page_takes_it(humo, name, called, data):
    at = f"{SPEC.page}:{name}:upload:"
    uploader = next(each for each in humo.at.file_uploader if (each.key or "").startswith(at))
    assert f".{called.partition('.')[2]}" in uploader.proto.type
    humo.give(name, called, data)
    assert not humo.asks_for(name)


def test_refused_when_a_good_file_follows_then_the_sentence_goes(humo):
    humo.give("audio", "speech.mp3", TEXT)
    humo.give("audio", "voice.wav", make_tone(1.0))
    assert not refused(humo, "audio")
    assert not humo.asks_for("audio")


def test_portrait_when_given_then_is_shown_and_the_model_looks_at_it(humo):
    assert humo.value("mode") == "TA"
    humo.give("image", "me.jpg", make_picture())
    assert humo.value("mode") == "TIA"
    assert "me.jpg · 320×400" in humo.words()
    assert "could not find a face" in humo.words()


def test_portrait_when_it_has_a_face_then_says_so(humo):
    assert "face found" in humo.press("image:sample").words()


def test_voice_when_longer_than_the_video_then_says_kindly_what_is_left_out(humo):
    humo.give("audio", "voice.wav", make_tone(3.0)).slide("frames", 25)
    words = humo.words()
    assert "✓ 3.0 s of 30 s" in words
    assert f"The video takes the first 1.0 s of your 3.0 s; {SPEC.name} leaves out the rest." in words
    assert TO_CORRECT not in words


def test_voice_when_shorter_than_the_video_then_nothing_is_left_out(humo):
    humo.give("audio", "voice.wav", make_tone(1.0)).slide("frames", 100)
    assert "leaves out" not in humo.words()


def test_voice_when_it_starts_with_silence_then_says_that_the_mouth_starts_late(humo):
    humo.give("audio", "voice.wav", make_tone(2.0, lead=1.0))
    assert "1.0 s are silent" in humo.words()


def test_replace_when_pressed_then_asks_again(humo):
    humo.press("audio:sample").press("audio:replace")
    assert humo.asks_for("audio")
    assert humo.value("audio") is None


def test_same_file_when_given_twice_then_is_kept_once(humo, studio):
    for _ in range(2):
        humo.give("audio", "voice.wav", make_tone(1.0)).press("audio:replace")
    assert kept(studio) == 1


def test_same_picture_when_given_under_a_new_name_then_the_new_name_is_shown(humo, studio):
    for called in ("old.jpg", "new.jpg", "old.jpg"):
        humo.press("image:replace") if humo.value("image") else None
        assert f"{called} · 320×400" in humo.give("image", called, make_picture()).words()
    assert kept(studio) == 2


def test_portrait_when_something_was_done_to_it_then_it_is_said(humo):
    humo.give("image", "clear.png", make_picture(kind="PNG", mode="RGBA"))
    assert "ground" not in humo.words()
    humo.press("image:replace").give("image", "me.png", see_through())
    assert "Transparent parts were put on a light ground." in humo.words()


def test_example_when_pressed_then_all_is_there_to_generate(humo, studio):
    humo.press("example")
    assert not any(humo.asks_for(name) for name in SPEC.files())
    assert {name: humo.value(name) for name in SPEC.example} == dict(SPEC.example)
    assert {studio.assets.find(humo.value(name)).kind for name in SPEC.files()} == set(SAMPLES)


def test_name_when_it_is_html_then_is_shown_as_it_is(humo):
    name = "<img src=x onerror=alert(1)>.jpg"
    humo.give("image", name, make_picture())
    bodies = [html.proto.body for html in humo.at.get("html")]
    assert not any("<img src=x" in body for body in bodies)
    assert name in humo.words()


@pytest.mark.parametrize(("name", "stands_in"), [("image", "stand-in portrait"), ("audio", "stand-in voice")])
def test_address_when_the_sandbox_would_make_it_then_says_before_pressing_what_it_will_use(humo, name, stands_in):
    humo.at.text_input(key=f"{SPEC.page}:{name}:address").set_value("https://example.com/a").run()
    said = f"The sandbox does not read web addresses: it will use a {stands_in}."
    assert said in humo.words()
    humo.press(f"{name}:replace")
    assert said not in humo.words()
