"""Tell me elsewhere, on the settings page: an address goes in, is tried and taken away, and never shown again."""

from __future__ import annotations

import json

import pytest

from components.library.notices import NoticeAddresses
from components.library.tables import notice_address
from components.settings import Settings
from components.studio import of, open_studio
from tests.receiver import start_receiver
from tests.ui.people.conftest import MEMBER, TEAM, VIEWER, visit  # noqa: F401

HIDDEN = "hidden-token"


@pytest.fixture(scope="module")
def receiver():
    with start_receiver() as running:
        yield running


@pytest.fixture(scope="module")
def module_studio(tmp_path_factory, receiver):
    folder, hosts = tmp_path_factory.mktemp("team") / "data", (f"127.0.0.1:{receiver.port}",)
    with open_studio(Settings(data_dir=folder, notice_hosts=hosts, **TEAM)) as running:
        yield running


@pytest.fixture
def enter(module_studio, receiver, visit):  # noqa: F811
    yield visit
    receiver.heard.clear()
    with module_studio._engine.database.begin() as connection:
        connection.execute(notice_address.delete())


@pytest.fixture
def page(enter):
    return enter(MEMBER).open("settings")


@pytest.fixture
def address(receiver):
    return f"json://{HIDDEN}@127.0.0.1:{receiver.port}/{HIDDEN}"


def keep(page, address="", events=None, words=None):
    page.at.text_input(key="elsewhere:address").set_value(address)
    if events is not None:
        page.at.button_group(key="elsewhere:events").set_value(events)
    if words is not None:
        page.at.toggle(key="elsewhere:words").set_value(words)
    next(button for button in page.at.button if button.label == "Keep").click().run()
    return page.fine()


def press(page, act):
    page.at.button(key=f"elsewhere:{act}").click().run()
    return page.fine()


def toast(page):
    return page.at.toast[0].value


def test_address_when_kept_then_its_kind_is_shown_and_itself_never_again(page, enter, address):
    assert "You are told by JSON" in toast(keep(page, address))
    kept = of(MEMBER).notices.get()
    assert (kept.kind, len(kept.events), kept.words) == ("JSON", 4, False)
    for seen in (page, enter(MEMBER).open("settings")):
        assert "JSON" in seen.words()
        assert HIDDEN not in seen.everything()


def test_choice_when_changed_then_the_address_stays_and_the_form_shows_it(page, enter, address):
    keep(page, address)
    keep(page, events=["failed", "ceiling"], words=True)
    kept = of(MEMBER).notices.get()
    assert (kept.kind, kept.events, kept.words) == ("JSON", ("failed", "ceiling"), True)
    anew = enter(MEMBER).open("settings")
    assert "When a video failed, a ceiling stopped one. With the prompt and a link." in anew.words()
    assert anew.at.button_group(key="elsewhere:events").value == ["failed", "ceiling"]
    assert anew.at.toggle(key="elsewhere:words").value is True


def test_test_when_pressed_then_it_arrives_and_the_page_says_so(page, address, receiver):
    press(keep(page, address), "test")
    assert toast(page) == "The test was delivered\\."
    assert json.loads(receiver.heard[0].body)["message"].startswith("A test:")
    assert "Last told just now." in page.words()


def test_test_when_it_is_not_taken_then_the_page_says_so_and_when(page, address, receiver):
    receiver.answers.append((500, {}))
    press(keep(page, address), "test")
    assert "was not delivered" in toast(page)
    assert "The last one could not be delivered, on " in page.words()
    assert HIDDEN not in page.everything()


def test_address_when_removed_then_nothing_of_it_is_left(page, address):
    press(keep(page, address), "remove")
    assert of(MEMBER).notices.get() is None
    assert "Say where" in [expander.label for expander in page.at.expander]


@pytest.mark.parametrize(
    ("given", "events", "sentence"),
    [
        ("gotify://192.168.1.4/abcdefghijklmno", None, "This address leads into a network of its own"),
        ("file:///etc/passwd", None, "No such address is known here"),
        ("", None, "Paste the address"),
        ("ntfys://ntfy.sh/topic", [], "Choose what"),
    ],
)
def test_address_when_it_does_not_fit_then_told_beside_it(page, given, events, sentence):
    words = keep(page, given, events).words()
    assert f"To correct: {sentence}" in " ".join(words.split())
    # Only an admin hears of settings.
    assert "STUDIO_" not in words
    assert of(MEMBER).notices.get() is None


def test_address_when_the_secret_has_changed_then_the_page_asks_for_it_anew(enter, module_studio):
    NoticeAddresses(module_studio._engine.database, MEMBER).save(
        "ntfy", "of another secret", ["done"], words=False
    )
    page = enter(MEMBER).open("settings")
    assert "secret has changed" in page.words()
    assert "elsewhere:test" not in [button.key for button in page.at.button]


def test_viewer_when_they_open_the_settings_then_only_what_is_still_kept_can_be_removed(enter, module_studio):
    assert "Tell me elsewhere" not in enter(VIEWER).open("settings").words()
    NoticeAddresses(module_studio._engine.database, VIEWER).save("ntfy", "sealed", ["done"], words=False)
    page = press(enter(VIEWER).open("settings"), "remove")
    assert "Tell me elsewhere" not in page.again().words()
