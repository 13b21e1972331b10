"""What is said of a file: nothing stands out where all is well, and what is unusual stands out alone."""

from __future__ import annotations

import pytest

from components.ui.output.file import _length, _measured

FACTS = {"fps": 25.0, "frames": 97, "has_audio": True}
MEASURED = {
    "lufs": -21.96,
    "true_peak_db": -3.04,
    "black_frames": 0,
    "frozen_frames": 0,
    "frames_looked_at": 97,
    "bitrate": 2_400_000,
    "audio_seconds": 3.9,
    "video_seconds": 3.88,
}
ODD = [
    ({"black_frames": 12}, "12 of 97 frames are black"),
    ({"frozen_frames": 1}, "1 of 97 frames is frozen"),
    ({"black_frames": 3000, "frames_looked_at": 3000}, "3,000 of the first 3,000 frames are black"),
    ({"lufs": None, "true_peak_db": None}, "silent throughout"),
    ({"lufs": -41.0}, "-41.0 LUFS, very quiet"),
    ({"lufs": -6.0}, "-6.0 LUFS, very loud"),
    ({"true_peak_db": 0.8}, "+0.8 dBTP, it clips"),
    ({"audio_seconds": 2.0}, "2.0 s, 1.9 s shorter than the picture"),
]


@pytest.mark.parametrize(
    ("seconds", "wanted", "said", "kind"),
    [
        (3.88, 3.88, "3.9 s, as asked", ""),
        (3.92, 3.88, "3.9 s, as asked", ""),
        (2.0, 3.88, "2.0 s, 1.9 s shorter than the 3.9 s asked", "odd"),
        (5.0, None, "5.0 s", ""),
    ],
)
def test_length_when_it_misses_what_was_asked_then_it_says_by_how_much(seconds, wanted, said, kind):
    assert _length(seconds, wanted)[2:] == (said, kind)


def test_measures_when_all_is_well_then_nothing_stands_out():
    found = list(_measured(MEASURED, FACTS))
    assert {fact[0]: fact[2] for fact in found} == {
        "Black frames": "none",
        "Frozen frames": "none",
        "Loudness": "-22.0 LUFS",
        "True peak": "-3.0 dBTP",
        "Data rate": "2.4 Mbit/s",
    }
    assert not any(fact[3] == "odd" for fact in found)


@pytest.mark.parametrize(("changes", "said"), ODD)
def test_measures_when_one_is_unusual_then_it_alone_stands_out(changes, said):
    frames = 9000 if "frames_looked_at" in changes else 97
    found = _measured(MEASURED | changes, FACTS | {"frames": frames})
    assert [fact[2] for fact in found if fact[3] == "odd"] == [said]


def test_measures_when_there_is_no_sound_then_nothing_is_said_of_it():
    silent = {"lufs": None, "true_peak_db": None, "audio_seconds": None}
    assert "silent" not in str(list(_measured(MEASURED | silent, FACTS | {"has_audio": False})))
