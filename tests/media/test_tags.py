"""Settings travel inside a video: found again after another copy, and nothing else of the file is touched."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.errors import InvalidVideo
from components.media.boxes import XMP, append_xmp, find_xmp
from components.media.tags import DEEPEST, read_tags, taggable, write_tags
from components.media.video import probe
from tests.media.making import make_clip
from tests.media.test_hostile import FUZZ

TAGS = {
    "model": "segmind/humo",
    "parameters": {"prompt": 'Ça va? "<b>" & \u2028 日本\n🎬', "seed": 42, "cfg": 5.5},
}
COMMENT = "Made by the Screentest sandbox, not by an AI model"


@pytest.fixture(params=["mp4", "mov", "webm"])
def clip(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"clip.{request.param}"
    path.write_bytes(make_clip(0.6, request.param))
    return path


@pytest.fixture
def mp4(tmp_path: Path) -> Path:
    path = tmp_path / "plain.mp4"
    path.write_bytes(make_clip(0.4))
    return path


def tagged(source: Path, tags: dict[str, Any] = TAGS) -> Path:
    target = source.with_name("tagged-" + source.name)
    write_tags(source, target, tags)
    return target


def packets(path: Path) -> list[tuple[Any, ...]]:
    with av.open(str(path)) as container:
        found = [(p.stream.type, p.pts, p.dts, p.is_keyframe, bytes(p)) for p in container.demux() if p.size]
    return sorted(found)


def copied(source: Path, target: Path, metadata: dict[str, str], **options: str) -> Path:
    """What any other program makes of it: the same packets in a new file, with that metadata."""
    with av.open(str(source)) as container, av.open(str(target), "w", options=options) as out:
        out.metadata.update(metadata)
        twins = {stream.index: out.add_stream_from_template(stream) for stream in container.streams}
        for packet in container.demux():
            if packet.size:
                packet.stream = twins[packet.stream.index]
                out.mux(packet)
    return target


def told(path: Path) -> dict[str, str]:
    with av.open(str(path)) as container:
        return dict(container.metadata)


def test_tags_when_written_then_they_are_read_again(clip: Path) -> None:
    made = tagged(clip)
    assert read_tags(made) == TAGS
    assert read_tags(made.read_bytes()) == TAGS
    assert read_tags(clip) is None


def test_tags_when_written_then_no_packet_changes(clip: Path) -> None:
    made = tagged(clip)
    assert packets(made) == packets(clip)
    assert probe(made).frames == probe(clip).frames
    assert [path.name for path in clip.parent.iterdir() if path.suffix == ".draft"] == []


def test_tags_when_written_then_the_file_plays_while_it_is_fetched(mp4: Path) -> None:
    data = tagged(mp4).read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_tags_when_another_program_copies_the_file_then_the_comment_survives(clip: Path) -> None:
    made = tagged(clip)
    again = copied(made, clip.with_name("again" + clip.suffix), told(made))
    assert read_tags(again) == TAGS


def test_tags_when_a_service_wipes_the_comment_then_the_xmp_box_is_left(mp4: Path) -> None:
    made = tagged(mp4)
    wiped = copied(made, mp4.with_name("wiped.mp4"), {})
    assert read_tags(wiped) is None
    append_xmp(wiped, find_xmp(made))
    assert read_tags(wiped) == TAGS


def test_tags_when_written_twice_then_the_last_ones_count(clip: Path) -> None:
    again = tagged(tagged(clip), {"seed": 7})
    assert read_tags(again) == {"seed": 7}
    assert str(told(again)).count("screentest") == 1
    assert len(list(find_xmp(again))) == (0 if clip.suffix == ".webm" else 1)


def test_tags_when_the_file_had_words_of_its_own_then_they_stay(clip: Path) -> None:
    named = copied(clip, clip.with_name("named" + clip.suffix), {"title": "A smile", "comment": COMMENT})
    words = {name.lower(): value for name, value in told(tagged(tagged(named))).items()}
    assert words["title"] == "A smile"
    assert words["comment"].split("\n")[0] == COMMENT
    assert words["comment"].count("\n") == 1


def test_tags_when_the_file_had_keys_or_xmp_of_its_own_then_they_stay(mp4: Path) -> None:
    own = copied(mp4, mp4.with_name("own.mp4"), {"studio_key": "kept"}, movflags="use_metadata_tags")
    append_xmp(own, [b"<x:xmpmeta>somebody else's</x:xmpmeta>"])
    made = tagged(own)
    assert told(made)["studio_key"] == "kept"
    assert read_tags(made) == TAGS
    assert b"<x:xmpmeta>somebody else's</x:xmpmeta>" in list(find_xmp(made))


def test_tags_when_almost_64_kb_then_they_are_kept_and_beyond_refused(mp4: Path) -> None:
    tags = {"prompt": "é" * 32_000}
    assert read_tags(tagged(mp4, tags)) == tags
    with pytest.raises(ValueError, match="bytes"):
        tagged(mp4, {"prompt": "é" * 33_000})


@pytest.mark.parametrize("data", [b"", b"plain text " * 99, make_clip(1.0)[:900], make_clip(0.2, "matroska")])
def test_write_when_file_is_no_whole_video_then_a_sentence_says_so(tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "bad.mp4"
    source.write_bytes(data)
    with pytest.raises(InvalidVideo):
        tagged(source)
    assert list(tmp_path.iterdir()) == [source]


def hostile(comment: str) -> bytes:
    data = io.BytesIO()
    with av.open(io.BytesIO(make_clip(0.1, sound=False))) as container, av.open(data, "w", format="mp4") as out:
        out.metadata["comment"] = comment
        twin = out.add_stream_from_template(container.streams.video[0])
        for packet in container.demux():
            if packet.size:
                packet.stream = twin
                out.mux(packet)
    return data.getvalue()


@pytest.mark.parametrize(
    "value",
    [
        '{"a":' * 5000 + "1" + "}" * 5000,
        "[" * 30_000,
        json.dumps({"a": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}),
        '{"a":NaN}',
        '{"a":"\\ud800"}',
        '{"a":1' + "0" * 10_000 + "}",
        "[1]",
        "null",
        '{"a":"' + "x" * 70_000 + '"}',
        "{",
    ],
    ids=["nested", "brackets", "deep", "nan", "surrogate", "number", "list", "null", "large", "cut"],
)
def test_read_when_json_is_hostile_then_it_is_as_if_there_were_none(value: str) -> None:
    words = '{"screentest":' + value + "}"
    assert read_tags(hostile(words)) is None
    assert read_tags(make_clip(0.1) + xmp(words.encode())) is None


def xmp(words: bytes) -> bytes:
    body = XMP + b"<screentest:tags>" + words + b"</screentest:tags>"
    return (8 + len(body)).to_bytes(4, "big") + b"uuid" + body


def test_read_when_only_xmp_is_left_then_it_counts() -> None:
    assert read_tags(make_clip(0.1) + xmp(b'{"screentest":{"a":1}}')) == {"a": 1}


def test_read_when_the_comment_is_somebody_elses_json_then_there_are_none() -> None:
    assert read_tags(hostile('{"prompt": {"1": {"class_type": "KSampler"}}, "workflow": {}}')) is None


def test_read_when_as_deep_as_allowed_then_it_is_read() -> None:
    value: Any = 1
    for _ in range(DEEPEST - 1):
        value = [value]
    assert read_tags(hostile(json.dumps({"screentest": {"a": value}}, separators=(",", ":")))) == {"a": value}


@pytest.mark.parametrize("data", [b"", b"\x00" * 64, b"text", b"\x00\x00\x00\x01uuid" + b"\xff" * 40])
def test_read_when_it_is_no_video_then_there_are_none(tmp_path: Path, data: bytes) -> None:
    assert read_tags(data) is None
    assert read_tags(tmp_path / "missing.mp4") is None
    assert read_tags(tmp_path) is None


@FUZZ
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_read_when_bytes_are_changed_then_nothing_is_raised(noise: bytes, at: int) -> None:
    data = make_clip(0.1) + xmp(b'{"screentest":{"a":1}}')
    found = read_tags(data[:at] + noise + data[at + len(noise) :])
    assert found is None or found == {"a": 1}


@pytest.mark.parametrize(
    ("name", "can"), [("a.mp4", True), ("a.MOV", True), ("b/c.webm", True), ("a.mkv", False), ("a", False)]
)
def test_taggable_when_asked_then_the_kind_decides(name: str, can: bool) -> None:
    assert taggable(Path(name)) is can
