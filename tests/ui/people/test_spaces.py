"""Mine, the team's and everybody's: what each person sees in the gallery, and what they can do with it."""

from __future__ import annotations

import pytest

from components.studio import of
from tests.ui.people.conftest import ADMIN, MEMBER, VIEWER
from tests.ui.rows import add_generation

OTHER = "other@team.test"
SPACE, SHARE = "gallery:space", "Share with the team"


@pytest.fixture
def video(studio):
    """A video of a member, and the way to share it."""
    made = add_generation(studio._engine.database, "done", owner=MEMBER)
    return made.outputs[0].id


def cards(page):
    return [card["id"] for grid in page.components("screentest_gallery") for card in grid["cards"]]


def test_gallery_when_nothing_is_shared_then_each_sees_their_own(enter, video):
    assert cards(enter(MEMBER).open("gallery")) == [video]
    assert cards(enter(OTHER).open("gallery")) == []


def test_video_when_its_owner_shares_it_then_the_team_finds_it_and_reads_whose_it_is(enter, video):
    page = enter(MEMBER).open("gallery")
    page.at.query_params["output"] = video
    page.again().at.button(key=f"output:{video}:share").click().run()
    assert page.fine().at.button(key=f"output:{video}:share").label == "Stop sharing"
    other = enter(OTHER).open("gallery")
    other.at.segmented_control(key=SPACE).select("team").run()
    assert cards(other.fine()) == [video]
    other.at.query_params["output"] = video
    said = other.again().words()
    assert f"by {MEMBER}" in said
    assert not {"Delete", SHARE, "Favourite"} & {button.label for button in [*other.at.button, *other.at.toggle]}


def test_gallery_when_a_viewer_comes_then_the_teams_videos(enter, studio, video):
    page = enter(MEMBER).open("gallery")
    page.at.query_params["output"] = video
    page.again().at.button(key=f"output:{video}:share").click().run()
    viewer = enter(VIEWER).open("gallery")
    assert cards(viewer) == [video]
    assert viewer.at.segmented_control(key=SPACE).value == "team"


def test_gallery_when_an_admin_asks_for_everybodys_then_unshared_ones_too(enter, video):
    page = enter(ADMIN).open("gallery")
    assert cards(page) == []
    page.at.query_params["space"] = "all"
    assert cards(page.again()) == [video]


def test_gallery_when_a_member_asks_for_everybodys_then_only_their_own(enter, video):
    page = enter(OTHER).open("gallery")
    page.at.query_params["space"] = "all"
    assert cards(page.again()) == []


def test_selection_when_its_videos_have_gone_then_a_viewer_is_offered_no_change(enter, video):
    of(MEMBER).gallery.share([video], True)
    page = enter(VIEWER).open("gallery")
    page.at.session_state["gallery:picked"] = ["gone"]
    labels = {button.label for button in page.again().at.button}
    assert "Clear" in labels
    assert not {"Delete", SHARE, "Stop sharing"} & labels
