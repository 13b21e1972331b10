"""The documents' own examples, word for word, against the real sandbox; each with its source and date."""

from __future__ import annotations

import base64
import io

import pytest
import requests

from components.catalog import MODELS
from components.sandbox.files import Files
from components.sandbox.inputs import Inputs, Unusable
from components.sandbox.orders import Desk
from tests.sandbox.conftest import Clip
from tests.sandbox.runware.client import code, post
from tests.sandbox_server import start_sandbox, until

PATIENCE = 400.0
"""Seconds: a stand-in speaks for ten of them, and the machine may be busy."""
SEGMIND = {"x-api-key": "YOUR_API_KEY", "Content-Type": "application/json"}
# https://www.segmind.com/models/bytedance-humo/api, read 2026-11-20: neither words nor files.
HUMO = {
    "frames": 30,
    "scale_a": 5,
    "scale_t": 5,
    "mode": "TA",
    "height": 720,
    "width": 1280,
    "steps": 30,
}
# https://www.segmind.com/models/hunyuan-video/api, read 2026-11-20; to v1 and, in the page's newer copy, to v2.
HUNYUAN = {
    "seed": 96501778,
    "width": 854,
    "height": 480,
    "prompt": "A cat walks on the grass, realistic style.",
    "flow_shift": 7,
    "infer_steps": 40,
    "video_length": 77,
    "negative_prompt": "Aerial view, overexposed, low quality, deformation",
    "embedded_guidance_scale": 6,
}
# https://runware.ai/docs/models/bytedance-omnihuman-1, read 2026-11-20: the page says in which forms the files may
# come, and names none; these are addresses.
RUNWARE = {
    "taskType": "videoInference",
    "taskUUID": "a770f077-f413-47de-9dac-be0b26a35da6",
    "model": "bytedance:5@1",
    "deliveryMethod": "async",
    "outputType": "URL",
    "outputFormat": "MP4",
    "outputQuality": 95,
    "numberResults": 1,
    "includeCost": True,
    "inputs": {
        "referenceImages": ["https://example.com/portrait.jpg"],
        "audio": "https://example.com/speech.mp3",
    },
}
# https://docs.aimlapi.com/api-references/video-models/bytedance/omnihuman, read 2026-11-20.
AIMLAPI = {
    "model": "bytedance/omnihuman",
    "image_url": "https://s2-111386.kwimgs.com/bs2/mmu-aiplatform-temp/kling/20240620/1.jpeg",
    "audio_url": "https://storage.googleapis.com/falserverless/example_inputs/omnihuman_audio.mp3",
}


