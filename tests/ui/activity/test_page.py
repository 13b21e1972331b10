"""The activity page: what is under way, what needs you, what ended, what it cost."""

from __future__ import annotations

import time

import pytest
import sqlalchemy as sa

from components.errors import ErrorInfo, OutOfCredits
from components.library.tables import generation
from tests.gallery_rows import Shelf
from tests.ui.screen import Screen

WORDS = "<b>bold</b> <script>x</script>"


@pytest.fixture
def activity(home: Screen) -> Screen:
    return home.open("activity")


@pytest.fixture
def charge(studio):
    """Makes a generation a live one that cost something."""

    def charge(one, micros: int | None) -> None:
        with studio._engine.database.begin() as connection:
            change = sa.update(generation).where(generation.c.id == one.id)
            connection.execute(change.values(sandbox=False, cost_micros=micros))

    return charge


def markup(screen: Screen) -> str:
    return "\n".join(each.proto.body for each in screen.at.get("html"))


def keys(screen: Screen, way: str = "") -> list[str]:
    return [button.key for button in screen.at.button if (button.key or "").startswith(f"activity:{way}")]


def test_page_when_nothing_was_made_then_teaches(activity):
    assert "What you generate shows up here" in activity.words()
    assert "Ended lately" not in activity.words()


@pytest.mark.parametrize(
    ("state", "told"),
    [("queued", "waiting for its turn"), ("submitting", "being sent"), ("running", "rendering in the sandbox")],
)
def test_generation_when_under_way_then_says_what_it_does_and_counts(activity, add, state, told):
    made = add(state)
    assert told in activity.again().words()
    assert f'data-since="{made.submitted_at or made.created_at:.3f}"' in markup(activity)


def test_generation_when_it_waits_after_a_refusal_then_counts_down(activity, add, studio):
    waiting = add("queued")
    studio.generations._rows.count_try(waiting.id, ErrorInfo(code="x", message="Busy.", hint="By itself."), 90)
    assert "again in 1:" in activity.again().words()
    assert "Busy. By itself." in activity.words()
    assert 'class="st-until" data-until="' in markup(activity)


def test_generation_when_hindered_then_says_by_what(activity, add):
    add("running", ErrorInfo(code="x", message="The key is gone.", hint="Set it again."))
    assert "The key is gone. Set it again." in activity.again().words()


def test_cancel_when_it_waits_then_takes_it_back_and_a_sent_one_has_no_button(activity, add, studio):
    waiting, _ = add("queued"), add("running")
    assert keys(activity.again()) == [f"activity:cancel:{waiting.id}"]
    activity.at.button(key=f"activity:cancel:{waiting.id}").click().run()
    assert studio.generations.get(waiting.id).state == "cancelled"
    assert keys(activity.fine()) == []


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_generation_when_it_needs_you_then_says_what_and_what_next(activity, add, state):
    add(state, ErrorInfo(code="x", message="It broke.", hint="Try again."))
    words = activity.again().words()
    assert words.index("Needs you") < words.index("It broke.") < words.index("Try again.")


def test_uncertain_one_when_there_are_many_newer_then_it_still_needs_you(activity, add, studio):
    asked = add("uncertain", prompt="Perhaps paid for")
    week_ago = time.time() - 6.9 * 86400
    with studio._engine.database.begin() as connection:
        connection.execute(sa.update(generation).values(created_at=week_ago, changed_at=week_ago))
    Shelf(studio.settings.data_dir).fill(130)
    for _ in range(12):
        add("failed")
    assert "Perhaps paid for" in activity.again().words()
    assert studio.generations.get(asked.id).state == "uncertain"
    assert len(keys(activity, "away")) == 9


