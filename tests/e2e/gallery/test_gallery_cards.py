"""The gallery's cards and its bar in a real browser: posters, previews, marks, the selection."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.e2e.gallery.visitor import Gallery
from tests.e2e.person import PATIENCE
from tests.e2e.watching import let_draw
from tests.gallery_rows import name as video

pytestmark = pytest.mark.browser


# --- posters and previews


def test_preview_when_a_pointer_rests_then_it_plays_silently_and_ends_with_it(gallery):
    gallery.poster(1).hover()
    film = gallery.poster(1).locator("video")
    expect(film).to_have_attribute("data-playing", "true", timeout=PATIENCE)
    assert film.evaluate("(v) => v.muted && v.loop && v.webkitAudioDecodedByteCount === 0")
    before = film.evaluate("(v) => v.currentTime")
    gallery.page.wait_for_function("([v, t]) => v.currentTime !== t", arg=[film.element_handle(), before])
    gallery.page.mouse.move(2, 2)
    expect(film).to_have_count(0)


def test_preview_when_a_pointer_only_passes_then_nothing_is_fetched(gallery):
    asked: list[str] = []
    gallery.page.on("request", lambda request: asked.append(request.url))
    gallery.poster(2).hover()
    gallery.page.mouse.move(2, 2)
    let_draw(gallery.page, 30)
    assert [url for url in asked if url.endswith(".mp4")] == []


def test_preview_when_the_keyboard_comes_then_it_plays_too(gallery):
    gallery.card(0).get_by_role("checkbox").focus()
    gallery.page.keyboard.press("Shift+Tab")
    expect(gallery.poster(0)).to_be_focused()
    expect(gallery.poster(0).locator("video")).to_have_attribute("data-playing", "true", timeout=PATIENCE)


def test_preview_when_less_motion_is_wished_then_the_poster_stays(fresh, server):
    page = fresh(reduced_motion="reduce", viewport={"width": 1400, "height": 930})
    gallery = Gallery(page, server).opens()
    gallery.poster(1).hover()
    let_draw(page, 30)
    assert page.locator(".card video").count() == 0


def test_posters_when_far_below_then_they_are_not_fetched_and_nothing_jumps(gallery):
    boxes = [card.locator(".stage").bounding_box() for card in gallery.cards.all()[:8]]
    assert {round(box["width"] / box["height"], 1) for box in boxes if box} == {1.8}
    assert gallery.page.locator(".card img:not([loading=lazy])").count() == 0


# --- marks


def test_heart_when_pressed_then_it_shows_at_once_and_is_kept(gallery, visit):
    heart = gallery.card(1).get_by_role("button", name="Favourite")
    expect(heart).to_have_attribute("aria-pressed", "false")
    heart.click()
    assert heart.get_attribute("aria-pressed") == "true"
    gallery.kept()
    expect(visit().card(1).get_by_role("button", name="Favourite")).to_have_attribute("aria-pressed", "true")


def test_hearts_when_pressed_in_a_row_then_none_is_lost(gallery, visit):
    for number in (11, 12, 13, 14):
        gallery.card(number).get_by_role("button", name="Favourite").dispatch_event("click")
    gallery.kept()
    again = visit()
    for number in (11, 12, 13, 14):
        expect(again.card(number).locator(".heart")).to_have_attribute("aria-pressed", "true")


def test_stars_when_the_keyboard_is_used_then_they_follow_and_are_kept(gallery, visit):
    group = gallery.card(6).get_by_role("radiogroup")
    expect(group).to_have_accessible_name("Rating of Hunyuan Video, Seed 75954, 7 h ago")
    group.get_by_role("radio").first.focus()
    for key, stars in (("4", 4), ("ArrowRight", 5), ("ArrowLeft", 4), ("Home", 1), ("Delete", 0), ("3", 3)):
        gallery.page.keyboard.press(key)
        assert group.locator("[data-lit=true]").count() == stars
    expect(group.get_by_role("radio", name="3 stars")).to_be_focused()
    gallery.kept()
    again = visit().card(6).get_by_role("radio", name="3 stars")
    expect(again).to_have_attribute("aria-checked", "true")
    again.click()
    expect(again).to_have_attribute("aria-checked", "false")


def test_mark_when_made_then_only_its_card_is_touched(gallery):
    gallery.page.evaluate(
        """() => {
          const roots = [...document.querySelectorAll('*')].map((node) => node.shadowRoot).filter(Boolean);
          const grid = roots.map((root) => root.querySelector('.cards')).find(Boolean);
          window.touched = new Set();
          new MutationObserver((records) => records.forEach((record) => {
            const card = record.target.closest?.('.card');
            window.touched.add(card ? card.dataset.card : 'grid');
          })).observe(grid, { subtree: true, childList: true, attributes: true, characterData: true });
        }"""
    )
    gallery.page.mouse.move(2, 2)
    gallery.card(16).get_by_role("radio", name="2 stars").dispatch_event("click")
    gallery.kept()
    assert gallery.page.evaluate("[...window.touched]") == [video(16)]


# --- the selection


def test_selection_when_shift_is_held_then_it_is_a_range_and_survives_paging(gallery):
    gallery.card(3).get_by_role("checkbox").click()
    gallery.card(7).get_by_role("checkbox").click(modifiers=["Shift"])
    expect(gallery.bar).to_contain_text("5 selected")
    gallery.page.get_by_role("link", name="Page 2").click()
    expect(gallery.count).to_contain_text("25–48 of")
    gallery.card(30).get_by_role("checkbox").check()
    expect(gallery.bar).to_contain_text("6 selected")
    gallery.page.get_by_role("link", name="Page 1").click()
    expect(gallery.card(5).get_by_role("checkbox")).to_be_checked()
    gallery.bar.get_by_role("button", name="Clear").click()
    expect(gallery.bar).to_have_count(0)
    expect(gallery.card(5).get_by_role("checkbox")).not_to_be_checked()


def test_compare_when_two_are_selected_then_it_leads_to_both(gallery):
    gallery.selects(0)
    expect(gallery.bar).to_contain_text("Compare takes 2 to 9 videos: select 1 more.")
    gallery.selects(0, 2)
    gallery.bar.get_by_role("link", name="Compare").click()
    gallery.page.wait_for_url(f"**/compare?v={video(0)}%2C{video(2)}")


def test_tag_when_typed_then_it_is_on_the_cards_and_can_be_filtered_by(gallery):
    gallery.selects(20, 21)
    gallery.bar.get_by_role("button", name="Tag").click()
    field = gallery.page.get_by_role("combobox", name="Add a tag")
    field.fill("<i>sky")
    field.press("Enter")
    for number in (20, 21):
        expect(gallery.card(number).locator(".tags")).to_contain_text("<i>sky")
    gallery.opens("?tag=%3Ci%3Esky")
    assert gallery.shown() == [video(20), video(21)]


def test_zip_when_pressed_then_the_browser_saves_the_videos_and_their_table(gallery, shelf, tmp_path):
    gallery.selects(1, 4)
    with gallery.page.expect_download() as saved:
        gallery.bar.get_by_role("button", name="Download ZIP").click()
    assert saved.value.suggested_filename == "screentest-2-videos.zip"
    saved.value.save_as(tmp_path / "videos.zip")
    with zipfile.ZipFile(tmp_path / "videos.zip") as packed:
        films = [name for name in packed.namelist() if name.endswith(".mp4")]
        rows = list(csv.DictReader(io.StringIO(packed.read("results.csv").decode("utf-8-sig"))))
        assert packed.testzip() is None
    assert [row["file"] for row in rows] == films
    assert [row["model"] for row in rows] == ["Hunyuan Video", "BHuman"]
    expect(gallery.bar.get_by_role("link", name="Save the ZIP")).to_be_visible()


def test_delete_when_undone_then_the_cards_are_back(gallery):
    gallery.selects(9, 10)
    gallery.bar.get_by_role("button", name="Delete").click()
    expect(gallery.bar).to_contain_text("Deleted 2.")
    expect(gallery.card(9)).to_have_count(0)
    gallery.bar.get_by_role("button", name="Undo").click()
    expect(gallery.card(9)).to_be_visible()
    expect(gallery.card(10)).to_be_visible()
