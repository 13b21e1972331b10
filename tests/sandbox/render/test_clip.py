from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from components.sandbox.files import Files
from components.sandbox.render import clip as render_module
from components.sandbox.render import draw
from components.sandbox.render.clip import render
from components.sandbox.render.sound import read_sound
from components.sandbox.scene import Scene
from tests.sandbox.conftest import Clip

FRAMES = 50


@pytest.fixture
def film(tmp_path, portrait, voice):
    """Renders a scene of the portrait and the voice and gives the file."""
    files = Files(tmp_path)
    asked = {
        "prompt": "A man in a garden",
        "portrait": files.add_asset(portrait, "image/png"),
        "voice": files.add_asset(voice, "audio/wav"),
        "width": 832,
        "height": 480,
        "frames": FRAMES,
        "fps": 25,
        "detail": 1.0,
    }

    def make(name="clip", **changes):
        render(Scene(**(asked | changes)), files, files.output(name))
        return files.output(name)

    return make


def mouth_of(path):
    """How dark the lower middle of the face is in each frame: an open mouth is."""
    frames = Clip(str(path)).frames
    return 255 - frames[:, 300:400, 370:460].mean(axis=(1, 2))


def test_mouth_when_the_voice_swells_then_opens_with_it(film, voice):
    levels = read_sound(voice, FRAMES, 25).levels
    assert np.corrcoef(mouth_of(film()), levels)[0, 1] > 0.8


def test_mouth_when_there_is_no_voice_then_hardly_moves(film):
    silent, speaking = (mouth_of(film(name, **how)) for name, how in (("a", {"voice": None}), ("b", {})))
    assert np.abs(np.diff(silent)).max() < 0.2 * np.abs(np.diff(speaking)).max()


def test_mouth_when_it_shall_follow_more_then_opens_wider(film):
    faint, strong = (mouth_of(film(name, mouth=share)) for name, share in (("a", 0.1), ("b", 0.9)))
    assert np.ptp(strong) > 1.5 * np.ptp(faint)


def test_clip_when_rendered_twice_then_is_the_same(film):
    assert film("a").read_bytes() == film("b").read_bytes()


@pytest.mark.parametrize("change", [{"prompt": "night"}, {"mood": 0.9}, {"detail": 0.1}])
def test_clip_when_a_setting_changes_then_looks_different(film, change):
    plain, changed = (Clip(str(film(name, frames=10, **how))).frames for name, how in (("a", {}), ("b", change)))
    assert np.abs(plain.astype(int) - changed).mean() > 0.5


@pytest.mark.parametrize(("width", "height", "frames"), [(1280, 720, 10), (832, 720, 11), (1280, 480, 100)])
def test_clip_when_asked_for_then_has_that_size_and_length(film, width, height, frames):
    clip = Clip(str(film(width=width, height=height, frames=frames, mood=0.0)))
    assert (clip.size, len(clip.frames)) == ((width, height), frames)
    assert clip.sound_seconds == pytest.approx(frames / 25, abs=0.05)


def test_card_when_there_is_no_portrait_then_shows_words_and_moves_with_the_voice(film):
    frames = Clip(str(film(portrait=None))).frames.astype(int)
    words, bars = frames[0, 110:320, 80:760], frames[:, 340:440, 83:749]
    assert (words > 220).mean() > 0.02
    assert np.abs(bars[10] - bars[0]).max() > 60


@pytest.mark.parametrize("prompt", ["", "日本語の台本", "🎬", "word " * 400, "x" * 300])
def test_card_when_the_words_are_odd_then_is_still_drawn(film, prompt):
    assert len(Clip(str(film(portrait=None, prompt=prompt, frames=10))).frames) == 10


@pytest.mark.parametrize("portrait_of", [(64, 200), (800, 300), (300, 300)])
def test_portrait_when_it_has_no_face_then_is_still_shown(film, tmp_path, portrait_of):
    picture = io.BytesIO()
    Image.new("RGB", portrait_of, (120, 90, 60)).save(picture, "PNG")
    name = Files(tmp_path).add_asset(picture.getvalue(), "image/png")
    clip = Clip(str(film(portrait=name, frames=10)))
    assert (clip.size, len(clip.frames)) == ((832, 480), 10)


@pytest.mark.parametrize("change", [{}, {"portrait": None}], ids=["portrait", "card"])
def test_clip_when_there_is_no_opencv_then_keeps_its_colours(film, monkeypatch, change):
    bright = film("a", frames=10, **change)
    monkeypatch.setattr(draw, "cv2", None)
    monkeypatch.setattr(render_module, "faces_of", lambda _: ())
    plain = film("b", frames=10, **change)
    pictures = [Clip(str(path)).frames[5] for path in (bright, plain)]
    assert pictures[1].mean() == pytest.approx(pictures[0].mean(), abs=25)
    assert pictures[1].std() > 10


def test_every_frame_when_rendered_then_carries_the_mark(film):
    frames = Clip(str(film())).frames[:, 17:36, 17:80]
    assert (frames.max(axis=(1, 2)) > 150).all()  # letters
    assert (np.median(frames, axis=(1, 2)) < 90).all()  # on a dark ground


def test_notes_when_there_are_some_then_they_stand_below_the_mark_and_nothing_else_changes(film):
    notes = ("picture not read (example.com)", "voice not read (example.com)")
    plain, noted = (
        Clip(str(film(name, frames=3, **how))).frames.astype(int)
        for name, how in (("a", {}), ("b", {"notes": notes}))
    )
    changed = np.abs(noted - plain)
    assert (noted[0, 60:100, 17:300] > 200).mean() > 0.03  # letters
    assert changed[:, 200:, 400:].mean() < 1


def test_caption_when_the_voice_is_a_stand_in_then_its_words_are_to_be_read(film):
    frame = Clip(str(film(frames=3, caption="Good morning to you all"))).frames[0]
    assert (frame[390:440, 200:632] > 200).mean() > 0.02


@pytest.mark.parametrize("size", [(96, 96), (120, 400), (400, 98)])
def test_notes_when_there_is_no_room_then_the_clip_is_still_drawn(film, size):
    words = {"notes": ("x" * 300, "no", "room", "at", "all"), "caption": "word " * 90}
    assert Clip(str(film(width=size[0], height=size[1], frames=2, **words))).size == size


def test_seed_when_another_then_the_portrait_sways_otherwise(film):
    plain, other = (
        Clip(str(film(name, frames=4, seed=seed))).frames.astype(int) for name, seed in (("a", 1), ("b", 2))
    )
    assert np.abs(plain - other).mean() > 0.3