def test_failure_when_put_away_then_is_gone_and_an_uncertain_one_stays(activity, add, studio):
    failed, unclear = add("failed"), add("uncertain")
    assert keys(activity.again(), "away") == [f"activity:away:{failed.id}"]
    activity.at.button(key=f"activity:away:{failed.id}").click().run()
    assert [one.id for one in studio.generations.recent()] == [unclear.id]
    assert keys(activity.fine(), "away") == []


def test_failure_when_credits_are_missing_then_leads_to_where_they_are_bought(activity, add, studio):
    add("failed", ErrorInfo(code=OutOfCredits.code, message="No credits.", hint="Buy some."))
    assert f'href="{studio.accounts.billing("segmind")}"' in markup(activity.again())


def test_words_from_outside_when_shown_then_are_text(activity, add):
    add("failed", ErrorInfo(code="x", message=WORDS, hint=WORDS), prompt=WORDS)
    add("running", ErrorInfo(code="x", message=WORDS, hint=WORDS), prompt=WORDS)
    assert "<script>" not in markup(activity.again())


def test_generation_when_done_then_leads_to_its_video_and_costs_nothing_in_the_sandbox(activity, add):
    made = add("done")
    page = activity.again()
    assert "Ended lately" in page.words()
    assert "made in the sandbox, which is free" in page.words()
    assert f'href="/gallery?output={made.outputs[0].id}"' in markup(page)


def test_spend_when_some_was_live_then_is_summed_by_provider_and_what_is_not_told_is_said(activity, add, charge):
    charge(add("done"), 1_250_000)
    charge(add("failed"), 500_000)
    charge(add("done"), None)
    charge(add("done", model="runware/omnihuman-1"), 1_000_000)
    words = " ".join(activity.again().words().split())
    assert "Segmind $1.75 $1.75" in words
    assert "Runware $1.00 $1.00" in words
    assert "Together $2.75 $2.75" in words
    assert "One live generation is not in these sums" in words


def test_spend_when_the_sandbox_told_prices_then_they_stand_apart_and_are_never_spent(
    activity, add, charge, studio
):
    charge(add("done"), 1_250_000)
    free = add("done", model="segmind/hunyuan-video")
    with studio._engine.database.begin() as connection:
        change = sa.update(generation).where(generation.c.id == free.id)
        connection.execute(change.values(sandbox=True, cost_micros=1_464_000))
    words = " ".join(activity.again().words().split())
    assert "Segmind $1.25 $1.25" in words
    assert words.count("would have cost $1.46") == 2  # in its row, and apart from what was spent


@pytest.mark.parametrize("state", ["uncertain", "failed"])
def test_spend_when_something_was_sent_and_told_no_price_then_it_does_not_say_nothing(
    activity, add, charge, state
):
    charge(add(state), None)
    words = activity.again().words()
    assert "One live generation is not in these sums" in words
    assert "all of it was made in the sandbox" not in words


@pytest.mark.parametrize("state", ["failed", "running"])
def test_page_when_a_model_is_no_longer_known_then_the_others_are_shown(activity, add, studio, state):
    gone, kept = add(state), add("failed")
    with studio._engine.database.begin() as connection:
        connection.execute(sa.update(generation).where(generation.c.id == gone.id).values(model="no/more"))
    activity.again()
    assert len(keys(activity)) == 1
    assert kept.id in str(keys(activity))


def test_provider_when_it_was_used_live_then_says_how_it_does_and_the_sandbox_is_not_in_it(
    activity, add, charge, studio
):
    add("failed")
    assert "How the providers do" not in activity.again().words()
    for seconds in range(1, 11):
        made = add("done")
        charge(made, 1)
        with studio._engine.database.begin() as connection:
            change = sa.update(generation).where(generation.c.id == made.id)
            connection.execute(change.values(submitted_at=made.finished_at - 10 * seconds))
    charge(add("uncertain"), None)
    words = " ".join(activity.again().words().split())
    assert "Segmind: last video just now; 1 of 11 gave none; half took 50.0 s or less, nine in ten 1:30" in words
    assert words.count("last video") == 1
