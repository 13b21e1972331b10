"""The bin: what is deleted comes back for a week; then it goes for good, rows last."""

from __future__ import annotations

import time

from components.library.bin import BIN_SECONDS
from components.library.generations import Generations
from tests.library.videos import FACTS, add_video, ids


def test_delete_when_done_then_gone_from_pages_and_back_by_undo(library, gallery, make):
    make("a", videos=2)
    make("b")
    gallery.delete(["a-0", "b-0"])
    assert ids(gallery) == ["a-1"]
    assert ids(gallery, deleted=True) == ["b-0", "a-0"]
    mine = Generations(library, "local")
    assert [g.id for g in mine.recent(limit=9)] == ["a"]
    assert [o.id for o in mine.get("a").outputs] == ["a-1"]
    gallery.restore(["b-0", "a-0"])
    assert ids(gallery) == ["b-0", "a-0", "a-1"]


def test_delete_when_in_the_bin_then_the_engine_still_knows_the_video(library, gallery, make):
    make("a")
    gallery.delete(["a-0"])
    assert [o.id for o in Generations(library, None).get("a").outputs] == ["a-0"]


def test_delete_when_it_failed_then_gone_but_not_while_under_way(library, gallery, add_generation):
    for state in ("failed", "running"):
        add_generation(state)
        Generations(library, "local").move(state, "queued", state)
    gallery.delete(["failed", "running"])
    assert ids(gallery) == ["running"]
    assert ids(gallery, deleted=True) == ["failed"]


def test_empty_bin_when_old_enough_then_forgotten_with_the_keys_of_its_files(gallery, bin_, make):
    make("a")
    make("b")
    gallery.tag(["a-0"], "blue")
    gallery.delete(["a-0"])
    assert bin_.claim(time.time() - 3600) == {}
    assert bin_.claim(time.time() + 1) == {"a-0": ["outputs/a-0.mp4", "posters/a-0.jpg"]}
    assert (ids(gallery), ids(gallery, deleted=True), gallery.some(["a-0"])) == (["b-0"], [], [])
    bin_.forget("a-0", time.time() + 1)
    assert (bin_.claim(time.time() + 1), gallery.tags()) == ({}, [])


def test_empty_bin_when_the_last_video_of_a_failed_one_goes_then_its_card_does_not_come_back(
    library, gallery, bin_, add_generation
):
    add_generation("strange")
    rows = Generations(library, "local")
    add_video(rows, "local", "strange", 0, {})
    rows.move("strange", "queued", "failed")
    gallery.delete(["strange-0"])
    bin_.claim(time.time() + 1)
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])
    bin_.forget("strange-0", time.time() + 1)
    gallery.restore(["strange"])
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])


def test_restore_when_the_bin_is_being_emptied_then_it_comes_too_late(gallery, bin_, make):
    make("a")
    gallery.delete(["a-0"])
    claimed = bin_.claim(time.time() + 1)
    gallery.restore(["a-0"])
    gallery.delete(["a-0"])
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])
    # Its files may be gone already; if not, they are told again until they are.
    assert bin_.claim(0.0) == claimed


def test_forget_when_not_claimed_for_so_long_then_the_row_stays(gallery, bin_, make):
    for name in ("a", "b"):
        make(name)
    gallery.delete(["a-0"])
    before = time.time()
    claimed = bin_.claim(time.time() + 1)
    bin_.forget("a-0", before)
    bin_.forget("b-0", time.time() + 1)
    assert (bin_.claim(0.0), ids(gallery)) == (claimed, ["b-0"])


def test_empty_bin_when_its_generation_is_under_way_then_the_engine_keeps_knowing_it(
    library, gallery, bin_, add_generation
):
    add_generation("rows")
    add_video(Generations(library, "local"), "local", "rows", 0, FACTS)
    gallery.delete(["rows-0"])
    assert bin_.claim(time.time() + 1) == {}
    assert [o.id for o in Generations(library, None).get("rows").outputs] == ["rows-0"]


def test_bin_when_a_failed_one_has_been_in_it_for_a_week_then_it_is_not_shown(library, gallery, add_generation):
    add_generation("old", deleted_at=time.time() - BIN_SECONDS - 1, state="failed")
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])
