"""A kept request comes back: into its own model's form exactly, into another's as far as it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from components.catalog import MODELS
from components.catalog.spec import ModelSpec, PictureLimits, VoiceLimits
from components.library.records import Generation
from components.studio import Studio
from components.ui.frame.places import MODEL_PAGES
from tests.catalog.made_up import made_up
from tests.media.making import make_picture, make_tone
from tests.ui.screen import Screen

HUNYUAN = {
    "prompt": "A cat hides in a box.",
    "negative_prompt": "",
    "video_length": 25,
    "width": 544,
    "height": 960,
    "infer_steps": 23,
    "flow_shift": 9.5,
    "embedded_guidance_scale": 8,
    "seed": 4242,
}
PEOPLE = {
    "video_instance_id": "00000000-1111-2222-3333-444444444444",
    "variables": ["first", "firm"],
    "names": [["Don", "Apple"], ["Aiko", "Nintendo"]],
}


@pytest.fixture
def show(home: Screen) -> Callable[[Generation], Screen]:
    """Opens the page of a generation's first video."""

    def show(made: Generation) -> Screen:
        home.at.query_params["output"] = made.outputs[0].id
        return home.open("gallery")

    return show


def press(screen: Screen, made: Generation, name: str) -> Screen:
    owner = made.outputs[0].id if name == "use" else made.id
    screen.at.button(key=f"output:{owner}:{name}").click().run()
    return screen.fine()


def form(screen: Screen, page: str, *names: str) -> dict[str, object]:
    """What stands in a model's form."""
    state = screen.at.session_state
    return {name: state[f"{page}:{name}"] for name in names}


def humo(studio: Studio, add: Callable, voice: bytes, portrait: bytes) -> Generation:
    given = {
        "prompt": "Someone speaks",
        "image": studio.add_asset(portrait, name="Anna").id,
        "audio": studio.add_asset(voice, name="Hello").id,
        "mode": "TIA",
        "frames": 49,
        "scale_a": 7.5,
        "scale_t": 3.0,
        "steps": 41,
        "width": 832,
        "height": 480,
    }
    return add("done", **given)


@pytest.fixture
def directed(studio: Studio, add: Callable, voice_wav, portrait_jpg) -> Iterator[Generation]:
    return humo(studio, add, voice_wav.read_bytes(), portrait_jpg.read_bytes())


@pytest.fixture
def choosy(monkeypatch) -> ModelSpec:
    """A model that takes short voices in WAV and large pictures, with a page that exists."""
    spec = made_up(
        provider="runware",
        page="omnihuman-runware",
        voice=VoiceLimits(2.0, formats=("audio/wav",)),
        picture=PictureLimits(sides=(400, 4000)),
    )
    monkeypatch.setitem(MODELS, spec.id, spec)
    monkeypatch.setitem(MODEL_PAGES, spec.id, MODEL_PAGES["runware/omnihuman-1"])
    return spec


def test_use_when_the_model_was_never_opened_then_its_form_has_every_value(show, add):
    made = add("done", model="segmind/hunyuan-video", audio=None, **HUNYUAN)
    screen = press(show(made), made, "use")
    assert form(screen, "hunyuan-video", *HUNYUAN) == HUNYUAN
    assert screen.at.slider(key="hunyuan-video:video_length").value == 25
    assert screen.at.number_input(key="hunyuan-video:seed").value == 4242


def test_use_when_the_form_holds_other_things_then_they_give_way(show, directed, home, add):
    home.open("humo").write("Something else").slide("scale_a", 2.0)
    add("done", prompt="The last request", frames=10)
    screen = press(show(directed), directed, "use")
    assert form(screen, "humo", *directed.parameters) == directed.parameters
    assert screen.at.text_area(key="humo:prompt").value == "Someone speaks"
    assert screen.at.slider(key="humo:scale_a").value == 7.5
    assert "Anna" in screen.words()


def test_use_when_it_came_from_a_newer_or_older_studio_then_what_fits_is_taken(show, add):
    made = add("done", model="segmind/hunyuan-video", video_length=10**6, seed=10**30, unheard=1, infer_steps="x")
    screen = press(show(made), made, "use")
    assert form(screen, "hunyuan-video", "video_length", "seed", "infer_steps") == {
        "video_length": 77,
        "seed": 96501778,
        "infer_steps": 40,
    }


def test_use_when_a_file_is_gone_then_the_page_asks_for_it_anew(show, add):
    made = add("done", prompt="x", audio="f" * 32, image="javascript:alert(1)")
    screen = press(show(made), made, "use")
    assert form(screen, "humo", "audio", "image") == {"audio": None, "image": None}
    assert screen.asks_for("audio")


