from __future__ import annotations

import csv
import io
import zipfile

import pytest

from components.library.gallery import Gallery
from components.library.generations import Generations
from components.library.pack import pack, pack_key
from tests.library.videos import FACTS, add_video


@pytest.fixture
def entries(library, storage, add_generation):
    """Two videos of two models, with files; the second one's note would run in a spreadsheet."""
    for name, model in (("aaaa1111", "segmind/humo"), ("bbbb2222", "runware/omnihuman-1")):
        add_generation(name, model=model, parameters={"prompt": 'A, "B"', "link": "HTTPS://x/y?sig=1"})
        rows = Generations(library, "local")
        add_video(rows, "local", name, 0, FACTS)
        rows.move(name, "queued", "done", cost_micros=1_500_000)
        storage.put(f"outputs/{name}-0.mp4", name.encode())
    gallery = Gallery(library, "local")
    gallery.note("bbbb2222-0", "=1+1")
    gallery.rate(["aaaa1111-0"], 5)
    return gallery.some(["bbbb2222-0", "aaaa1111-0"])


def opened(storage, entries):
    key = pack_key(entries, tagging=True)
    pack(storage, entries, lambda output: storage.path(output.key), key)
    return zipfile.ZipFile(io.BytesIO(storage.read(key)))


def test_pack_when_opened_then_videos_table_and_manifest(storage, entries):
    with opened(storage, entries) as packed:
        names = packed.namelist()
        assert names == ["omnihuman-runware-bbbb2222.mp4", "humo-aaaa1111.mp4", "results.csv", "manifest.txt"]
        assert packed.read("humo-aaaa1111.mp4") == b"aaaa1111"
        rows = list(csv.DictReader(io.StringIO(packed.read("results.csv").decode())))
        assert [row["file"] for row in rows] == names[:2]
        assert [(row["rating"], row["prompt"], row["cost_usd"]) for row in rows[1:]] == [("5", 'A, "B"', "1.5000")]
        assert '  prompt: A, "B"' in packed.read("manifest.txt").decode().splitlines()


def test_pack_when_cells_could_run_or_hold_addresses_then_they_do_not(storage, entries):
    with opened(storage, entries) as packed:
        table, manifest = packed.read("results.csv").decode(), packed.read("manifest.txt").decode()
    assert "'=1+1" in table
    assert "https://" not in (table + manifest).lower()


def test_pack_key_when_a_mark_changes_then_another(library, entries):
    gallery = Gallery(library, "local")
    before = pack_key(entries, tagging=True)
    assert pack_key(gallery.some([entry.id for entry in entries]), tagging=True) == before
    gallery.rate([entries[0].id], 1)
    assert pack_key(gallery.some([entry.id for entry in entries]), tagging=True) != before


def test_pack_key_when_the_switch_is_thrown_then_another(entries):
    assert pack_key(entries, tagging=True) != pack_key(entries, tagging=False)
