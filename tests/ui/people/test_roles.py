"""What each page shows to whom: a viewer is offered nothing that they may not do; only an admin hears of keys."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from components.errors import ErrorInfo, KeyRefused, NotAllowed, OutcomeUnknown
from components.library.records import Ceiling, View
from components.settings import Settings
from components.studio import TEAM as ALL
from components.studio import of
from components.ui.frame.places import ADDRESSES, MODEL_PAGES
from tests.ui.people.conftest import ADMIN, MEMBER, TEAM, VIEWER
from tests.ui.rows import add_generation
from tests.ui.screen import SPEC, Screen

KEY_WORDS = re.compile(r"(?i)\bkeys?\b|API_KEY|balance|secrets\.toml")
LOOKS_ON = "You look on here: watch, compare and download"
LOST = ErrorInfo(code=OutcomeUnknown.code, message="Lost.", hint="Look.")
GUEST = "guest@else.test"
CHANGES = {"Use these settings", "Delete", "Favourite", "Note"}
REFUSED = ErrorInfo(code=KeyRefused.code, message="Segmind does not accept the API key.", hint="Check it.")


@pytest.fixture
def filled(studio):
    """A studio where each person has something of every kind."""
    for email in (ADMIN, MEMBER, VIEWER):
        for state, error in (
            ("queued", None),
            ("running", None),
            ("done", None),
            ("uncertain", LOST),
            ("failed", REFUSED),
        ):
            add_generation(studio._engine.database, state, error, owner=email)
        add_generation(studio._engine.database, "running", REFUSED, owner=email)
    return studio


@pytest.fixture
def no_own_keys(monkeypatch):
    """A person's own are spoken of to them, the team's never."""
    monkeypatch.setattr("components.ui.settings.page.own_keys", lambda studio: None)


def controls(page: Screen) -> set[str]:
    """What can be pressed or filled in, as it is called."""
    every = [page.at.button, page.at.file_uploader, page.at.text_area, page.at.text_input, page.at.toggle]
    found = {element.label for elements in every for element in elements}
    return found | {block.proto.popover.label for block in page.at.main if block.type == "popover"}


@pytest.mark.parametrize("email", [MEMBER, VIEWER])
@pytest.mark.parametrize("place", ADDRESSES.values(), ids=lambda place: place.name)
def test_page_when_no_admin_opens_it_then_it_is_drawn_without_a_word_of_keys(
    filled, enter, no_own_keys, place, email
):
    page = enter(email).open(place.file.stem)
    assert page.at.title
    assert not KEY_WORDS.findall(page.words())
    assert REFUSED.message not in page.everything()


@pytest.mark.parametrize("place", MODEL_PAGES.values(), ids=lambda place: place.name)
def test_models_page_when_a_viewer_opens_it_then_a_sentence_in_place_of_the_form(filled, enter, place):
    page = enter(VIEWER).open(place.file.stem)
    assert LOOKS_ON in page.words()
    assert not page.at.file_uploader
    assert not {"Generate", "Fill in an example", "Fill in a good example"} & controls(page)
    with pytest.raises(NotAllowed):
        of(VIEWER).submit(SPEC.id, {})


def test_models_page_when_a_member_opens_it_then_the_form_and_no_such_sentence(enter):
    page = enter(MEMBER).open("humo")
    assert LOOKS_ON not in page.words()
    assert "Generate" in controls(page)
    assert "sandbox" in page.words()


def test_videos_when_a_viewer_sees_them_then_nothing_is_offered_that_changes_any(filled, enter):
    page = enter(VIEWER).open("humo")
    assert page.tiles()
    assert not {"Cancel the one that waits", "Look again", "It was not made", "Send again"} & controls(page)


def test_activity_when_a_viewer_opens_it_then_what_goes_on_is_told_and_not_theirs_to_settle(filled, enter):
    page = enter(VIEWER).open("activity")
    assert "Ended lately" in page.words()
    assert "Needs you" not in page.words()
    assert not controls(page)
    theirs = enter(MEMBER).open("activity")
    assert {"Cancel", "It was not made", "Put it away"} <= controls(theirs)


def test_gallery_when_a_viewer_opens_it_then_cards_take_no_mark_and_a_selection_no_change(filled, enter):
    page = enter(VIEWER).open("gallery")
    page.at.query_params["space"] = "mine"
    page.again()
    assert not any(card["markable"] for card in page.components("screentest_gallery")[0]["cards"])
    assert "Settings from a video" not in controls(page)
    video = _video(VIEWER)
    page.at.session_state["gallery:picked"] = [video]
    assert {"Download ZIP", "Clear"} <= controls(page.again())
    assert not {"Delete", "Tag"} & controls(page)
    theirs = enter(MEMBER).open("gallery")
    assert any(card["markable"] for card in theirs.components("screentest_gallery")[0]["cards"])


def test_gallery_when_it_is_empty_then_a_viewer_is_not_told_to_make_anything(studio, enter):
    assert "Choose a model" in enter(MEMBER).open("gallery").words()
    said = enter(VIEWER).open("gallery").words()
    assert "Every video that comes back is kept here" in said
    assert "Choose a model" not in said


def test_video_when_a_viewer_opens_it_then_marks_are_read_and_nothing_can_be_changed(studio, enter):
    people = of(ADMIN).people
    people.set_role(GUEST, "member")
    add_generation(studio._engine.database, "done", owner=GUEST)
    video = _video(GUEST)
    of(GUEST).gallery.rate([video], 4)
    of(GUEST).gallery.note(video, "The best so far")
    assert controls(_one(enter(GUEST), video)) >= CHANGES
    people.set_role(GUEST, "viewer")
    page = _one(enter(GUEST), video)
    assert not CHANGES & controls(page)
    assert "4 of 5 stars" in page.words()
    assert "Note: The best so far" in page.words()
    assert ">Download</a>" in page.everything()


def test_bin_when_a_viewer_looks_into_it_then_nothing_can_be_put_back(studio, enter):
    people = of(ADMIN).people
    people.set_role(GUEST, "member")
    add_generation(studio._engine.database, "done", owner=GUEST)
    video = _video(GUEST)
    of(GUEST).gallery.delete([video])
    people.set_role(GUEST, "viewer")
    page = _one(enter(GUEST), video)
    assert "This video is in the bin" in page.at.title[0].value
    assert "Undo: put it back" not in controls(page)


def test_comparison_when_a_viewer_looks_then_no_favourite_can_be_chosen(studio, enter):
    for email in (MEMBER, VIEWER):
        for _ in range(2):
            add_generation(studio._engine.database, "done", owner=email)
        page = enter(email)
        page.at.query_params["v"] = ",".join(_videos(email))
        groups = [group.key for group in page.open("compare").at.button_group]
        assert ("compare:best" in groups) == (email == MEMBER)


def test_settings_when_a_member_opens_them_then_what_is_left_of_their_limit_and_no_field(studio, enter):
    page = enter(MEMBER).open("settings")
    assert "No limit is set for you." in page.words()
    of(MEMBER).ceilings.rows.set(Ceiling(day=Decimal("6.20")))
    page.again()
    assert "You have $6.20 left today." in page.words()
    of(ADMIN).ceilings.set_of(ALL, Ceiling(month=Decimal(40)))
    assert "The team has $40.00 left this month." in page.again().words()
    of(ADMIN).ceilings.set_of(ALL, Ceiling())
    # Their own keys, what a token of theirs may do at most, and where they are told of what ended, they do set.
    fields = [each.key for each in (*page.at.number_input, *page.at.text_input)]
    assert [key for key in fields if not key.startswith(("own:", "token:", "elsewhere:", "rehearse:"))] == []
    assert str(studio.settings.data_dir) not in page.everything()
    assert page.at.toggle(key="settings:tagging").value
    assert "Your limits" not in enter(VIEWER).open("settings").words()


def test_settings_when_an_admin_opens_them_then_all_as_without_sign_in(enter):
    page = enter(ADMIN).open("settings")
    assert {"Check connection", "Keep the ceiling", "Rehearse"} <= controls(page)
    assert "No key" in page.words()


def test_live_model_when_a_member_opens_it_then_the_studio_pays_and_no_key_is_named(
    tmp_path, enter_new, no_own_keys
):
    page = enter_new(Settings(data_dir=tmp_path / "data", segmind_api_key="SG_test", **TEAM), MEMBER)
    for file in ("home", "humo", "settings"):
        assert not KEY_WORDS.findall(page.open(file).words())
    assert "Paid by the studio" in page.open("humo").words()


def test_model_when_nothing_is_set_up_then_a_member_is_sent_to_an_admin(tmp_path, enter_new):
    page = enter_new(Settings(data_dir=tmp_path / "data", sandbox="never", **TEAM), MEMBER)
    said = page.open("humo").words()
    assert "Segmind is not set up in this studio. Ask an admin." in said
    assert not KEY_WORDS.findall(said + page.open("home").words())


def test_error_of_a_key_when_an_admin_sees_it_then_it_is_told_in_full(filled, enter):
    assert REFUSED.message in enter(ADMIN).open("activity").words()


def test_press_when_the_role_was_taken_meanwhile_then_a_sentence(studio, enter):
    people = of(ADMIN).people
    people.set_role(GUEST, "member")
    page = enter(GUEST).open("humo").press("example")
    people.set_role(GUEST, "viewer")
    page.generate()
    assert LOOKS_ON in page.words()
    assert not of(GUEST).generations.recent(SPEC.id)


def _one(page: Screen, video: str) -> Screen:
    page.at.query_params["output"] = video
    return page.open("gallery")


def _video(email: str) -> str:
    return _videos(email)[0]


def _videos(email: str) -> list[str]:
    return [entry.id for entry in of(email).gallery.entries(View(states=("done",)), limit=5)]


def test_rehearsal_when_a_member_opens_it_then_it_speaks_of_no_key_and_a_viewer_has_none(enter):
    acts = enter(MEMBER).open("settings").at.selectbox(key="rehearse:act")
    assert "Take half a minute longer" in acts.options
    assert not any(KEY_WORDS.search(option) for option in acts.options)
    assert "Rehearse" not in controls(enter(VIEWER).open("settings"))
