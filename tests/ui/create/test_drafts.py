"""A reload before the first press loses nothing that was put into the form."""

from __future__ import annotations

from tests.media.making import make_picture
from tests.ui.screen import Screen


def test_form_when_reloaded_before_the_first_press_then_words_and_files_are_still_there(humo):
    humo.write("She waves at us").give("image", "me.jpg", make_picture()).slide("frames", 49)
    anew = Screen().open("humo")
    assert [anew.value(name) for name in ("prompt", "frames", "mode")] == ["She waves at us", 49, "TIA"]
    assert "me.jpg · 320×400" in anew.words()


def test_form_when_a_request_was_sent_since_then_it_is_what_a_reload_shows(humo, add):
    humo.write("A draft")
    add("done", prompt="What was sent")
    assert Screen().open("humo").value("prompt") == "What was sent"


def test_table_when_reloaded_then_people_are_still_there(home):
    screen = home.open("bhuman")
    screen.at.text_area(key="bhuman:people:pasted").set_value("name\nAnn\nBo\n").run()
    screen.at.button(key="bhuman:people:use").click().run()
    screen.fine()
    assert "Generate 2 videos" in [button.label for button in Screen().open("bhuman").at.button]
