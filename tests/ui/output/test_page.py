"""One video's page: what it tells of the request, the run and the file, and what it never tells."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from components.library.marks import Marks
from components.library.records import MOST_TAGS, Generation
from components.library.tables import generation, output, tag
from components.studio import LOCAL, Studio
from components.ui.output.file import _file
from tests.gallery_rows import FACTS
from tests.ui.screen import Screen

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>[a](javascript:x) `b`"


@pytest.fixture
def change(studio: Studio) -> Callable[..., None]:
    """Writes values straight into a row."""

    def change(table, row_id: str, **values: object) -> None:
        with studio._engine.database.begin() as connection:
            connection.execute(table.update().where(table.c.id == row_id).values(**values))

    return change


@pytest.fixture
def show(home: Screen) -> Callable[[str], Screen]:
    """Opens the page of one video."""

    def show(output_id: str) -> Screen:
        home.at.query_params["output"] = output_id
        return home.open("gallery")

    return show


@pytest.fixture
def done(add: Callable[..., Generation], change: Callable[..., None], studio: Studio) -> Generation:
    made = add("done", prompt="A woman speaks", scale_a=7.5, scale_t=5.0, frames=49, steps=30)
    change(output, made.outputs[0].id, facts=FACTS, size=1_234_567, seconds=1.96)
    change(generation, made.id, created_at=1_000, submitted_at=1_001.0, finished_at=1_020.5)
    return studio.generations.get(made.id)


@pytest.fixture
def page(show: Callable[[str], Screen], done: Generation) -> Screen:
    return show(done.outputs[0].id)


def bodies(screen: Screen) -> str:
    """The HTML that was sent."""
    return "\n".join(each.proto.body for each in screen.at.main if each.type == "html")


def test_page_when_done_then_it_tells_of_request_run_and_file(page: Screen):
    said = page.words()
    for words in (
        "HuMo by ByteDance",
        "A woman speaks",
        "scale_a",
        "19.5 s",
        "1.2 MB",
        "H.264",
    ):
        assert words in said
    assert "2.0 s, as asked" in said
    assert "free, made in the sandbox" in said


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("A woman speaks", "A woman speaks"),
        (
            "A woman in a navy jacket\n speaks warmly to camera in a quiet studio, soft key light",
            "A woman in a navy jacket speaks warmly to camera in a quiet…",
        ),
        ("x" * 99, "x" * 59 + "…"),
        ("", "Direct a person with voice and text"),
    ],
)
def test_title_when_words_were_asked_for_then_it_is_their_beginning_else_the_wish(
    show, done, change, prompt, title
):
    change(generation, done.id, parameters=done.parameters | {"prompt": prompt})
    assert show(done.outputs[0].id).at.title[0].value == title


def test_settings_when_some_are_as_usual_then_those_stand_back(page: Screen):
    html = bodies(page)
    assert '<dd class="">7.5</dd>' in html
    assert '<dd class="usual">5</dd>' in html


def test_player_when_done_then_it_shows_this_video_alone(page: Screen, done: Generation):
    assert [tile["id"] for tile in page.tiles()] == [done.outputs[0].id]


def test_input_when_it_is_gone_from_the_library_then_it_says_so(page: Screen):
    assert "no longer in the library" in page.words()


def test_file_when_it_cannot_be_measured_then_the_rest_is_there(page: Screen):
    assert "could not be measured" in page.words()


def test_cost_when_live_and_untold_then_it_says_so(show, done, change):
    change(generation, done.id, sandbox=False)
    assert "not told by the provider" in show(done.outputs[0].id).words()


@pytest.mark.parametrize(("micros", "said"), [(140_000, "$0.14"), (96_800, "$0.0968"), (2_000_000, "$2.00")])
def test_cost_when_told_then_it_is_shown(show, done, change, micros, said):
    change(generation, done.id, sandbox=False, cost_micros=micros)
    assert said in show(done.outputs[0].id).words()


def test_cost_when_the_sandbox_tells_a_price_then_it_is_free_and_would_have_cost_that(show, done, change):
    change(generation, done.id, sandbox=True, cost_micros=1_464_258)
    assert "free, made in the sandbox; would have cost $1.4643" in show(done.outputs[0].id).words()


def test_numbers_when_the_provider_said_more_then_only_documented_ones_are_shown(show, done, change):
    said = {"request_id": "req-123", "url": "https://signed.example/a?sig=1", "task_uuid": "https://no.example/x"}
    change(generation, done.id, operation=said)
    screen = show(done.outputs[0].id)
    assert [each.value for each in screen.at.code if "import" not in each.value and "curl" not in each.value] == [
        "req-123"
    ]
    assert "signed.example" not in screen.everything()
    assert "no.example" not in screen.everything()


def test_address_when_it_may_be_signed_then_its_signature_is_nowhere(show, done, change):
    given = done.parameters | {"image": "https://bucket.example/faces/anna.jpg?X-Amz-Signature=secret"}
    change(generation, done.id, parameters=given)
    screen = show(done.outputs[0].id)
    assert "anna.jpg" in screen.words()
    assert "secret" not in screen.everything()


def test_words_from_outside_when_hostile_then_they_are_only_words(show, done, change, studio):
    one = done.outputs[0].id
    change(output, one, facts=FACTS | {"label": EVIL, "codec": EVIL}, note=EVIL)
    change(
        generation, done.id, parameters=done.parameters | {"prompt": EVIL, "audio": f"https://x.example/{EVIL}"}
    )
    studio.gallery.tag([one], EVIL)
    screen = show(one)
    assert "<script" not in bodies(screen)
    assert "<img src=x" not in bodies(screen)
    assert "[a](javascript" not in screen.at.title[0].value


@pytest.mark.parametrize("one", ["nobody", "f" * 32])
def test_page_when_the_id_is_unknown_then_a_sentence_leads_back(show, studio, one):
    screen = show(one)
    assert "There is no such video" in screen.words()
    assert "Show all videos" in [link.proto.label for link in screen.at.get("page_link")]


def test_page_when_the_video_is_somebody_elses_then_it_is_not_shown(show, done, change):
    change(generation, done.id, owner="somebody")
    change(output, done.outputs[0].id, owner="somebody")
    screen = show(done.outputs[0].id)
    assert "There is no such video" in screen.words()
    assert "A woman speaks" not in screen.everything()


def test_page_when_the_model_is_gone_then_a_sentence_leads_back(show, done, change):
    change(generation, done.id, model="segmind/retired")
    assert "No such video" in show(done.outputs[0].id).words()


def test_page_when_what_came_is_no_video_then_it_can_be_had_all_the_same(show, done, change):
    change(output, done.outputs[0].id, facts={}, media_type="application/octet-stream")
    screen = show(done.outputs[0].id)
    assert "not a playable video" in screen.words()
    assert "Download" in screen.words()
    assert screen.tiles() == []


def test_delete_when_pressed_then_it_is_in_the_bin_and_undo_brings_it_back(page, done, studio):
    one = done.outputs[0].id
    page.at.button(key=f"output:{one}:delete").click().run()
    assert "in the bin" in page.fine().words()
    assert studio.gallery.entry(one).output.deleted_at
    page.at.button(key=f"output:{one}:restore").click().run()
    assert "A woman speaks" in page.fine().words()


def test_marks_when_given_then_each_is_kept_at_once(page, done, studio):
    one = done.outputs[0].id
    page.at.toggle(key=f"output:{one}:favourite").set_value(True).run()
    page.at.feedback(key=f"output:{one}:rating").set_value(3).run()
    page.at.multiselect(key=f"output:{one}:tags").set_value(["client", "keep"]).run()
    page.at.text_area(key=f"output:{one}:note").set_value("The mouth is late").run()
    kept = studio.gallery.entry(one).output
    assert (kept.favourite, kept.rating, kept.tags, kept.note) == (
        True,
        4,
        ("client", "keep"),
        "The mouth is late",
    )
    page.at.multiselect(key=f"output:{one}:tags").set_value(["keep"]).run()
    page.at.feedback(key=f"output:{one}:rating").set_value(None).run()
    kept = studio.gallery.entry(one).output
    assert (kept.rating, kept.tags) == (None, ("keep",))


def test_tags_when_there_are_more_than_may_be_then_all_are_shown_and_one_can_be_taken_away(page, done, studio):
    names = [f"tag {number:02}" for number in range(MOST_TAGS + 1)]
    with studio._engine.database.begin() as connection:
        rows = [{"output_id": done.outputs[0].id, "name": name, "owner": "local"} for name in names]
        connection.execute(tag.insert(), rows)
    tags = page.again().at.multiselect(key=f"output:{done.outputs[0].id}:tags")
    assert tags.value == names
    tags.set_value(names[1:]).run()
    assert studio.gallery.entry(done.outputs[0].id).output.tags == tuple(names[1:])


def test_marks_when_changed_elsewhere_then_the_page_follows(page, done, studio):
    one = done.outputs[0].id
    studio.gallery.rate([one], 2)
    studio.gallery.note(one, "from afar")
    page.again()
    assert page.at.feedback(key=f"output:{one}:rating").value == 1
    assert page.at.text_area(key=f"output:{one}:note").value == "from afar"


def test_person_when_the_video_is_of_a_row_then_its_cells_are_shown(show, add, change):
    made = add(
        "done",
        model="bhuman/personalized-video",
        video_instance_id="0" * 8 + "-1111-2222-3333-" + "4" * 12,
        variables=["name", "company"],
        names=[["Don", "Apple"], ["Aiko", "Nintendo"]],
    )
    change(output, made.outputs[0].id, position=1, facts=FACTS | {"label": "Aiko"})
    change(generation, made.id, operation={"ids": ["generation-0", "generation-1"], "labels": ["Don", "Aiko"]})
    screen = show(made.outputs[0].id)
    said = screen.words()
    assert all(words in said for words in ("Aiko", "Nintendo", "2 of 2"))
    assert "generation-1" in [each.value for each in screen.at.code]
    assert "Try on another model" not in screen.everything()


def compared(screen: Screen) -> str:
    links = [link.proto for link in screen.at.get("page_link") if link.proto.label.startswith("Compare")]
    return links[0].query_string if links else ""


def test_compare_when_the_request_brought_several_then_it_leads_to_these(show, done, studio):
    one = done.outputs[0]
    second = one.model_dump(
        include={"media_type", "key", "poster_key", "size", "sha256", "facts", "generation_id"}
    )
    studio.generations._rows.add_output(id=f"{done.id}-1", owner="local", position=1, **second)
    assert compared(show(one.id)) == f"v={one.id}%2C{done.id}-1"


def test_compare_when_it_is_alone_then_it_leads_to_the_models_newest(show, done, add, change):
    other = add("done", prompt="Another").outputs[0].id
    change(output, other, facts=FACTS)
    assert compared(show(done.outputs[0].id)) == f"v={done.outputs[0].id}%2C{other}"


def test_compare_when_there_is_nothing_else_then_there_is_no_link(page: Screen):
    assert compared(page) == ""


def test_request_when_shown_then_both_programs_are_there_without_a_key(page: Screen):
    programs = [each.value for each in page.at.code if "SEGMIND_API_KEY" in each.value]
    assert len(programs) == 2
    assert "A woman speaks" in programs[0]
    assert "A woman speaks" in programs[1]


def test_measures_when_kept_then_they_are_shown_without_the_file(show, done, studio):
    measured = {"black_frames": 12, "frames_looked_at": 97}
    Marks(studio._engine.database, LOCAL).set([done.outputs[0].id], examined=measured)
    assert "12 of 97 frames are black" in show(done.outputs[0].id).words()


def test_file_when_nothing_is_known_then_size_alone_is_told(done):
    strange = done.outputs[0].model_copy(update={"facts": {}, "media_type": "application/octet-stream"})
    assert [fact[2] for fact in _file(done, strange)] == ["unknown kind · 1.2 MB"]
