"""The sandbox serves what the catalog holds: a model that nobody wrote code for, at each provider."""

from __future__ import annotations

import io

import pytest
import requests
from PIL import Image

from components.catalog import MODELS
from tests.sandbox.conftest import Clip, data_uri, make_voice
from tests.sandbox.in_process import sandbox_in_process
from tests.sandbox.made_up import CHOOSER, KEY, SPECS, AimlApi, Runware, Segmind
from tests.sandbox.runware import client


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        for spec in (*SPECS.values(), CHOOSER):
            patch.setitem(MODELS, spec.id, spec)
        with sandbox_in_process(tmp_path_factory.mktemp("made-up")) as running:
            yield running


@pytest.fixture(scope="module")
def files(made_up, portrait):
    return {"face": made_up.host(portrait, "image/png"), "sound": made_up.host(make_voice(0.4), "audio/wav")}


@pytest.fixture(params=[Segmind, AimlApi, Runware], ids=lambda kind: kind.__name__)
def provider(request, made_up):
    return request.param(made_up)


def clip(url):
    return Clip(io.BytesIO(requests.get(url, timeout=60).content))


def test_model_when_it_is_in_the_catalog_then_its_clip_has_length_size_and_price_of_the_spec(provider, files):
    url, price = provider.end(provider.send(**files, lines="240p", seed=4))
    made = clip(url)
    assert (made.size, len(made.frames), made.has_sound) == ((240, 288), 10, True)
    assert price == pytest.approx(0.4 * 0.25)


def test_words_when_there_is_no_voice_then_a_stand_in_speaks_as_long_as_the_model_takes(provider, files):
    url, price = provider.end(provider.send(face=files["face"], words="Good morning"))
    made = clip(url)
    assert (len(made.frames), made.has_sound) == (50, True)
    assert price == pytest.approx(2.0 * 0.25)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"face": None}, "is missing"),
        ({"sound": None, "words": None}, "voice or words"),
        ({"words": "both"}, "voice or words"),
        ({"motion": 7}, "motion"),
        ({"motion": "x" * 21}, "motion"),
        ({"lines": "720p"}, "lines"),
        ({"seed": "1"}, "seed"),
        ({"nobody": 1}, "no parameter called 'nobody'"),
        ({"face": "http://example.com/a.png"}, "https://"),
    ],
    ids=str,
)
def test_request_when_it_does_not_fit_the_spec_then_it_is_refused_and_unpaid(provider, files, change, words):
    before = provider.sandbox.ledger()
    given = {name: value for name, value in (files | change).items() if value is not None}
    status, said = provider.refusal(provider.send(**given))
    assert status == 400
    assert words in said
    after = provider.sandbox.ledger()
    assert (after["paid"], len(after["refused"])) == (before["paid"], len(before["refused"]) + 1)


@pytest.mark.parametrize(
    ("name", "data", "media_type", "words"),
    [
        ("sound", make_voice(0.2), "audio/wav", "0.3 to 2 seconds"),
        ("sound", make_voice(2.1), "audio/wav", "at most 2 seconds"),
        ("face", None, "image/png", "100 to 800 pixels"),
    ],
)
def test_file_when_it_breaks_the_specs_limits_then_it_is_refused(provider, files, name, data, media_type, words):
    wrong = data or large_picture()
    given = files | {name: provider.sandbox.host(wrong, media_type)}
    status, said = provider.refusal(provider.send(**given))
    assert status == 400
    assert words in said


def large_picture():
    out = io.BytesIO()
    Image.new("RGB", (900, 900), (90, 100, 140)).save(out, "PNG")
    return out.getvalue()


def test_voice_when_exactly_as_long_as_an_inclusive_limit_then_it_is_taken(provider, files):
    voice = provider.sandbox.host(make_voice(2.0), "audio/wav")
    assert provider.send(**files | {"sound": voice}).status_code in (200, 201)


@pytest.mark.parametrize("slug", ["nobody/plain", "nobody/fine"])
def test_model_when_one_spec_has_several_names_then_each_is_served(made_up, files, slug):
    url = made_up.at("api.aimlapi.com", "v2/video/generations")
    body = {"model": slug, "image_url": files["face"], "audio_url": files["sound"]}
    answer = requests.post(url, json=body, headers=KEY, timeout=60)
    assert answer.json()["id"].endswith(f":{slug}")


def test_list_when_it_holds_two_then_runware_says_so(made_up, files):
    task = {"taskType": "videoInference", "taskUUID": client.new(), "model": "nobody:7@9"}
    inputs = {"frameImages": [files["face"]] * 2, "audio": files["sound"]}
    answer = client.post(made_up, task | {"inputs": inputs})
    assert client.code(answer) == (400, "arrayLength", "inputs.frameImages")


@pytest.mark.parametrize(
    ("more", "parameter"),
    [
        ({"outputQuality": 19}, "outputQuality"),
        ({"numberResults": 5}, "numberResults"),
        ({"safety": {"mode": "strict"}}, "safety.mode"),
        ({"webhookURL": "http://example.com/"}, "webhookURL"),
        ({"ttl": 1}, "ttl"),
        ({"width": 100}, "width"),
        ({"inputs.audio": "x"}, "inputs.audio"),
    ],
    ids=str,
)
def test_option_when_it_is_wrong_then_runware_refuses_it_for_any_model(made_up, files, more, parameter):
    task = {"taskType": "videoInference", "taskUUID": client.new(), "model": "nobody:7@9"}
    inputs = {"frameImages": [files["face"]], "audio": files["sound"]}
    assert client.code(client.post(made_up, task | {"inputs": inputs} | more))[2] == parameter


def test_option_when_every_model_takes_it_then_the_made_up_one_does(made_up, files):
    number = client.new()
    task = {"taskType": "videoInference", "taskUUID": number, "model": "nobody:7@9", "numberResults": 2}
    options = {"outputFormat": "WEBM", "deliveryMethod": "async", "outputType": "URL", "safety": {"mode": "fast"}}
    inputs = {"frameImages": [files["face"]], "audio": files["sound"]}
    client.post(made_up, task | options | {"inputs": inputs})
    found = client.result(made_up, number)["data"]
    assert [item["videoURL"].endswith(".webm") for item in found] == [True, True]


def test_wire_names_when_a_setting_renames_them_then_that_model_takes_the_new_ones(tmp_path, portrait):
    names = {"HUMO_INPUT_NAMES": {"image": "image_url"}}
    body = {"prompt": "x", "mode": "TIA", "frames": 10, "width": 832, "height": 480}
    with sandbox_in_process(tmp_path, names) as running:
        assert running.submit(body | {"image": data_uri(portrait, "image/png")}).status_code == 400
        assert running.submit(body | {"image_url": data_uri(portrait, "image/png")}).status_code == 200
