from __future__ import annotations

import csv
import io
import zipfile

import pytest
import sqlalchemy as sa

from components.library.generations import Generations
from components.library.sight import Sight
from components.library.tables import generation
from components.library.video_pack import pack_key, pack_videos
from components.studio.gallery import Gallery
from tests.library.videos import FACTS, add_video

NAMES = ["omnihuman-runware-bbbb2222.mp4", "humo-aaaa1111.mp4", "humo-aaaa1111-2.mp4"]


@pytest.fixture
def entries(library, storage, add_generation):
    """Three videos of two requests, with files; the first one's note would run in a spreadsheet."""
    asked = {"prompt": 'A, "B"', "link": "HTTPS://x/y?sig=1", "audio": "voice1"}
    for name, model, videos in (("aaaa1111", "segmind/humo", 2), ("bbbb2222", "runware/omnihuman-1", 1)):
        add_generation(name, model=model, parameters=asked)
        rows = Generations(library, "local")
        for position in range(videos):
            add_video(rows, "local", name, position, FACTS)
            storage.put(f"outputs/{name}-{position}.mp4", name.encode())
        rows.move(name, "queued", "done", cost_micros=1_500_000)
    gallery = Gallery(library, Sight("local"))
    gallery.note("bbbb2222-0", "=1+1")
    gallery.rate(["aaaa1111-0"], 5)
    return gallery.some(["bbbb2222-0", "aaaa1111-0", "aaaa1111-1"])


def opened(storage, entries):
    key = pack_key(entries, tagging=True)
    pack_videos(storage, entries, lambda output: storage.path(output.key), "told of {}".format, key)
    return zipfile.ZipFile(io.BytesIO(storage.read(key)))


@pytest.fixture
def packed(storage, entries):
    with opened(storage, entries) as packed:
        yield packed


@pytest.fixture
def rows(packed):
    return list(csv.DictReader(io.StringIO(packed.read("results.csv").decode("utf-8-sig"))))


def test_pack_when_opened_then_videos_table_and_manifest(packed, rows):
    assert packed.namelist() == [*NAMES, "results.csv", "manifest.txt"]
    assert packed.read("humo-aaaa1111.mp4") == b"aaaa1111"
    assert [row["file"] for row in rows] == NAMES
    assert (rows[1]["rating"], rows[1]["prompt"], rows[1]["audio"]) == ("5", 'A, "B"', "voice1")
    assert '  prompt: A, "B"' in packed.read("manifest.txt").decode().splitlines()


def test_cost_when_a_request_gave_several_videos_then_the_column_adds_up_to_what_was_paid(packed, rows):
    assert [(row["request"], row["request_cost_usd"]) for row in rows] == [
        ("bbbb2222", "1.5000"),
        ("aaaa1111", "1.5000"),
        ("aaaa1111", ""),
    ]
    manifest = packed.read("manifest.txt").decode()
    assert manifest.count("  request_cost_usd: 1.5000") == 2
    assert "at the first of them only" in manifest


def test_cost_when_it_was_the_sandbox_then_it_stands_apart_from_what_was_paid(library, storage, entries):
    with library.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id == "bbbb2222").values(sandbox=True))
    entries = Gallery(library, Sight("local")).some([entry.id for entry in entries])
    with opened(storage, entries) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("results.csv").decode("utf-8-sig"))))
        manifest = packed.read("manifest.txt").decode()
    prices = [(row["request_cost_usd"], row["sandbox_would_have_cost_usd"]) for row in rows]
    assert prices == [("", "1.5000"), ("1.5000", ""), ("", "")]
    assert "  sandbox_would_have_cost_usd: 1.5000" in manifest


def test_manifest_when_a_file_was_given_then_it_is_told_what_it_is(packed):
    assert packed.read("manifest.txt").decode().splitlines().count("  audio: told of voice1") == 3


def test_pack_when_cells_could_run_or_hold_addresses_then_they_do_not(packed):
    table, manifest = packed.read("results.csv").decode(), packed.read("manifest.txt").decode()
    assert "'=1+1" in table
    assert "https://" not in (table + manifest).lower()


def test_pack_key_when_a_mark_changes_then_another(library, entries):
    gallery = Gallery(library, Sight("local"))
    before = pack_key(entries, tagging=True)
    assert pack_key(gallery.some([entry.id for entry in entries]), tagging=True) == before
    gallery.rate([entries[0].id], 1)
    assert pack_key(gallery.some([entry.id for entry in entries]), tagging=True) != before


def test_pack_key_when_the_switch_is_thrown_then_another(entries):
    assert pack_key(entries, tagging=True) != pack_key(entries, tagging=False)
