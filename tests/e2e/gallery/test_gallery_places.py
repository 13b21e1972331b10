"""The gallery's addresses, ways in and ways back in a real browser; a phone; a card that comes by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from components.library.settings_tag import PROGRAM, VERSION
from components.media.tags import write_tags
from components.settings import Settings
from tests.browser import watched
from tests.e2e.gallery.visitor import Gallery
from tests.e2e.person import PATIENCE, Person
from tests.gallery_rows import PROMPTS
from tests.gallery_rows import name as video
from tests.studio_server import start_studio

pytestmark = pytest.mark.browser


def test_filters_when_set_then_the_address_opens_the_same_in_another_browser(gallery, fresh, server):
    page = gallery.page
    page.get_by_role("textbox", name="Words of the prompt").fill("fisherman")
    page.keyboard.press("Enter")
    page.wait_for_url("**text=fisherman*")
    page.get_by_role("button", name="More filters").click()
    page.get_by_role("radio", name="3 ★").click()
    page.wait_for_url("**rating=3*")
    gallery.calm()
    expect(page.get_by_role("button", name="3 ★ and more")).to_be_visible()
    other = Gallery(fresh(viewport={"width": 1400, "height": 930}), server)
    other.opens("?" + page.url.split("?")[1])
    found = other.shown()
    assert found
    expect(gallery.cards).to_have_count(len(found))
    assert gallery.shown() == found
    assert other.page.locator(".prompt").first.inner_text() == PROMPTS[1]


def test_poster_when_pressed_then_the_output_opens_without_a_reload_and_the_way_back_keeps_the_filters(visit):
    gallery = visit("?text=fisherman")
    page = gallery.page
    found = gallery.shown()
    page.evaluate("window.same = true")
    gallery.cards.first.locator(".open").click()
    page.wait_for_url(f"**/gallery?output={found[0]}")
    expect(page.get_by_role("button", name="Back to the gallery")).to_be_visible()
    gallery.calm()
    page.go_back()
    page.wait_for_url("**/gallery?text=fisherman")
    expect(gallery.cards.first).to_be_visible()
    gallery.calm()
    gallery.cards.first.locator(".open").click()
    page.get_by_role("button", name="Back to the gallery").click()
    page.wait_for_url("**/gallery?text=fisherman")
    expect(gallery.cards.first).to_be_visible()
    gallery.calm()
    assert gallery.shown() == found
    assert page.evaluate("window.same")


def test_poster_when_pressed_twice_then_one_step_back_leads_to_the_cards(visit):
    gallery = visit("?text=fisherman")
    gallery.cards.first.locator(".open").dblclick()
    gallery.page.wait_for_url("**/gallery?output=*")
    expect(gallery.page.get_by_role("button", name="Back to the gallery")).to_be_visible()
    gallery.calm()
    gallery.page.go_back()
    gallery.page.wait_for_url("**/gallery?text=fisherman")
    expect(gallery.cards.first).to_be_visible()


def test_poster_when_opened_in_another_tab_then_it_is_a_plain_link(gallery):
    with gallery.page.context.expect_page() as opened:
        gallery.poster(0).click(button="middle")
    opened.value.wait_for_url(f"**/gallery?output={video(0)}")
    assert "output=" not in gallery.page.url


def test_file_when_dropped_then_its_settings_fill_the_form_of_its_model(gallery, shelf, tmp_path):
    told = {"program": PROGRAM, "version": VERSION, "model": "segmind/humo"}
    told["parameters"] = {"prompt": "A person from a file", "frames": 49, "scale_a": 7.5}
    write_tags(shelf.folder / f"media/outputs/{video(0)}.mp4", tmp_path / "back.mp4", told)
    gallery.page.get_by_role("button", name="Settings from a video").click()
    field = gallery.page.locator(".st-key-gallery-recall input[type=file]")
    field.set_input_files(shelf.folder / f"media/outputs/{video(0)}.mp4")
    expect(gallery.page.get_by_text("carries no settings of Screentest")).to_be_visible()
    field.set_input_files(tmp_path / "back.mp4")
    gallery.page.wait_for_url("**/humo")
    expect(gallery.page.get_by_role("textbox", name="Direction")).to_have_value("A person from a file")
    expect(gallery.page.locator(".st-key-humo-scale_a")).to_contain_text("7.5")


# --- a phone


def test_phone_when_390_px_wide_then_two_columns_and_no_scrolling_sideways(fresh, server):
    page = fresh(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    gallery = Gallery(page, server).opens()
    gallery.selects(0, 1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    edges = [card.bounding_box() for card in gallery.cards.all()[:6]]
    assert len({box["x"] for box in edges if box}) == 2
    assert all(box and box["x"] + box["width"] <= 390 for box in edges)
    bar = gallery.bar.bounding_box()
    assert bar
    assert bar["y"] + bar["height"] <= 844
    gallery.poster(1).tap()
    page.wait_for_url(f"**/gallery?output={video(1)}")


# --- from the press to the card


def test_generation_when_it_is_made_then_its_card_comes_by_itself(browser, tmp_path):
    settings = Settings(data_dir=tmp_path / "data", poll_seconds=0.05)
    context = browser.new_context(viewport={"width": 1400, "height": 930})
    with start_studio(settings) as own, watched(context) as page:
        person = Person(page, own)
        person.opens()
        person.fills_in()
        person.generate.click()
        expect(person.tiles.first).to_be_visible(timeout=PATIENCE)
        page.get_by_role("link", name="Gallery", exact=True).click()
        gallery = Gallery(page, own)
        expect(gallery.cards).to_have_count(1, timeout=PATIENCE)
        expect(gallery.cards.first.locator("img.poster")).to_be_visible(timeout=PATIENCE)
        expect(gallery.cards.first).to_contain_text("HuMo")
        gallery.cards.first.locator(".open").hover()
        expect(page.locator(".card video")).to_have_attribute("data-playing", "true", timeout=PATIENCE)
    context.close()
