"""BHuman's page: a template, a pasted table, and each row's video as it arrives."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.settings import Settings
from components.studio import Studio, open_studio
from tests.ui.bhuman.filling import MODEL, choose, paste_table
from tests.ui.screen import Screen


@pytest.fixture
def studio(settings: Settings) -> Iterator[Studio]:
    with open_studio(settings) as running:
        yield running


def choose_template(screen: Screen, studio: Studio) -> str:
    chosen = studio.accounts.template_store().instances(0, 10).items[0].id
    choose(screen, "template", chosen)
    return chosen


def test_page_when_nothing_is_given_then_generate_says_what_is_missing(screen, studio):
    screen.at.button(key="bhuman:generate").click().run()
    assert "Choose a template or a campaign" in screen.fine().words()
    assert studio.generations.recent(MODEL) == []


def test_templates_when_the_account_has_some_then_they_can_be_chosen_by_name(screen, studio):
    chosen = choose_template(screen, studio)
    assert screen.at.session_state["bhuman:video_instance_id"] == chosen


def test_template_when_an_address_without_an_id_is_pasted_then_a_sentence_says_so(screen):
    screen.at.text_input(key="bhuman:template:typed").set_value("https://app.bhuman.ai/").run()
    assert "no template's id" in screen.fine().words()


def test_table_when_pasted_then_its_columns_and_rows_are_taken(screen):
    paste_table(screen)
    assert screen.at.session_state["bhuman:variables"] == ["name", "company"]
    assert "Generate 2 videos" in [button.label for button in screen.at.button]


def test_table_when_a_cell_is_blank_then_the_row_is_named(screen, studio):
    choose_template(screen, studio)
    paste_table(screen, "name\tcompany\nAnn\tAcme\nBo\t\n")
    screen.at.button(key="bhuman:generate").click().run()
    assert "Row 2: company is empty." in screen.fine().words()
    assert studio.generations.recent(MODEL) == []


def test_rows_when_generated_then_each_arrives_and_all_can_be_packed(screen, studio):
    choose_template(screen, studio)
    paste_table(screen)
    screen.at.button(key="bhuman:generate").click().run()
    job = studio.wait(studio.generations.recent(MODEL)[0].id, 120)
    assert (job.state, len(job.outputs)) == ("done", 2)
    screen = Screen().open("bhuman")
    assert "2 of 2 videos are here" in screen.words()
    assert [tile["title"] for tile in screen.tiles()] == ["Ann", "Bo"]
    next(b for b in screen.at.button if b.label.startswith("Pack all")).click().run()
    assert "Download 2 videos" in screen.fine().words()


def test_pack_when_a_file_is_missing_then_a_sentence_and_the_page_stands(studio, add):
    add("done", model=MODEL, variables=["name"], names=[["Ann"]])
    screen = Screen().open("bhuman")
    next(button for button in screen.at.button if button.label.startswith("Pack all")).click().run()
    assert "no longer in the library" in " ".join(each.value for each in screen.fine().at.error)
    assert "1 of 1 videos are here" in screen.words()


def test_store_when_opened_then_a_product_can_be_used_as_template(screen, studio):
    screen.at.toggle(key="bhuman:store:open").set_value(True).run()
    use = next(button for button in screen.fine().at.button if button.label == "Use it")
    use.click().run()
    assert screen.fine().at.session_state["bhuman:video_instance_id"]


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        ("name,name\nAnn,Acme\n", "Two columns are called name"),
        ("name,,company\nAnn,x,Acme\n", "Column 2 has values but no heading"),
    ],
)
def test_headings_when_they_cannot_be_told_apart_then_a_sentence_and_the_page_stands(screen, pasted, said):
    paste_table(screen, pasted)
    assert said in screen.words()
    paste_table(screen)
    assert "Generate 2 videos" in [button.label for button in screen.at.button]


def test_columns_when_renamed_to_one_name_then_a_sentence_and_the_page_stands(screen):
    screen.at.text_input(key="bhuman:people:columns").set_value("name, name").run()
    assert "Two columns are called name" in screen.fine().words()


def test_heading_when_streamlit_uses_the_word_itself_then_the_table_is_drawn(screen):
    paste_table(screen, "_index,company\nAnn,Acme\n")
    assert screen.at.session_state["bhuman:variables"] == ["_index", "company"]


def test_table_when_a_title_may_stand_above_then_the_person_says_which_row(screen):
    paste_table(screen, "Contacts\nname,company\nAnn,Acme\n")
    screen.at.radio(key="bhuman:people:headings").set_value("2").run()
    assert screen.fine().at.session_state["bhuman:variables"] == ["name", "company"]
    assert "headings were found in row 2" in screen.words()
