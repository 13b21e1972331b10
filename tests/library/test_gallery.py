from __future__ import annotations

import datetime
import time

import pytest

from components.errors import NotFound
from components.library.gallery import BIN_SECONDS, Gallery, View
from components.library.generations import Generations
from tests.library.videos import FACTS, add_video

WITHOUT_VIDEO = ("failed", "uncertain", "cancelled", "running")


@pytest.fixture
def gallery(library):
    return Gallery(library, "local")


@pytest.fixture
def make(library, add_generation):
    """A finished generation with videos `NAME-0`, `NAME-1` ...; the one made last is the newest."""
    made = []

    def make(name, videos=1, owner="local", cost=None, facts=FACTS, **values):
        add_generation(name, owner, created_at=1000.0 + len(made), **values)
        made.append(name)
        rows = Generations(library, owner)
        for position in range(videos):
            add_video(rows, owner, name, position, facts)
        rows.move(name, "queued", "done", cost_micros=cost)
        return name

    return make


def ids(gallery, limit=50, offset=0, **view):
    found = [entry.id for entry in gallery.entries(View(**view), limit=limit, offset=offset)]
    assert offset or len(found) == min(limit, gallery.count(View(**view)))
    return found


def test_entries_when_asked_then_newest_first_and_each_take_apart(gallery, make):
    make("a")
    make("b", videos=3)
    assert ids(gallery) == ["b-0", "b-1", "b-2", "a-0"]
    assert ids(gallery, limit=2, offset=1) == ["b-1", "b-2"]


def test_entries_when_a_generation_has_no_video_then_it_stands_for_itself(gallery, make, library, add_generation):
    make("a")
    for state in WITHOUT_VIDEO:
        add_generation(state)
        Generations(library, "local").move(state, "queued", state)
    assert set(ids(gallery)) == {"a-0", *WITHOUT_VIDEO}
    assert ids(gallery, states=("running",)) == ["running"]
    assert set(ids(gallery, states=("failed", "done"))) == {"failed", "a-0"}


def test_entries_when_another_owner_asks_then_nothing_is_there(gallery, make):
    make("a", owner="someone else")
    assert ids(gallery) == []
    assert gallery.some(["a-0"]) == []
    with pytest.raises(NotFound):
        gallery.entry("a-0")


def test_filter_when_by_model_or_provider_then_only_those(gallery, make):
    make("a", model="segmind/humo")
    make("b", model="segmind/hunyuan-video")
    make("c", model="runware/omnihuman-1")
    assert ids(gallery, models=("segmind/humo",)) == ["a-0"]
    assert ids(gallery, providers=("segmind",)) == ["b-0", "a-0"]
    assert ids(gallery, providers=("segmind",), models=("runware/omnihuman-1",)) == []


@pytest.mark.parametrize("text", ["RAIN", "rain in", "ДОЖДЬ", "in Ö"])
def test_filter_when_words_are_in_the_prompt_then_found_whatever_their_case(gallery, make, text):
    make("a", parameters={"prompt": "Rain in Örebro, дождь"})
    make("b", parameters={"prompt": "sun"})
    assert ids(gallery, text=text) == ["a-0"]


def test_filter_when_words_have_wildcards_then_they_are_letters(gallery, make):
    make("a", parameters={"prompt": "100% sure"})
    make("b", parameters={"prompt": "100 sure"})
    assert ids(gallery, text="%") == ["a-0"]
    assert ids(gallery, text="_") == []


def test_filter_when_a_name_is_asked_then_the_video_for_that_person(gallery, make):
    make("a", facts=FACTS | {"label": "Ann"})
    make("b", facts=FACTS | {"label": "Bob"})
    assert ids(gallery, text="ann") == ["a-0"]


def test_filter_when_by_marks_then_only_those_that_have_them(gallery, make):
    for name in ("a", "b", "c"):
        make(name)
    gallery.rate(["a-0"], 4)
    gallery.rate(["b-0"], 2)
    gallery.favour(["b-0", "c-0"], True)
    gallery.favour(["c-0"], False)
    assert ids(gallery, rating=3) == ["a-0"]
    assert ids(gallery, favourite=True) == ["b-0"]
    gallery.rate(["a-0"], None)
    assert ids(gallery, rating=3) == []


def test_filter_when_by_day_then_both_days_are_included(gallery, make, library, add_generation):
    now = time.time()
    for name, back in (("today", 0), ("yesterday", 86400), ("before", 3 * 86400)):
        add_generation(name, created_at=now - back)
        Generations(library, "local").move(name, "queued", "failed")
    yesterday = datetime.datetime.fromtimestamp(now - 86400, datetime.UTC).astimezone().date()
    assert ids(gallery, since=yesterday) == ["today", "yesterday"]
    assert ids(gallery, until=yesterday) == ["yesterday", "before"]


