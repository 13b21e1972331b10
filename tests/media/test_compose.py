"""A composed video shows the right picture of every video at every time, and is heard as it was asked for."""

from __future__ import annotations

import threading
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from components.errors import InvalidVideo
from components.media.audio import decode
from components.media.compose import Cell, Plan, compose
from components.media.compose.scene import common_rate, divider
from components.media.frame_reader import FrameReader
from components.media.video import probe
from tests.media.films import grey_at, make_film, numbers

SIZE = (192, 108)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_film(tmp_path / "film.mp4")


@pytest.fixture
def short(tmp_path: Path) -> Path:
    return make_film(tmp_path / "short.mp4", 0.4)


def composed(plan: Plan, folder: Path) -> Path:
    target = folder / "composed"
    assert compose(plan, target, progress=lambda part: None, should_stop=lambda: False)
    return target


def onset(path: Path) -> float:
    """When the tone begins, in seconds."""
    segment = decode(path.read_bytes())
    samples = np.abs(np.frombuffer(segment.raw_data, np.int16).astype(np.int32))
    return float(np.argmax(samples > 3000)) / segment.frame_rate


@pytest.mark.parametrize("count", [2, 3, 4])
def test_grid_when_composed_then_every_cell_shows_the_same_moment(tmp_path: Path, film: Path, count: int) -> None:
    plan = Plan(tuple(Cell(film, f"No {number}", "seed 1") for number in range(count)))
    made = composed(plan, tmp_path)
    assert probe(made).frames == 25
    for moment in (0.0, 0.4, 0.96):
        assert numbers(made, plan, [SIZE] * count, moment) == [round(moment * 25)] * count


def test_grid_when_kinds_sizes_and_rates_differ_then_each_keeps_its_own_time(tmp_path: Path, film: Path) -> None:
    webm = make_film(tmp_path / "b.webm", fps=10, size=(240, 120))
    mov = make_film(tmp_path / "c.mov", fps=50, size=(96, 192))
    plan = Plan((Cell(film, "A"), Cell(webm, "B"), Cell(mov, "C")))
    made = composed(plan, tmp_path)
    assert probe(made).fps == 25.0
    assert numbers(made, plan, [SIZE, (240, 120), (96, 192)], 0.6) == [15, 6, 30]


def test_grid_when_one_is_shorter_then_it_holds_its_last_picture(tmp_path: Path, film: Path, short: Path) -> None:
    plan = Plan((Cell(film, "A"), Cell(short, "B")))
    assert numbers(composed(plan, tmp_path), plan, [SIZE, SIZE], 0.8) == [20, 9]


def test_grid_when_a_sound_outlasts_its_picture_then_it_is_whole_and_holds_the_last(
    tmp_path: Path, film: Path
) -> None:
    long = make_film(tmp_path / "long.mp4", 0.4, heard=2.0)
    plan = Plan((Cell(film, "A"), Cell(long, "B")), sound=1)
    made = composed(plan, tmp_path)
    assert probe(made).seconds == pytest.approx(2.0, abs=0.05)
    assert numbers(made, plan, [SIZE, SIZE], 1.9) == [24, 9]
    assert len(decode(made.read_bytes())) == pytest.approx(2000, abs=50)


def test_grid_when_shifted_then_it_begins_later_or_without_its_beginning(tmp_path: Path, film: Path) -> None:
    plan = Plan((Cell(film, "A"), Cell(film, "B", offset=0.2), Cell(film, "C", offset=-0.2)))
    made = composed(plan, tmp_path)
    assert probe(made).seconds == pytest.approx(1.2, abs=0.001)
    assert numbers(made, plan, [SIZE] * 3, 0.08) == [2, 0, 7]
    assert numbers(made, plan, [SIZE] * 3, 0.6) == [15, 10, 20]


def test_grid_when_filmed_on_its_side_then_it_stands_upright(tmp_path: Path, film: Path) -> None:
    turned = make_film(tmp_path / "turned.mp4", turned=90)
    with_turned = composed(Plan((Cell(turned, "A"), Cell(turned, "B"))), tmp_path)
    facts, told = probe(with_turned), probe(turned)
    assert (told.width, told.height) == (108, 192)
    assert facts.height > facts.width / 2


def test_grid_when_all_are_shown_then_no_side_is_larger_than_a_screen(tmp_path: Path) -> None:
    large = make_film(tmp_path / "large.mp4", 0.08, size=(1920, 1080))
    facts = probe(composed(Plan((Cell(large, "A"),) * 4), tmp_path))
    assert facts.width <= 1920
    assert facts.height <= 1080


def test_wipe_when_composed_then_the_divider_parts_the_two(tmp_path: Path) -> None:
    dark, light = (make_film(tmp_path / f"{grey}.mp4", 3.0, grey=grey) for grey in (60, 200))
    made = composed(Plan((Cell(dark, "A"), Cell(light, "B")), "wipe"), tmp_path)
    for moment in (0.0, 0.6, 1.6):
        row = grey_at(made, moment)[-40]
        inner = row[10:-10]
        edge = float(np.argmax(inner > 130)) / inner.size
        assert edge == pytest.approx(divider(moment, 3.0), abs=0.03)
        assert int(inner[0]) == pytest.approx(60, abs=6)
        assert int(inner[-1]) == pytest.approx(200, abs=6)


def test_divider_when_time_goes_on_then_it_swings_from_the_middle() -> None:
    assert divider(0, 8) == pytest.approx(0.5)
    assert divider(2, 8) == pytest.approx(0.96)
    assert divider(6, 8) == pytest.approx(0.04)


