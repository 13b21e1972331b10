"""The gallery's page: what it shows, what its address does, the bin, tags; see the browser tests for its cards."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from components.catalog import MODELS
from components.errors import ErrorInfo
from components.library.records import MOST_TAGS
from components.library.tables import generation
from components.studio import Studio
from tests.gallery_rows import name as video
from tests.ui.screen import Screen

STARTS = "1–24 of"


class Gallery(Screen):
    """The gallery as one visitor sees it."""

    def at_address(self, **parameters: object) -> Gallery:
        self.at.query_params.clear()
        for name, value in parameters.items():
            self.at.query_params[name] = value
        self.again()
        return self

    def told(self) -> dict[str, Any]:
        """What the component was sent."""
        for component in self.at.get("bidi_component"):
            data = json.loads(component.proto.json)
            if "cards" in (told := json.loads(data.get("json", "{}"))):
                return told
        return {"cards": [], "pages": {"links": []}}

    def cards(self) -> list[dict[str, Any]]:
        return self.told()["cards"]

    def pages(self) -> list[str | None]:
        return [link and link["name"] for link in self.told()["pages"]["links"]]

    def ids(self) -> list[str]:
        return [card["id"] for card in self.cards()]

    def push(self, name: str) -> Gallery:
        self.at.button(key=f"gallery:{name}").click().run()
        self.fine()
        return self

    def select(self, *ids: str) -> Gallery:
        self.at.session_state["gallery:picked"] = list(ids)
        self.again()
        return self

    def labels(self) -> list[str]:
        return [button.label for button in self.at.button]

    def address(self) -> dict[str, str | list[str]]:
        return {name: self.at.query_params[name] for name in self.at.query_params}


@pytest.fixture
def gallery(studio: Studio) -> Gallery:
    screen = Gallery()
    screen.open("gallery")
    return screen


def test_gallery_when_there_is_nothing_then_it_teaches_and_listens_for_the_first_video(gallery):
    assert len(gallery.at.get("bidi_component")) == 2, "the bell, and what asks for a run when something comes"
    assert "Every video that comes back is kept here" in gallery.words()
    assert [link.label for link in gallery.at.get("page_link")][:1] == [next(iter(MODELS.values())).name]
    assert not gallery.cards()


def test_card_when_there_is_a_video_then_it_tells_of_it(gallery, fill):
    fill(1)
    [card] = gallery.again() and gallery.cards()
    assert card["id"] == video(0)
    assert card["href"] == f"/gallery?output={video(0)}"
    assert card["settings"] == [["Length", "2.0 s"], ["Follow the voice", "1"]]
    assert (card["title"], card["length"], card["small"]) == ("HuMo", "2.0 s", "live · $0.14")
    assert (card["favourite"], card["rating"], card["tags"]) == (True, 0, ["client"])
    assert card["poster"].startswith("/files/")
    assert card["preview"].startswith("/files/")


def test_card_when_there_is_no_video_then_it_says_so_in_words(gallery, add):
    refused = ErrorInfo(code="x", message="The prompt <b>was</b> refused.", hint="Rewrite it.")
    for state, error in (("failed", refused), ("uncertain", None), ("cancelled", None), ("running", None)):
        add(state, error)
    gallery.again()
    assert [(card["state"], card["message"]) for card in gallery.cards()] == [
        ("running", "Rendering"),
        ("cancelled", "Cancelled before it was sent."),
        ("uncertain", "Nobody knows yet whether it was made."),
        ("failed", refused.message),
    ]
    assert [card["pickable"] for card in gallery.cards()] == [False, True, True, True]
    assert not any(card["poster"] or card["preview"] or card["href"] for card in gallery.cards())


def test_paging_when_there_are_many_then_24_a_page_and_links_to_the_others(gallery, fill):
    ids = fill(100)
    gallery.again()
    assert gallery.ids() == ids[:24]
    assert f"{STARTS} 100" in gallery.words()
    assert gallery.pages() == ["Page 1", "Page 2", "Page 3", None, "Page 5", "Next page"]
    assert gallery.at_address(page="3").ids() == ids[48:72]
    assert "49–72 of 100" in gallery.words()
    assert gallery.at_address(page="5").ids() == ids[96:]
    assert gallery.pages() == ["Previous page", "Page 1", None, "Page 3", "Page 4", "Page 5"]


def test_page_when_it_is_beyond_the_last_then_the_last_is_shown(gallery, fill):
    ids = fill(30)
    assert gallery.at_address(page="99").ids() == ids[24:]


def test_filters_when_they_stand_in_the_address_then_they_hold_and_are_shown(gallery, fill):
    ids = fill(60)
    gallery.at_address(model="segmind/humo", rating="4", text="WOMAN", tag="client", state="done", favourite="1")
    assert gallery.ids() == []
    gallery.at_address(model="segmind/humo", rating="4", text="woman")
    assert gallery.ids() == [ids[40]]
    assert gallery.at.multiselect(key="gallery:model").value == ["segmind/humo"]
    assert gallery.at.text_input(key="gallery:text").value == "woman"
    assert {"“woman”", "HuMo", "4 ★ and more"} <= set(gallery.labels())


def test_filters_when_one_is_changed_then_the_address_follows_and_begins_at_page_one(gallery, fill):
    fill(60)
    gallery.at_address(page="2")
    gallery.at.multiselect(key="gallery:model").set_value(["segmind/humo"]).run()
    assert gallery.address() == {"model": "segmind/humo"}
    gallery.at.selectbox(key="gallery:sort").set_value("oldest").run()
    assert gallery.address() == {"model": "segmind/humo", "sort": "oldest"}
    assert gallery.ids()[0] == video(55)
    gallery.push("chip-0")
    assert gallery.address() == {"sort": "oldest"}


def test_filters_when_nothing_fits_then_one_press_shows_all(gallery, fill):
    fill(3)
    gallery.at_address(text="no such words")
    assert "Nothing fits these filters" in gallery.words()
    assert len(gallery.push("clear").ids()) == 3
    assert len(gallery.at_address(text="no such words").push("all").ids()) == 3


def test_address_when_it_is_hostile_then_the_page_stands_and_shows_all(gallery, fill):
    fill(3)
    gallery.at_address(
        model="<script>", provider="x", state="y", rating="99", tag="<b>*_`|", sort=";", page="-1", to="x"
    )
    assert "Nothing fits" in gallery.words()
    assert r"\#\<b\>\*\_\`\|" in gallery.labels()
    assert len(gallery.push("clear").ids()) == 3


def test_delete_when_pressed_then_it_can_be_undone_until_something_else_is_done(gallery, fill):
    ids = fill(5)
    gallery.select(ids[1], ids[2]).push("delete")
    assert gallery.ids() == [ids[0], ids[3], ids[4]]
    assert "Deleted 2." in gallery.words()
    assert gallery.push("undo").ids() == ids
    assert "Deleted 2." not in gallery.words()
    gallery.select(ids[1]).push("delete")
    gallery.at.selectbox(key="gallery:sort").set_value("oldest").run()
    assert "gallery:undo" not in {button.key for button in gallery.at.button}


def test_bin_when_shown_then_its_videos_can_be_restored(gallery, fill):
    ids = fill(5)
    gallery.select(ids[3]).push("delete")
    assert gallery.at_address(deleted="1").ids() == [ids[3]]
    gallery.select(ids[3]).push("restore")
    assert "The bin is empty" in gallery.words()
    assert gallery.at_address().ids() == ids


def test_bin_when_filtered_by_then_the_filter_says_so(gallery, fill):
    fill(1)
    assert "In the bin" in gallery.at_address(deleted="1").labels()
    assert "In the bin" in [toggle.label for toggle in gallery.at.toggle]


def test_days_when_filtered_by_then_they_are_those_of_the_visitor(gallery, fill, studio, monkeypatch):
    [one] = fill(1)
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC).timestamp()
    with studio._engine.database.begin() as connection:
        connection.execute(generation.update().values(created_at=noon))
    # 14 hours ahead of UTC it is the second of March by then, 11 hours behind it still the first.
    for zone, first, second in (("Pacific/Kiritimati", [], [one]), ("Pacific/Pago_Pago", [one], [])):
        monkeypatch.setattr("components.ui.frame.visitor.zone", partial(ZoneInfo, zone))
        assert gallery.at_address(to="2026-03-01").ids() == first
        assert gallery.at_address(**{"from": "2026-03-02"}).ids() == second


def test_tag_when_not_all_can_take_it_then_it_says_how_many(gallery, fill, studio):
    ids = fill(2, marked=False)
    for number in range(MOST_TAGS):
        studio.gallery.tag([ids[0]], f"tag {number}")
    studio.gallery.tag([ids[1]], "one more")
    gallery.select(*ids)
    gallery.at.selectbox(key="gallery:tag-name").set_value("one more").run()
    assert "1 of 2 stayed without that tag: a video has at most 20." in gallery.words()
    assert [len(card["tags"]) for card in gallery.cards()] == [MOST_TAGS, 1]
    assert "stayed without that tag" not in gallery.again().words()


def test_tag_when_given_to_a_selection_then_it_is_on_those_cards_and_among_the_filters(gallery, fill, studio):
    ids = fill(3, marked=False)
    studio.gallery.tag([ids[1]], "for <Anna>")
    gallery.select(ids[0], ids[2])
    gallery.at.selectbox(key="gallery:tag-name").set_value("for <Anna>").run()
    assert [card["tags"] for card in gallery.cards()] == [["for <Anna>"]] * 3
    assert gallery.at.multiselect(key="gallery:tag").options == ["for <Anna>"]
    gallery.push("untag-0")
    assert [card["tags"] for card in gallery.cards()] == [[], ["for <Anna>"], []]


@pytest.mark.parametrize(("count", "said"), [(1, "select 1 more"), (2, None), (9, None), (10, "1 too many")])
def test_compare_when_too_few_or_too_many_then_it_says_so(gallery, fill, count, said):
    ids = fill(10)
    gallery.select(*ids[:count])
    if said:
        assert f"Compare takes 2 to 9 videos: {said}." in gallery.words()
    else:
        assert (
            f"v={'%2C'.join(ids[:count])}" in gallery.everything() or ",".join(ids[:count]) in gallery.everything()
        )


def test_selection_when_filters_change_then_it_stays(gallery, fill):
    ids = fill(60)
    gallery.select(ids[0], ids[50])
    gallery.at_address(model="segmind/humo", page="2")
    assert "2 selected" in gallery.words()


def test_rerun_when_nothing_changed_then_the_browser_is_sent_the_same(gallery, fill):
    fill(30)
    before = gallery.again().cards()
    assert gallery.again().cards() == before