# github.com/bhuman-ai/public_api, API guide of 2023, "Examples", read 2026-11-20.
BHUMAN = {
    "callback_url": "https://xxx.yyy.zzz?my_query_param1=aaa&my_query_param2=bbb",
    "names": [["Don", "Apple"], ["James", "Google"]],
    "variables": ["name", "company"],
    "video_instance_id": "7d859e18-dc89-446f-9718-9533bb178a75",
}


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A sandbox of its own: its long clips keep nobody else waiting."""
    with start_sandbox(tmp_path_factory.mktemp("documented")) as running:
        yield running


@pytest.fixture
def unseen(alone):
    """The next clip is not looked at, and so not made."""
    alone.rehearse(fail="Nobody asks for it")
    yield
    alone.rehearse()


def test_humo_when_asked_with_neither_words_nor_files_then_it_is_the_title_card(alone):
    url = alone.at("api.segmind.com", "v1/bytedance-humo")
    answer = requests.post(url, headers=SEGMIND, json=HUMO, timeout=PATIENCE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "video/mp4")
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.size, len(clip.frames), clip.has_sound) == ((1280, 720), 30, False)
    assert (clip.frames[0, 160:490, 128:1152] > 220).mean() > 0.004  # letters


def test_hunyuan_when_asked_as_its_page_does_then_v1_answers_with_the_film_and_its_price(alone):
    url = alone.at("api.segmind.com", "v1/hunyuan-video")
    answer = requests.post(url, headers=SEGMIND, json=HUNYUAN, timeout=PATIENCE)
    clip = Clip(io.BytesIO(answer.content))
    assert (clip.size, len(clip.frames)) == ((864, 480), 77)
    assert (answer.headers["x-seed-value"], float(answer.headers["x-cost"])) == ("96501778", 1.464)


@pytest.mark.usefixtures("unseen")
def test_hunyuan_when_asked_as_its_newer_page_does_then_v2_takes_it(alone):
    url = alone.at("api.segmind.com", "v2/hunyuan-video")
    submitted = requests.post(url, headers=SEGMIND, json=HUNYUAN, timeout=PATIENCE)
    assert submitted.json()["status"] == "QUEUED"


@pytest.mark.usefixtures("unseen")
def test_runware_when_the_files_are_addresses_of_elsewhere_then_the_task_is_acknowledged(alone):
    answer = post(alone, RUNWARE)
    assert answer.json() == {"data": [{name: RUNWARE[name] for name in ("taskType", "taskUUID")}]}


def test_runware_when_asked_in_the_flat_form_of_2025_then_it_is_refused_as_the_page_of_today_has_it(alone):
    older = {name: value for name, value in RUNWARE.items() if name != "inputs"}
    answer = post(alone, older | {"referenceImages": ["aac49721-1964-481a-ae78-8a4e29b91402"]})
    assert code(answer) == (400, "unsupportedParameter", "referenceImages")


def test_aimlapi_when_asked_as_its_page_does_then_stand_ins_speak_and_it_costs_what_the_page_says(alone):
    url, headers = (
        alone.at("api.aimlapi.com", "v2/video/generations"),
        {"Authorization": "Bearer <YOUR_AIMLAPI_KEY>"},
    )
    taken = requests.post(url, json=AIMLAPI, headers=headers, timeout=PATIENCE).json()
    assert taken["status"] == "queued"

    def done():
        answer = requests.get(url, params={"generation_id": taken["id"]}, headers=headers, timeout=PATIENCE).json()
        return answer if answer["status"] == "completed" else None

    made = until(done, PATIENCE)
    assert made["meta"]["usage"]["credits_used"] == 5_880_000
    clip = Clip(io.BytesIO(requests.get(made["video"]["url"], timeout=PATIENCE).content))
    assert (clip.size, clip.has_sound) == ((820, 1024), True)
    assert clip.sound_seconds == pytest.approx(10.4, abs=0.1)


def test_bhuman_when_asked_as_its_guide_does_then_each_row_has_a_number(alone):
    key = base64.b64encode(b"your_api_key_id:your_api_key_secret").decode()
    url = alone.at("studio.bhuman.ai", "api/ai_studio/try_sample")
    answer = requests.post(url, json=BHUMAN, headers={"Authorization": f"Basic {key}"}, timeout=PATIENCE)
    assert answer.status_code == 200
    assert len(answer.json()["result"]) == 2


def test_address_when_it_cannot_be_read_then_the_clip_names_its_host_and_never_its_path(tmp_path):
    values = {name: value for name, value in AIMLAPI.items() if name != "model"}
    order = Desk(MODELS["aimlapi/omnihuman"], Inputs(Files(tmp_path))).order(values)
    assert order.scenes[0].notes == (
        "picture not read (s2-111386.kwimgs.com)",
        "voice not read (storage.googleapis.com)",
    )
    assert "kling" not in order.scenes[0].model_dump_json()


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/a.png",
        "https://",
        "https://nowhere",
        "https://-.example.com/a.png",
        "https://example.com/a b.png",
        "https://[x/a.png",
        "ftp://example.com/a.png",
        "https://user@/a.png",
    ],
)
def test_address_when_it_is_none_that_a_provider_could_read_then_it_is_refused(tmp_path, address):
    with pytest.raises(Unusable):
        Inputs(Files(tmp_path)).portrait(address)


def test_address_when_it_is_signed_then_nothing_of_the_signature_is_kept(tmp_path):
    given = Inputs(Files(tmp_path)).portrait("https://user:word@example.com:8443/a.png?sig=secret")
    assert given.unread_host == "example.com"