def test_use_when_it_was_an_address_then_it_comes_back(show, add):
    made = add("done", prompt="x", audio="https://example.com/hello.mp3")
    assert form(press(show(made), made, "use"), "humo", "audio") == {"audio": "https://example.com/hello.mp3"}


def test_use_when_it_was_a_table_then_template_and_people_come_back(show, add):
    made = add("done", model="bhuman/personalized-video", **PEOPLE)
    screen = press(show(made), made, "use")
    assert form(screen, "bhuman", *PEOPLE) == PEOPLE
    assert form(screen, "bhuman", "rows")["rows"] == PEOPLE["names"]
    assert "444444444444" in screen.words()


@pytest.mark.parametrize(
    "strange",
    [
        {"variables": ["a", "a"]},
        {"variables": []},
        {"names": [["only one"], ["a", "b", "c"]]},
        {"video_instance_id": "no template"},
    ],
)
def test_use_when_a_table_is_strange_then_the_page_stands_all_the_same(show, add, strange):
    made = add("done", model="bhuman/personalized-video", **(PEOPLE | strange))
    press(show(made), made, "use")


def test_other_model_when_looked_at_then_it_says_what_stays_behind(show, directed):
    screen = show(directed)
    screen.at.radio(key=f"output:{directed.id}:other").set_value("segmind/hunyuan-video").run()
    assert "Goes over: Scene, Length, Steps, Width and Height." in screen.words()
    assert "Hunyuan Video takes no voice." in screen.words()
    screen.at.radio(key=f"output:{directed.id}:other").set_value("aimlapi/omnihuman").run()
    assert "Goes over: Portrait and Voice." in screen.fine().words()


def test_other_model_when_opened_then_its_form_has_what_fits_and_defaults(show, directed):
    screen = show(directed)
    screen.at.radio(key=f"output:{directed.id}:other").set_value("segmind/hunyuan-video").run()
    press(screen, directed, "carry")
    found = form(screen, "hunyuan-video", *HUNYUAN)
    assert (found["prompt"], found["video_length"], found["width"], found["height"]) == (
        "Someone speaks",
        49,
        832,
        480,
    )
    assert found["seed"] == 96501778


def test_other_model_when_it_takes_the_files_then_they_are_there(show, directed):
    screen = show(directed)
    screen.at.radio(key=f"output:{directed.id}:other").set_value("runware/omnihuman-1").run()
    press(screen, directed, "carry")
    wanted = {"referenceImages": directed.parameters["image"], "audio": directed.parameters["audio"]}
    assert form(screen, "omnihuman-runware", *wanted) == wanted
    assert "Anna" in screen.words()


def carried(show: Callable, made: Generation, target: str) -> Screen:
    """The gallery's page of a video, with the other model chosen."""
    screen = show(made)
    screen.at.radio(key=f"output:{made.id}:other").set_value(target).run()
    return screen.fine()


def test_other_model_when_a_file_is_beyond_its_limits_then_both_are_named_and_it_stays_behind(
    show, studio, add, choosy
):
    made = humo(studio, add, make_tone(3.0), make_picture(size=(320, 320)))
    screen = carried(show, made, choosy.id)
    said = (
        "Hello stays behind: for Made Up a voice must be shorter than 2 seconds; this one is 3.0 s long.",
        "Anna stays behind: for Made Up a picture must have 400 to 4000 pixels on each side",
        "Still to be given there: Speech (speech).",
        "Still to be given there: Face (face).",
    )
    assert [sentence for sentence in said if sentence not in screen.words()] == []
    press(screen, made, "carry")
    assert form(screen, choosy.page, "face", "speech") == {"face": None, "speech": None}
    assert form(screen, choosy.page, "speech:refused")["speech:refused"] == said[0]


def test_other_model_when_it_does_not_read_the_voice_then_it_gets_a_wav(show, studio, add, choosy, portrait_jpg):
    made = humo(studio, add, make_tone(1.0, "mp3"), portrait_jpg.read_bytes())
    screen = carried(show, made, choosy.id)
    assert "Hello goes over as WAV: Made Up does not read MP3." in screen.words()
    press(screen, made, "carry")
    speech = studio.assets.find(form(screen, choosy.page, "speech")["speech"])
    assert (speech.media_type, speech.name) == ("audio/wav", "Hello")


def test_use_when_a_kept_file_no_longer_fits_its_model_then_its_place_says_why(
    show, studio, add, choosy, portrait_jpg
):
    speech = studio.add_asset(make_tone(3.0), name="Hello").id
    made = add("done", model=choosy.id, speech=speech, face=studio.add_asset(portrait_jpg.read_bytes()).id)
    screen = press(show(made), made, "use")
    assert "Hello is not for Made Up: a voice must be shorter" in str(form(screen, choosy.page, "speech:refused"))
