"""BHuman's page by campaign: chosen beside templates in one place, checked, generated, its past videos listed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from components.sandbox.bhuman.stock import CAMPAIGNS, OWN
from components.settings import Settings
from components.studio import open_studio
from tests.providers.gateway import Gateway, Reply, start_gateway
from tests.ui.bhuman.filling import MODEL, choose, generate, paste_source, paste_table, switch
from tests.ui.screen import Screen

CAMPAIGN, NAME = CAMPAIGNS[1]["id"], CAMPAIGNS[1]["name"]
TEMPLATE = OWN[0]["id"]
NOWHERE = "12345678-1234-4234-8234-123456789abc"
CAMPAIGN_PAGE = f"https://app.bhuman.ai/campaign/generatedVideos/{CAMPAIGN}"
TEMPLATE_PAGE = f"https://app.bhuman.ai/instance/{TEMPLATE}"
OWN_CONTROLS = {"bhuman:generation_mode", "bhuman:enable_lipsync"}


def state(screen: Screen, name: str) -> object:
    return screen.at.session_state[f"bhuman:{name}"]


def controls(screen: Screen) -> set[str | None]:
    return {each.key for each in screen.at.selectbox}


def test_kind_when_it_is_switched_then_its_own_sentence_list_and_controls_are_shown(screen):
    assert "A recording in your BHuman account" in screen.words()
    assert not OWN_CONTROLS & controls(screen)
    switch(screen, "campaign")
    assert "A campaign of your BHuman account" in screen.words()
    assert controls(screen) > OWN_CONTROLS
    assert NAME in screen.at.selectbox(key="bhuman:campaign:chosen").options


def test_campaign_when_rows_are_generated_then_they_are_of_the_campaign_with_its_controls(screen, studio):
    switch(screen, "campaign")
    choose(screen, "campaign", CAMPAIGN)
    screen.at.selectbox(key="bhuman:generation_mode").set_value("full_script").run()
    screen.at.selectbox(key="bhuman:enable_lipsync").set_value(False).run()
    paste_table(screen)
    job = generate(screen, studio)
    assert (job.state, len(job.outputs)) == ("done", 2)
    asked = {"campaign_id": CAMPAIGN, "generation_mode": "full_script", "enable_lipsync": False}
    assert asked.items() <= job.parameters.items()
    assert "video_instance_id" not in job.parameters
    assert "2 people · campaign · just now · done" in Screen().open("bhuman").at.selectbox[-1].options


def test_past_videos_when_a_campaign_is_chosen_then_they_are_listed_by_it(screen, studio):
    switch(screen, "campaign")
    assert "Choose a campaign on the first tab" in screen.words()
    choose(screen, "campaign", CAMPAIGN)
    paste_table(screen)
    generate(screen, studio)
    assert "videos of this campaign" in screen.again().words()
    assert {"Ann · Acme", "Bo · Bolt"} <= set(screen.at.dataframe[-1].value["For"])


@pytest.mark.parametrize(
    ("chosen", "pasted", "kind", "identifier"),
    [
        ("template", CAMPAIGN_PAGE, "campaign", CAMPAIGN),
        ("campaign", TEMPLATE_PAGE, "template", TEMPLATE),
        ("campaign", CAMPAIGN, "campaign", CAMPAIGN),
        ("template", TEMPLATE, "template", TEMPLATE),
    ],
)
def test_source_when_pasted_then_an_address_says_which_of_the_two_it_is(screen, chosen, pasted, kind, identifier):
    switch(screen, chosen)
    paste_source(screen, chosen, pasted)
    given = state(screen, "video_instance_id"), state(screen, "campaign_id")
    assert (state(screen, "source"), given) == (
        kind,
        (identifier, None) if kind == "template" else (None, identifier),
    )
    assert state(screen, f"{kind}:chosen") == identifier


@pytest.mark.parametrize("kind", ["template", "campaign"])
def test_source_when_nothing_in_the_paste_is_an_id_then_a_sentence_says_so(screen, kind):
    switch(screen, kind)
    assert f"no {kind}'s id in what you pasted" in paste_source(screen, kind, "https://app.bhuman.ai/")


@pytest.mark.parametrize("kind", ["template", "campaign"])
def test_source_when_the_account_has_none_of_that_id_then_the_page_says_so(screen, kind):
    switch(screen, kind)
    said = paste_source(screen, kind, NOWHERE)
    assert f"BHuman does not find {kind} {NOWHERE} in your account" in said


def test_kind_when_switched_back_then_the_template_is_there_and_nothing_of_the_campaign_is_sent(screen, studio):
    choose(screen, "template", TEMPLATE)
    switch(screen, "campaign")
    choose(screen, "campaign", CAMPAIGN)
    screen.at.selectbox(key="bhuman:generation_mode").set_value("full_script").run()
    switch(screen, "template")
    paste_table(screen)
    job = generate(screen, studio)
    assert job.state == "done"
    assert job.parameters.keys() == {"video_instance_id", "variables", "names"}
    assert job.parameters["video_instance_id"] == TEMPLATE


def test_page_when_the_last_table_was_of_a_campaign_then_it_opens_with_that_campaign(add):
    add("done", model=MODEL, campaign_id=CAMPAIGN, variables=["name"], names=[["Ann"]])
    screen = Screen().open("bhuman")
    assert (state(screen, "source"), state(screen, "campaign:chosen")) == ("campaign", CAMPAIGN)


@pytest.fixture
def closed() -> Iterator[Gateway]:
    """A BHuman that opens no list to the key."""
    with start_gateway() as gateway:
        gateway.reply(Reply(401))
        yield gateway
    st.cache_data.clear()


@pytest.mark.parametrize("kind", ["template", "campaign"])
def test_source_when_the_lists_are_closed_then_its_id_can_be_pasted_all_the_same(tmp_path, closed, kind):
    keys = {"bhuman_api_key_id": "someone", "bhuman_api_key_secret": "secret"}
    with open_studio(Settings(data_dir=tmp_path / "data", gateway=closed.url, sandbox="never", **keys)):
        screen = switch(Screen().open("bhuman"), kind)
        assert f"Paste the {kind}'s id instead" in screen.words()
        assert f"{NOWHERE}: BHuman did not let us check it." in paste_source(screen, kind, NOWHERE)
        assert "To correct" not in screen.words()