@pytest.mark.parametrize(
    ("sort", "first"), [("newest", "c"), ("oldest", "a"), ("rating", "b"), ("longest", "a"), ("cost", "b")]
)
def test_sort_when_asked_then_that_one_is_first(gallery, make, sort, first):
    make("a", facts=FACTS | {"seconds": 9.0})
    make("b", cost=2_000_000)
    make("c")
    gallery.rate(["b-0"], 5)
    assert ids(gallery, sort=sort)[0] == f"{first}-0"


def test_tag_when_given_and_taken_then_told_once_and_tidied(gallery, make):
    make("a")
    make("b")
    gallery.tag(["a-0", "b-0"], "  for   Anna ")
    gallery.tag(["a-0"], "for Anna")
    gallery.tag(["a-0", "nobody"], "blue")
    gallery.tag(["a-0"], "   ")
    assert gallery.tags() == ["blue", "for Anna"]
    assert gallery.entry("a-0").output.tags == ("blue", "for Anna")
    assert ids(gallery, tags=("blue", "for Anna")) == ["a-0"]
    gallery.untag(["a-0", "b-0"], "for Anna")
    assert gallery.tags() == ["blue"]


def test_marks_when_of_another_owner_then_they_stay(library, gallery, make):
    make("a")
    other = Gallery(library, "someone else")
    other.favour(["a-0"], True)
    other.tag(["a-0"], "mine")
    other.note("a-0", "hello")
    other.delete(["a-0"])
    kept = gallery.entry("a-0").output
    assert (kept.favourite, kept.tags, kept.note, kept.deleted_at) == (False, (), "", None)
    assert other.tags() == []


def test_note_when_written_then_kept_within_bounds(gallery, make):
    make("a")
    gallery.note("a-0", "  good light  ")
    assert gallery.entry("a-0").output.note == "good light"
    gallery.note("a-0", "x" * 10_000)
    assert len(gallery.entry("a-0").output.note) == 4000


def test_delete_when_done_then_gone_from_pages_and_back_by_undo(library, gallery, make):
    make("a", videos=2)
    make("b")
    gallery.delete(["a-0", "b-0"])
    assert ids(gallery) == ["a-1"]
    assert ids(gallery, deleted=True) == ["b-0", "a-0"]
    mine = Generations(library, "local")
    assert [g.id for g in mine.recent(None, 9)] == ["a"]
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


def test_empty_bin_when_old_enough_then_forgotten_with_the_keys_of_its_files(gallery, make):
    make("a")
    make("b")
    gallery.tag(["a-0"], "blue")
    gallery.delete(["a-0"])
    assert gallery.emptied(time.time() - 3600) == {}
    assert gallery.emptied(time.time() + 1) == {"a-0": ["outputs/a-0.mp4", "posters/a-0.jpg"]}
    assert (ids(gallery), ids(gallery, deleted=True), gallery.tags()) == (["b-0"], [], [])


def test_changes_when_something_changes_then_told_from_that_moment_on(library, gallery, make, add_generation):
    make("a")
    rows = Generations(library, "local")
    before = rows.changes(0.0)[-1].changed_at
    add_generation("b")
    rows.move("b", "queued", "submitting")
    assert [(c.id, c.state) for c in rows.changes(before) if c.changed_at > before] == [("b", "submitting")]
    assert Generations(library, "someone else").changes(0.0) == []


def test_entries_when_one_generation_has_many_videos_then_its_page_in_order(gallery, make):
    make("rows", videos=60)
    page = gallery.entries(View(), limit=5, offset=10)
    assert [entry.output.position for entry in page] == [10, 11, 12, 13, 14]


def test_empty_bin_when_the_last_video_of_a_failed_one_goes_then_its_card_does_not_come_back(
    library, gallery, add_generation
):
    add_generation("strange")
    rows = Generations(library, "local")
    add_video(rows, "local", "strange", 0, {})
    rows.move("strange", "queued", "failed")
    gallery.delete(["strange-0"])
    gallery.emptied(time.time() + 1)
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])


def test_empty_bin_when_its_generation_is_under_way_then_the_engine_keeps_knowing_it(
    library, gallery, add_generation
):
    add_generation("rows")
    add_video(Generations(library, "local"), "local", "rows", 0, FACTS)
    gallery.delete(["rows-0"])
    assert gallery.emptied(time.time() + 1) == {}
    assert [o.id for o in Generations(library, None).get("rows").outputs] == ["rows-0"]


def test_bin_when_a_failed_one_has_been_in_it_for_a_week_then_it_is_not_shown(library, gallery, add_generation):
    add_generation("old", deleted_at=time.time() - BIN_SECONDS - 1, state="failed")
    assert (ids(gallery), ids(gallery, deleted=True)) == ([], [])
