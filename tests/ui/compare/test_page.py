"""The compare page: what its address opens, blind and shuffled, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from components.library.tables import generation, output
from components.studio import Studio
from components.studio.comparisons import Export
from components.ui.compare.address import Asked, in_order, new_order, read_address
from tests.gallery_rows import FACTS, Shelf, name
from tests.ui.screen import Screen


class Compare(Screen):
    """The page as one visitor sees it."""

    def at_address(self, **parameters: str) -> Compare:
        self.at.query_params.clear()
        for key, value in parameters.items():
            self.at.query_params[key] = value
        self.again()
        return self

    def titles(self) -> list[str]:
        return [tile["title"] for tile in self.tiles()]

    def names(self, choice: str) -> Compare:
        self.at.button_group(key="compare:names").set_value(choice).run()
        self.fine()
        return self

    def push(self, key: str) -> Compare:
        self.at.button(key=f"compare:{key}").click().run()
        self.fine()
        return self


@pytest.fixture
def compare(studio: Studio) -> Compare:
    screen = Compare()
    screen.open("compare")
    return screen


@pytest.fixture
def ids(studio: Studio) -> list[str]:
    return Shelf(studio.settings.data_dir).fill(12)


@pytest.fixture
def four(compare: Compare, ids: list[str]) -> Compare:
    return compare.at_address(v=",".join(ids[:4]))


def test_page_when_opened_bare_then_it_teaches(compare):
    assert "Choose at least two videos" in compare.words()
    assert compare.tiles() == []


def test_page_when_videos_are_named_then_they_stand_in_that_order(compare, ids):
    compare.at_address(v=",".join(reversed(ids[:3])))
    assert [tile["id"] for tile in compare.tiles()] == list(reversed(ids[:3]))
    assert "3 videos, one clock" in compare.words()


def test_page_when_one_is_missing_then_told_and_the_others_play(compare, ids):
    compare.at_address(v=f"{ids[0]},{ids[1]},{'f' * 32}-0")
    assert len(compare.tiles()) == 2
    assert "no longer in the library" in compare.words()


@pytest.mark.parametrize("hostile", ["<script>", "a" * 10_000, ",,,,", "../../etc", "%00", "' OR 1=1 --"])
def test_page_when_the_address_is_hostile_then_it_teaches(compare, ids, hostile):
    compare.at_address(v=f"{hostile},{ids[0]}", order=hostile, blind=hostile)
    assert compare.tiles() == []


def test_settings_when_they_differ_then_apart_from_the_equal_ones(four):
    for tile in four.tiles():
        differs, same = dict(tile["differs"]), dict(tile["same"])
        assert "prompt" in differs
        assert not set(differs) & set(same)


def test_blind_when_chosen_then_nothing_of_whose_it_is_reaches_the_browser(four):
    before = [tile["id"] for tile in four.tiles()]
    four.names("Blind")
    assert set(four.titles()) == {"Name hidden"}
    assert sorted(tile["id"] for tile in four.tiles()) == sorted(before)
    assert [tile["id"] for tile in four.tiles()] != before
    assert all((t["download"], t["differs"], t["same"], t["note"]) == (None, [], [], "") for t in four.tiles())
    assert "seed" not in str(four.tiles())


def test_blind_when_ended_then_the_order_stays_and_the_names_are_told(four):
    four.names("Blind")
    hidden = [tile["id"] for tile in four.tiles()]
    four.names("Names shown")
    assert [tile["id"] for tile in four.tiles()] == hidden
    assert "Name hidden" not in four.titles()
    four.push("unshuffle")
    assert [tile["id"] for tile in four.tiles()] != hidden


def test_shuffle_when_pressed_then_another_order_that_the_address_keeps(four):
    before = [tile["id"] for tile in four.tiles()]
    four.push("shuffle")
    shuffled = [tile["id"] for tile in four.tiles()]
    assert shuffled != before
    address = {key: four.at.query_params[key] for key in four.at.query_params}
    again = Compare()
    again.open("compare")
    assert [tile["id"] for tile in again.at_address(**address).tiles()] == shuffled


def test_choice_when_it_brings_the_same_videos_then_their_order_stays(four):
    four.push("shuffle")
    shuffled = [tile["id"] for tile in four.tiles()]
    chosen = next(each for each in four.at.multiselect if each.label == "Videos")
    chosen.set_value(sorted(shuffled, reverse=True)).run()
    assert [tile["id"] for tile in four.tiles()] == shuffled


def test_favourite_when_chosen_then_the_gallery_has_it(four, studio, ids):
    chosen = four.at.button_group(key="compare:best")
    chosen.set_value([ids[1]]).run()
    assert [studio.gallery.entry(one).output.favourite for one in ids[:3]] == [False, True, False]


def test_address_when_read_then_nine_at_most_and_each_once():
    every = [name(number) for number in range(12)]
    asked = read_address({"v": ",".join([every[0], *every]), "blind": "1", "order": "7"})
    assert asked == Asked(tuple(every[:9]), blind=True, order=7)
    assert read_address({"order": "-1", "blind": "yes"}) == Asked(())


@pytest.mark.parametrize("count", range(2, 10))
def test_new_order_when_asked_then_never_the_one_before(count):
    order = None
    for _ in range(20):
        following = new_order(order, count)
        assert in_order(range(count), following) != in_order(range(count), order)
        order = following


def test_export_when_a_sheet_is_made_of_lost_files_then_a_sentence(four: Compare, add: Callable):
    four.push("make-sheet")
    assert "no longer in the library" in " ".join(element.value for element in four.at.error)


def test_export_when_the_server_has_forgotten_it_then_a_sentence_and_once(compare, ids):
    compare.at_address(v=",".join(ids[:2]), export="f" * 40)
    assert "That export is no longer known. Export it again." in compare.words()
    assert "no longer known" not in compare.again().words()


def test_page_when_a_model_is_no_longer_known_then_its_videos_are_left_out(compare, ids, studio):
    with studio._engine.database.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id == ids[0][:-2]).values(model="no/more"))
    compare.at_address(v=",".join(ids[:3]))
    assert [tile["id"] for tile in compare.tiles()] == ids[1:3]


def test_words_from_outside_when_a_choice_shows_them_then_they_are_only_words(compare, ids, studio):
    facts = FACTS | {"label": "Eve ![x](https://evil.example/p.png)"}
    with studio._engine.database.begin() as connection:
        connection.execute(sa.update(output).where(output.c.id == ids[0]).values(facts=facts))
    compare.at_address(v=",".join(ids[:2]))
    pills = [group for group in compare.at.get("button_group") if "pieces" in (group.key or "")]
    assert "\\!\\[x\\]" in pills[0].options[0]


def test_blind_when_chosen_then_the_choice_of_videos_tells_nothing_of_the_order(four):
    four.names("Blind")
    shown = [tile["id"] for tile in four.tiles()]
    chosen = next(each for each in four.at.multiselect if each.label == "Videos")
    assert [four.at.session_state[chosen.key]] == [shown]


def test_export_when_the_names_are_hidden_then_an_earlier_film_is_not_offered(compare, ids, studio):
    made = "f" * 40
    studio.comparisons._exports[made] = Export(made, f"exports/compare-{made}.mp4", "done", 1.0)
    compare.at_address(v=",".join(ids[:3]), export=made)
    assert "Download the MP4" in compare.words()
    compare.names("Blind")
    assert "Download the MP4" not in compare.words()
