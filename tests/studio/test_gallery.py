from __future__ import annotations

import datetime
import time

import pytest
import sqlalchemy as sa

from components.errors import NotFound
from components.library.generations import Generations
from components.library.records import MOST_TAGS, View
from components.library.sight import Sight
from components.library.tables import generation, output, tag
from components.studio.gallery import Gallery
from tests.library.videos import FACTS, ids

WITHOUT_VIDEO = ("failed", "uncertain", "cancelled", "running")


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


def test_sort_when_by_cost_then_what_the_sandbox_would_have_cost_is_no_cost(gallery, make, library):
    make("a", cost=2_000_000)
    make("b", cost=9_000_000)
    with library.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id == "b").values(sandbox=True))
    assert ids(gallery, sort="cost") == ["a-0", "b-0"]


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


def test_tag_when_others_change_the_same_rows_at_that_moment_then_all_that_can_have_it(library, gallery, make):
    for name in ("a", "b", "c"):
        make(name)

    @sa.event.listens_for(library, "before_cursor_execute")
    def meddle(connection, cursor, statement, *_):
        if statement.startswith("INSERT INTO tag"):
            other = sa.create_engine(library.url)
            with other.begin() as meanwhile:
                meanwhile.execute(sa.insert(tag).values(output_id="a-0", name="blue", owner="local"))
                meanwhile.execute(sa.delete(output).where(output.c.id == "b-0"))
            other.dispose()

    gallery.tag(["a-0", "b-0", "c-0"], "blue")
    assert ids(gallery, tags=("blue",)) == ["c-0", "a-0"]


def test_tag_when_a_video_has_all_that_it_can_carry_then_it_stays_and_is_counted(gallery, make):
    make("a")
    make("b")
    for number in range(MOST_TAGS):
        assert gallery.tag(["a-0"], f"tag {number}") == 0
    assert gallery.tag(["a-0", "b-0", "nobody"], "one more") == 1
    assert gallery.tag(["a-0"], "tag 0") == 0
    assert (len(gallery.entry("a-0").output.tags), ids(gallery, tags=("one more",))) == (MOST_TAGS, ["b-0"])


def test_marks_when_of_another_owner_then_they_stay(library, gallery, make):
    make("a")
    other = Gallery(library, Sight("someone else"))
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