@pytest.mark.parametrize(("fps", "expected"), [(8, 24), (10, 30), (24, 24), (30, 30), (50, 25), (60, 30)])
def test_rate_when_chosen_then_it_is_even_with_the_highest(tmp_path: Path, fps: int, expected: int) -> None:
    reader = FrameReader(make_film(tmp_path / "a.mp4", 0.5, fps=fps, lead=None))
    reader.close()
    assert common_rate([reader]) == expected


@pytest.mark.parametrize(
    ("measured", "expected"),
    [("30.01", 30.01), ("30.25", 30.25), ("29.97", 29.97), ("60.1", 30.05), ("15.1", 30.2), ("31", 15.5)],
)
def test_rate_when_measured_a_hair_off_then_no_picture_is_lost(
    short: Path, measured: str, expected: float
) -> None:
    reader = FrameReader(short)
    reader.close()
    reader.rate = Fraction(measured)
    assert float(common_rate([reader])) == pytest.approx(expected)


@pytest.mark.parametrize("kind", ["mp4", "webm", "mov"])
def test_sound_when_its_video_is_shifted_then_it_is_too(tmp_path: Path, film: Path, kind: str) -> None:
    late = make_film(tmp_path / f"late.{kind}", lead=0.3)
    for offset, expected in ((0.0, 0.3), (0.25, 0.55), (-0.2, 0.1)):
        made = composed(Plan((Cell(film, "A"), Cell(late, "B", offset=offset)), sound=1), tmp_path)
        assert onset(made) == pytest.approx(expected, abs=0.02)
        # AAC comes in packets of 21 ms.
        assert decode(made.read_bytes()).duration_seconds == pytest.approx(1 + max(0, offset), abs=0.03)


def test_sound_when_none_is_chosen_or_there_is_none_then_the_film_is_mute(tmp_path: Path, film: Path) -> None:
    mute = make_film(tmp_path / "mute.mp4", lead=None)
    for sound in (None, 1):
        assert not probe(composed(Plan((Cell(film, "A"), Cell(mute, "B")), sound=sound), tmp_path)).has_audio


def test_compose_when_stopped_then_nothing_is_left(tmp_path: Path, film: Path) -> None:
    before, parts = sorted(tmp_path.iterdir()), []
    plan = Plan((Cell(film, "A"), Cell(film, "B")), sound=0)
    stopped = compose(plan, tmp_path / "out.mp4", progress=parts.append, should_stop=lambda: len(parts) >= 5)
    assert not stopped
    assert sorted(tmp_path.iterdir()) == before
    assert len(parts) == 5
    assert [thread.name for thread in threading.enumerate() if thread.name == "prefetch"] == []


def test_compose_when_under_way_then_progress_grows_picture_by_picture(tmp_path: Path, film: Path) -> None:
    parts: list[float] = []
    plan = Plan((Cell(film, "A"), Cell(film, "B")))
    compose(plan, tmp_path / "out.mp4", progress=parts.append, should_stop=lambda: False)
    assert parts == sorted(parts)
    assert (len(parts), parts[-1]) == (26, 1.0)


@pytest.mark.parametrize("name", ["text", "cut", "empty", "missing"])
def test_compose_when_a_file_is_no_video_then_a_sentence_says_so(tmp_path: Path, film: Path, name: str) -> None:
    bad = tmp_path / "bad"
    contents = {"text": b"hello " * 400, "cut": film.read_bytes()[:700], "empty": b""}
    if name in contents:
        bad.write_bytes(contents[name])
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InvalidVideo, match=r"^2 · HuMo: "):
        composed(Plan((Cell(film, "1 · HuMo"), Cell(bad, "2 · HuMo"))), tmp_path)
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("offset", [-5.0, 1e9, float("nan"), float("inf")])
def test_compose_when_offset_is_absurd_then_it_is_refused(tmp_path: Path, film: Path, offset: float) -> None:
    with pytest.raises(InvalidVideo):
        composed(Plan((Cell(film, "A", offset=offset), Cell(film, "B", offset=offset))), tmp_path)


@pytest.mark.parametrize("label", ["Café Привет", "🎬🔥", "", "x" * 5000, "\x00\n<b>", "日本語"])
def test_labels_when_words_are_unusual_then_the_film_is_made(tmp_path: Path, short: Path, label: str) -> None:
    plan = Plan((Cell(short, label, label), Cell(short, "B", "seed 1")))
    made = composed(plan, tmp_path)
    assert numbers(made, plan, [SIZE, SIZE], 0.2) == [5, 5]


def test_labels_when_accented_then_their_letters_are_drawn(tmp_path: Path, short: Path) -> None:
    plain, accented = (
        grey_at(composed(Plan((Cell(short, label), Cell(short, "B"))), tmp_path), 0.0)[:24, 8:200]
        for label in ("Cafe", "Café")
    )
    assert plain.max() > 200
    assert np.abs(plain.astype(int) - accented).max() > 100


@pytest.mark.parametrize(
    ("count", "layout", "sound"), [(1, "grid", None), (5, "grid", None), (3, "wipe", None), (2, "grid", 2)]
)
def test_plan_when_it_makes_no_sense_then_it_is_refused(count: int, layout: str, sound: int | None) -> None:
    with pytest.raises(ValueError, match="video"):
        Plan((Cell(Path("a"), "A"),) * count, layout, sound)


def test_compose_when_made_then_it_plays_while_it_is_fetched(tmp_path: Path, short: Path) -> None:
    head = composed(Plan((Cell(short, "A"), Cell(short, "B"))), tmp_path).read_bytes()
    assert 0 < head.index(b"moov") < head.index(b"mdat")
