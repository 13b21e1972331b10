"""Files from strangers: no address in them is fetched, and no damage ends in anything but a sentence."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.errors import InvalidFile
from components.media.audio import read_voice
from components.media.container import Unreadable, open_media
from components.media.faces import face_note
from components.media.image import read_portrait
from components.media.video import poster, probe
from tests.media.making import make_clip, make_picture, make_tone

SOUNDS = [make_tone(0.6, kind) for kind in ("mp3", "m4a", "ogg", "flac", "wav", "webm")]
PICTURES = [make_picture((96, 96), kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "TIFF", "BMP", "AVIF")]
CLIPS = [make_clip(0.4, kind) for kind in ("mp4", "webm")]

FUZZ = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Listener:
    """A port that notes who connects, and hangs up on them so that nobody waits."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.server.getsockname()[1]}/a.ts"
        self.visits = 0
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()

    def _serve(self) -> None:
        while True:
            visitor, _ = self.server.accept()
            with visitor:
                if visitor.recv(4) == b"stop":
                    return
                self.visits += 1

    def count(self) -> int:
        """Visits until now; connections queue, so ours comes after all of theirs."""
        if self.thread.is_alive():
            with socket.create_connection(self.server.getsockname()) as last:
                last.sendall(b"stop")
            self.thread.join()
        return self.visits


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.count()
    listening.server.close()


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}\n#EXT-X-ENDLIST\n",
        "ffconcat version 1.0\nfile {url}\nduration 5\n",
        "{url}",
        "[playlist]\nFile1={url}\nNumberOfEntries=1\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>{url}</BaseURL></MPD>',
    ],
    ids=["m3u8", "ffconcat", "plain", "pls", "dash"],
)
def test_addresses_when_inside_a_file_then_are_never_fetched(
    text: str, listener: Listener, tmp_path: Path
) -> None:
    data = text.format(url=listener.url).encode()
    path = tmp_path / "list.m3u8"
    path.write_bytes(data)
    asks: list[tuple[Callable[..., object], object]] = [
        (read_voice, data), (read_portrait, data), (probe, path), (poster, path)
    ]  # fmt: skip
    for ask, source in asks:
        with pytest.raises(InvalidFile):
            ask(source)
    assert listener.count() == 0


def test_open_when_path_looks_like_an_address_then_is_only_a_missing_file(listener: Listener) -> None:
    with pytest.raises(Unreadable), open_media(Path(listener.url)):
        pass
    assert listener.count() == 0


@st.composite
def damaged(draw: st.DrawFn, originals: list[bytes]) -> bytes:
    """A good file with bytes changed, put in, taken out, or cut off."""
    data = bytearray(draw(st.sampled_from(originals)))
    for _ in range(draw(st.integers(1, 8))):
        # Headers break more than payload does.
        at = draw(st.one_of(st.integers(0, min(200, len(data))), st.integers(0, len(data))))
        match draw(st.integers(0, 3)):
            case 0:
                data[at : at + 1] = draw(st.binary(min_size=1, max_size=1))
            case 1:
                data[at:at] = draw(st.binary(max_size=40))
            case 2:
                del data[at : at + draw(st.integers(1, 400))]
            case _:
                data[at : at + 40] = draw(st.binary(min_size=40, max_size=40))
    return bytes(data)


@FUZZ
@given(damaged(SOUNDS + CLIPS))
def test_voice_when_bytes_are_damaged_then_is_read_or_refused(data: bytes) -> None:
    try:
        voice = read_voice(data)
    except InvalidFile:
        return
    assert 0.1 <= voice.seconds < 30


@FUZZ
@given(damaged(PICTURES))
def test_portrait_when_bytes_are_damaged_then_is_read_or_refused(data: bytes) -> None:
    face_note(data)
    try:
        portrait = read_portrait(data)
    except InvalidFile:
        return
    assert max(portrait.width, portrait.height) <= 2048


@FUZZ
@given(data=damaged(CLIPS))
def test_video_when_bytes_are_damaged_then_is_read_or_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "clip"
    path.write_bytes(data)
    for ask in (probe, poster):
        try:
            assert ask(path)
        except InvalidFile:
            continue
