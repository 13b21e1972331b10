"""A sandbox for the whole session, a drawn portrait that a face finder finds, and a voice of three syllables."""

from __future__ import annotations

import base64
import io
import wave

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.sandbox.runware import client
from tests.sandbox_server import start_sandbox

RATE = 16_000


@pytest.fixture(scope="session")
def session_sandbox(tmp_path_factory):
    with start_sandbox(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.fixture
def sandbox(session_sandbox):
    yield session_sandbox
    session_sandbox.rehearse()


@pytest.fixture(scope="session")
def portrait():
    picture = Image.new("RGB", (600, 720), (92, 108, 140))
    draw = ImageDraw.Draw(picture)
    hair, skin, dark = (44, 31, 26), (222, 165, 126), (24, 16, 12)
    draw.ellipse((110, 60, 490, 560), fill=hair)
    draw.rectangle((240, 480, 360, 640), fill=(190, 130, 98))
    draw.ellipse((40, 590, 560, 1100), fill=(36, 48, 80))
    draw.ellipse((160, 130, 440, 560), fill=skin)
    draw.pieslice((140, 80, 460, 380), 180, 360, fill=hair)
    for x in (232, 368):
        draw.ellipse((x - 46, 290, x + 46, 350), fill=(178, 122, 90))
        draw.rectangle((x - 42, 268, x + 42, 280), fill=hair)
        draw.ellipse((x - 34, 304, x + 34, 338), fill=(250, 246, 240))
        draw.ellipse((x - 15, 304, x + 15, 336), fill=dark)
    draw.polygon([(300, 330), (276, 420), (324, 420)], fill=(204, 144, 106))
    draw.ellipse((276, 405, 324, 428), fill=(160, 100, 74))
    draw.ellipse((244, 460, 356, 508), fill=(178, 80, 82))
    draw.line((246, 483, 354, 483), fill=(90, 30, 36), width=5)
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(2)).save(out, "PNG")
    return out.getvalue()


def make_voice(seconds: float) -> bytes:
    """A hum that swells and dies three times a second and a half."""
    time = np.arange(round(seconds * RATE)) / RATE
    swell = np.clip(np.sin(2 * np.pi * 2 * time), 0, None)
    hum = sum(np.sin(2 * np.pi * 140 * part * time) / part for part in range(1, 8))
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((8000 * swell * hum).astype("<i2").tobytes())
    return out.getvalue()


@pytest.fixture(scope="session")
def voice():
    return make_voice(2.0)


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode()


def data_uri(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64_of(data)}"


@pytest.fixture(scope="session")
def body(portrait, voice):
    """A good request, quick to render."""
    return {
        "prompt": "A man in a garden",
        "mode": "TIA",
        "image": data_uri(portrait, "image/png"),
        "audio": data_uri(voice, "audio/wav"),
        "frames": 25,
        "width": 832,
        "height": 480,
    }


class Clip:
    """A decoded video."""

    def __init__(self, source) -> None:
        with av.open(source) as container:
            self.comment = container.metadata.get("comment")
            self.has_sound = bool(container.streams.audio)
            self.rate = container.streams.video[0].average_rate
            self.codec = container.streams.video[0].codec_context.name
            self.frames = np.stack([frame.to_ndarray(format="gray") for frame in container.decode(video=0)])
        self.sound_seconds = self._sound_seconds(source) if self.has_sound else 0.0

    @property
    def size(self):
        return self.frames.shape[2], self.frames.shape[1]

    @staticmethod
    def _sound_seconds(source):
        if hasattr(source, "seek"):
            source.seek(0)
        with av.open(source) as container:
            return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


@pytest.fixture(scope="session")
def short():
    return make_voice(0.4)


@pytest.fixture(scope="session")
def task(session_sandbox, wide_jpg, short):
    """A good task of Runware's, quick to render; its number is new at each call."""
    picture = data_uri(wide_jpg.read_bytes(), "image/jpeg")
    files = {
        "referenceImages": [client.store(session_sandbox, picture)["mediaUUID"]],
        "audio": client.store(session_sandbox, data_uri(short, "audio/wav"))["mediaUUID"],
    }

    def task(inputs=None, **more):
        number, model = client.new(), "bytedance:5@1"
        given = {"taskType": "videoInference", "taskUUID": number, "model": model, "includeCost": True}
        return given | {"inputs": files | (inputs or {})} | more

    return task
