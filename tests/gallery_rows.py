"""Fills a library with varied finished videos, as the engine leaves them: rows at once, files where wanted."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from PIL import Image

from components.catalog import MODELS
from components.library.database import migrate, open_database, sqlite_url
from components.library.tables import generation, output, tag
from components.studio import LOCAL
from tests.e2e.clips import make_clip, picture

FACTS = {
    "width": 832,
    "height": 480,
    "seconds": 1.96,
    "fps": 25.0,
    "frames": 49,
    "has_audio": True,
    "codec": "h264",
}
PROMPTS = (
    "A woman in a navy jacket speaks warmly to camera in a quiet studio, soft key light",
    "An old fisherman tells of the sea at dusk, wind in his beard",
    "A teacher explains a formula on a blackboard with a smile",
    "A young man reads the news under cold blue light",
)
TAGS = ("client", "keep", "take two")
DAY = 86400.0


@dataclass(frozen=True)
class Shelf:
    """A data folder's database and files."""

    folder: Path
    database_url: str = ""
    """Where the rows lie, if not in the folder."""

    def fill(self, count: int, *, marked: bool = True) -> list[str]:
        """That many finished videos of all models, one an hour, newest first; gives the outputs' ids."""
        engine = open_database(self.database_url or sqlite_url(self.folder / "studio.db"))
        dice, now = random.Random(7), time.time()
        migrate(engine)
        numbers = range(count)
        with engine.begin() as connection:
            connection.execute(sa.insert(generation), [_generation(number, dice, now) for number in numbers])
            connection.execute(sa.insert(output), [_output(number, now, marked) for number in numbers])
            tagged = [{"output_id": name(n), "name": TAGS[n % 3], "owner": LOCAL} for n in numbers[::7]]
            if marked:
                connection.execute(sa.insert(tag), tagged)
        engine.dispose()
        return [name(number) for number in numbers]

    def film(self, ids: list[str], seconds: float = 2.0, size: tuple[int, int] = (416, 240)) -> None:
        """A small real clip and its poster for each."""
        for number, one in enumerate(ids):
            hue = (number * 37) % 256
            for kind in ("outputs", "posters"):
                (self.folder / "media" / kind).mkdir(parents=True, exist_ok=True)
            make_clip(self.folder / "media" / f"outputs/{one}.mp4", seconds, hue, 220 + 10 * number, size)
            self.poster(one, picture(number % 50, hue, size))

    def film_all(self, ids: list[str], films: int) -> None:
        """A few real clips, shared by all."""
        self.film(ids[:films])
        for number, one in enumerate(ids[films:]):
            for kind in ("outputs/{}.mp4", "posters/{}.jpg"):
                media = self.folder / "media"
                (media / kind.format(one)).hardlink_to(media / kind.format(ids[number % films]))

    def poster(self, one: str, image: Image.Image) -> None:
        data = BytesIO()
        image.save(data, "JPEG", quality=82)
        (self.folder / "media" / f"posters/{one}.jpg").write_bytes(data.getvalue())


MADE_WITH = (
    "segmind/humo",
    "segmind/hunyuan-video",
    "runware/omnihuman-1",
    "aimlapi/omnihuman",
    "bhuman/personalized-video",
)
"""Which models the videos are of, in turn."""


def name(number: int) -> str:
    return f"{number:032x}-0"


def _generation(number: int, dice: random.Random, now: float) -> dict[str, Any]:
    spec, prompt = MODELS[MADE_WITH[number % len(MADE_WITH)]], PROMPTS[number % len(PROMPTS)]
    made = now - 5400 - 3600 * number
    moved = {"frames": 49, "scale_a": 1 + number % 9, "seed": dice.randrange(10**6), "numberResults": 1}
    known = {field: value for field, value in moved.items() if field in spec.request.model_fields}
    return {
        "id": f"{number:032x}",
        "owner": LOCAL,
        "model": spec.id,
        "state": "done",
        "sandbox": number % 3 > 0,
        "parameters": {"prompt": prompt, **known},
        "operation": None,
        "cost_micros": 140_000 if number % 3 == 0 else None,
        "error": None,
        "tries": 0,
        "created_at": made,
        "submitted_at": made,
        "finished_at": made + 8,
        "changed_at": made + 8,
        "deleted_at": None,
        "words": prompt.casefold(),
    }


def _output(number: int, now: float, marked: bool) -> dict[str, Any]:
    one = name(number)
    return {
        "id": one,
        "owner": LOCAL,
        "generation_id": one[:-2],
        "position": 0,
        "media_type": "video/mp4",
        "key": f"outputs/{one}.mp4",
        "poster_key": f"posters/{one}.jpg",
        "size": 1,
        "sha256": "0" * 64,
        "facts": FACTS,
        "created_at": now - 5400 - 3600 * number,
        "seconds": FACTS["seconds"],
        "favourite": marked and number % 5 == 0,
        "rating": number % 6 or None if marked else None,
        "note": "The mouth is late at the end" if marked and number % 11 == 3 else "",
        "deleted_at": None,
        "examined": None,
        "words": "",
    }
