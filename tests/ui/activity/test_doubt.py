"""The ways out of a generation in doubt, on Activity and beside its tile; what is said of one that takes long."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from components.errors import CannotSettle, ErrorInfo
from components.library.tables import generation
from components.studio.accounts import Accounts
from components.studio.ways_out import WaysOut

LOST = ErrorInfo(code="outcome_unknown", message="No answer came back.", hint="Look at your history.")
BROKE = ErrorInfo(code="server_failed", message="The server failed.", hint="Try later.")
REFUSED = ErrorInfo(code="request_refused", message="Refused.", hint="Correct it.")


@pytest.fixture(params=["activity", "create"])
def page(request, home):
    """Either place, with the beginning of its buttons' names."""
    return home.open("activity" if request.param == "activity" else "humo"), request.param


@pytest.fixture
def change(studio):
    """Changes a row."""

    def change(one, **values):
        with studio._engine.database.begin() as connection:
            connection.execute(sa.update(generation).where(generation.c.id == one.id).values(**values))

    return change


def labels(screen) -> set[str]:
    return {button.label for button in screen.at.button}


def press(screen, name, way, one):
    screen.at.button(key=f"{name}:{way}:{one.id}").click().run()
    return screen.fine().at.toast[0].value.replace("\\", "")


@pytest.mark.parametrize(("state", "error"), [("uncertain", LOST), ("failed", BROKE)])
def test_doubt_when_shown_then_every_way_out_is_there(page, add, state, error):
    screen, name = page
    one = add(state, error)
    assert {"It was not made", "Collect it", "Send it once more"} <= labels(screen.again())
    assert "paid for by itself" in screen.words()
    assert "Free in the sandbox" in screen.words()
    assert press(screen, name, "not", one) == "It is closed."
    assert "It was not made" not in labels(screen.again())


def test_sending_again_when_offered_then_it_takes_two_presses(page, add):
    screen, _ = page
    add("uncertain", LOST)
    opened = {each.proto.popover.label: each for each in screen.again().at.get("popover")}
    assert [button.label for button in opened["Send again"].get("button")] == ["Send it once more"]


def test_sending_again_when_it_costs_something_then_its_price_stands_there(
    home, add, studio, voice_wav, monkeypatch
):
    voice = studio.add_asset(voice_wav).id
    add("uncertain", LOST, model="runware/omnihuman-1", audio=voice, referenceImages="https://example.com/a.jpg")
    monkeypatch.setattr(Accounts, "side", lambda *_: "live")
    told = home.open("activity").words()
    assert "paid for by itself, whatever became of this one. About $0.10 (estimated)." in told


def test_failure_when_nothing_was_started_then_no_way_out_is_offered(page, add):
    screen, _ = page
    add("failed", REFUSED)
    assert "It was not made" not in labels(screen.again())


def test_doubt_when_there_are_many_then_all_wait_for_a_person(home, add):
    for _ in range(12):
        add("uncertain", LOST)
    told = [button.label for button in home.open("activity").at.button]
    assert told.count("It was not made") == 12


@pytest.mark.parametrize(("state", "error"), [("uncertain", LOST), ("failed", BROKE)])
def test_doubt_when_it_is_old_then_it_still_waits_for_a_person(home, add, change, state, error):
    one = add(state, error, prompt="Perhaps paid for")
    long_ago = time.time() - 90 * 86400
    change(one, created_at=long_ago, changed_at=long_ago, finished_at=long_ago)
    activity = home.open("activity")
    assert "Perhaps paid for" in activity.words()
    assert press(activity, "activity", "not", one) == "It is closed."
    assert "Needs you" not in activity.words()


def test_id_when_it_is_none_then_the_page_says_what_to_copy(page, add, studio):
    screen, name = page
    one = add("uncertain", LOST)
    screen.again().at.text_input(key=f"{name}:found:{one.id}").set_value("no id!").run()
    assert "no id of Segmind's" in press(screen, name, "take", one)
    assert studio.generations.get(one.id).doubtful


def test_sending_again_when_confirmed_then_one_new_generation_is_linked(page, add, studio, monkeypatch):
    screen, name = page
    one, sent = add("uncertain", LOST), []
    monkeypatch.setattr(WaysOut, "send_again", lambda _, given: sent.append(given))
    assert press(screen.again(), name, "send", one) == "Sent as a new one."
    assert sent == [one.id]


def test_job_when_it_takes_longer_than_usual_then_says_so_and_can_be_stopped(page, add, change, studio):
    screen, name = page
    done, one = add("done"), add("running")
    change(done, submitted_at=time.time() - 9, finished_at=time.time())
    change(one, submitted_at=time.time() - 60)
    screen.again()
    told = screen.words() if name == "activity" else screen.tiles()[0]["lateMessage"]
    assert "longer than usual (usually about 9 s" in told
    [status] = [link.proto for link in screen.at.get("link_button") if link.proto.label == "Segmind's status"]
    assert status.url == "https://status.segmind.com"
    assert press(screen, name, "stop", one) == "You can look again later."
    assert studio.generations.get(one.id).error.code == "stopped"
    assert "Look again" in labels(screen.again())


def test_job_when_it_has_no_number_at_the_provider_then_asking_cannot_be_stopped(page, add, studio, change):
    screen, _ = page
    one = add("running")
    change(one, operation=None, troubled_since=time.time() - 3700)
    assert "Stop asking" not in labels(screen.again())
    with pytest.raises(CannotSettle):
        studio.ways_out.stop_asking(one.id)


def test_buttons_when_several_are_in_doubt_then_it_is_said_whose_they_are(humo, add):
    add("uncertain", LOST, prompt="The first of two")
    assert "Tile" not in humo.again().words()
    add("failed", BROKE, prompt="The second of two")
    told = humo.again().words()
    assert "Tile 1 · failed · " in told
    assert "The second of two" in told.split("Tile 1", 1)[1].split("Tile 2", 1)[0]
    assert "The first of two" in told.split("Tile 2", 1)[1]


def test_batch_when_in_doubt_then_its_ways_out_are_on_its_page(home, add):
    rows = {"video_instance_id": "0b1f7a52-9f63-4b5e-8f57-2f0f6a1b7c3d", "variables": ["name"], "names": [["Ann"]]}
    one = add("uncertain", LOST, model="bhuman/personalized-video", **rows)
    screen = home.open("bhuman")
    assert {"It was not made", "Collect it", "Send it once more"} <= labels(screen)
    assert press(screen, "bhuman", "not", one) == "It is closed."


def test_job_when_within_its_usual_time_then_nothing_is_offered(page, add):
    screen, _ = page
    add("done")
    add("running")
    assert "Stop asking" not in labels(screen.again())


@pytest.mark.parametrize(("seconds", "late"), [(25, False), (32, True)])
def test_job_when_nine_of_ten_were_quicker_then_it_takes_longer_than_usual(page, add, change, seconds, late):
    screen, _ = page
    now = time.time()
    for length in range(11, 31):
        change(add("done"), submitted_at=now - length, finished_at=now)
    change(add("done"), submitted_at=now - 3600, finished_at=now)
    change(add("running"), submitted_at=now - seconds)
    assert ("Stop asking" in labels(screen.again())) == late


def test_job_when_only_trouble_is_heard_for_an_hour_then_says_since_when(page, add, change):
    screen, name = page
    one = add("running")
    change(one, troubled_since=time.time() - 3700)
    screen.again()
    told = screen.words() if name == "activity" else screen.tiles()[0]["hint"]
    assert "Segmind has not given a useful answer since " in told
    assert "the studio goes on asking" in told
    assert "Stop asking" in labels(screen)
