"""What a notice says, with and without permission to hold prompts and links."""

from __future__ import annotations

from components.engine.notice_words import notice
from components.library.notices import Ended

HUMO, BHUMAN = "segmind/humo", "bhuman/personalized-video"
PUBLIC = "https://studio.example"
PROMPT = "A woman in a navy jacket\nspeaks warmly to camera, slowly, while rain runs down the window behind her"


def done(model=HUMO, outputs=("a-0",), prompt=PROMPT):
    return Ended("done", model, {"prompt": prompt}, outputs)


def ended(event):
    return Ended(event, HUMO, {"prompt": PROMPT})


def say(*ended, words=False, public_url=PUBLIC):
    return notice(ended, words=words, public_url=public_url)


def test_notice_when_nothing_else_is_allowed_then_it_only_counts():
    assert say(done()) == "HuMo: a video is finished."
    assert say(*[done()] * 12) == "HuMo: 12 videos are finished."
    assert say(done(outputs=("a-0", "a-1")), done(BHUMAN)) == "3 videos are finished."
    assert say(ended("failed")) == "HuMo: a video failed."
    assert "It waits for you on Activity." in say(ended("uncertain"))
    assert say(Ended("ceiling")) == "A ceiling stopped a video: nothing was sent."


def test_notice_when_several_things_happened_then_one_line_each():
    lines = say(Ended("ceiling"), done(), ended("failed"), ended("failed")).splitlines()
    assert lines == [
        "HuMo: a video is finished.",
        "HuMo: 2 videos failed.",
        "A ceiling stopped a video: nothing was sent.",
    ]


def test_notice_when_words_are_allowed_then_the_prompts_beginning_and_a_link():
    first, prompt, link = say(done(), words=True).splitlines()
    assert first == "HuMo: a video is finished."
    assert prompt == "A woman in a navy jacket speaks warmly to camera, slowly, while rain runs down …"
    assert len(prompt) == 80
    assert link == f"{PUBLIC}/gallery?output=a-0"


def test_notice_when_the_studio_has_no_public_address_then_no_link():
    assert "gallery" not in say(done(), words=True, public_url=None)


def test_notice_when_many_ended_then_a_few_are_told_and_the_rest_counted():
    said = say(*[done(prompt=f"take {number}") for number in range(12)], words=True)
    assert "take 4" in said
    assert "take 5" not in said
    assert said.endswith("And 7 more.")
    assert len(said) < 1000


def test_notice_when_its_model_is_not_known_any_more_then_its_id():
    assert say(Ended("done", "gone/model", {}, ())) == "gone/model: a video is finished."
