"""The sandbox's AI/ML API: strict to the documents, in their shapes, and every charge in the ledger."""

from __future__ import annotations

import io

import pytest
import requests
from PIL import Image

from tests.sandbox.conftest import Clip, base64_of, data_uri, make_voice
from tests.sandbox_server import until

API, MEDIA = "api.aimlapi.com", "cdn.aimlapi.com"
MODEL = "bytedance/omnihuman"
KEY = {"Authorization": "Bearer key"}
FIELDS = {"message", "path", "requestId", "statusCode", "timestamp"}


@pytest.fixture
def post(sandbox):
    """Posts a body with a good key; `how` goes to requests."""

    def post(body=None, **how):
        url = sandbox.at(API, "v2/video/generations")
        return requests.post(url, **({"json": body, "headers": KEY, "timeout": 30} | how))

    return post


@pytest.fixture
def ask(sandbox):
    def ask(generation_id, **how):
        url = sandbox.at(API, "v2/video/generations")
        return requests.get(
            url, params={"generation_id": generation_id}, **({"headers": KEY, "timeout": 30} | how)
        )

    return ask


@pytest.fixture
def ended(ask):
    """The generation once it is over."""

    def ended(generation_id):
        waiting = ("queued", "generating")
        return until(lambda: (told := ask(generation_id).json())["status"] not in waiting and told)

    return ended


@pytest.fixture
def good(session_sandbox, wide_jpg):
    """A good body, quick to render: a picture inside, a voice of four tenths of a second at an address."""
    voice = session_sandbox.host(make_voice(0.4), "audio/wav")
    return {"model": MODEL, "image_url": data_uri(wide_jpg.read_bytes(), "image/jpeg"), "audio_url": voice}


def picture(width, height):
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "JPEG")
    return data_uri(out.getvalue(), "image/jpeg")


def paid(sandbox):
    return [line for line in sandbox.ledger()["paid"] if line["slug"] == MODEL]


def test_submission_when_taken_then_the_number_is_shaped_as_documented_and_paid_once(sandbox, post, good):
    before = len(paid(sandbox))
    answer = post(good)
    told = answer.json()
    task, _, model = told["id"].partition(":")
    assert (answer.status_code, told["status"], model) == (201, "queued", MODEL)
    assert answer.headers["x-inference-id"]
    assert [line["request_id"] for line in paid(sandbox)[before:]] == [task]


def test_generation_when_done_then_the_clip_has_the_pictures_shape_and_the_sounds_length(
    sandbox, post, good, ended, portrait
):
    told = ended(post(good | {"image_url": data_uri(portrait, "image/png")}).json()["id"])
    assert told["status"] == "completed"
    url = told["video"]["url"]
    assert url.startswith(sandbox.at(MEDIA, "outputs/"))
    clip = Clip(io.BytesIO(requests.get(url, timeout=60).content))
    assert (clip.size, len(clip.frames), clip.rate) == ((746, 896), 10, 25)
    assert clip.sound_seconds == pytest.approx(0.4, abs=0.05)


@pytest.mark.parametrize(("width", "height", "size"), [(400, 100, (896, 224)), (99, 333, (266, 896))])
def test_generation_when_the_picture_is_long_then_the_clip_is_too_and_in_even_numbers(
    post, good, ended, width, height, size
):
    told = ended(post(good | {"image_url": picture(width, height)}).json()["id"])
    assert Clip(io.BytesIO(requests.get(told["video"]["url"], timeout=60).content)).size == size


def test_generation_when_slow_then_it_is_generating_and_names_no_video(sandbox, post, ask, good):
    sandbox.rehearse(slow_seconds=600)
    named = post(good).json()["id"]
    told = until(lambda: (now := ask(named).json())["status"] == "generating" and now)
    assert told == {"id": named, "status": "generating"}


def test_generation_when_it_fails_then_the_error_has_name_and_message(sandbox, post, good, ended):
    sandbox.rehearse(fail="Could not detect face in the image")
    told = ended(post(good).json()["id"])
    assert told["status"] == "error"
    assert told["error"] == {"name": "GenerationError", "message": "Could not detect face in the image"}


def test_image_when_given_as_address_data_uri_or_base64_then_it_is_read(sandbox, post, good, portrait):
    for image in (sandbox.host(portrait, "image/png"), base64_of(portrait)):
        assert post(good | {"image_url": image}).status_code == 201


def test_older_route_when_used_from_end_to_end_then_the_rules_and_answers_are_the_same(sandbox, good):
    url = sandbox.at(API, "v2/generate/video/bytedance/generation")
    refused = requests.post(url, json=good | {"prompt": "x"}, headers=KEY, timeout=60)
    assert (refused.status_code, refused.json()["path"]) == (400, "/v2/generate/video/bytedance/generation")
    taken = requests.post(url, json=good, headers=KEY, timeout=60).json()
    assert (taken["status"], taken["id"].partition(":")[2]) == ("queued", MODEL)

    def done():
        told = requests.get(url, params={"generation_id": taken["id"]}, headers=KEY, timeout=60).json()
        return told if told["status"] == "completed" else None

    assert requests.get(until(done)["video"]["url"], timeout=60).headers["content-type"] == "video/mp4"
    assert requests.get(url, timeout=60).status_code == 401


@pytest.mark.parametrize("maker", ["google", "kling", "..", "bytedance/omnihuman"])
def test_older_route_when_the_maker_is_another_then_404(sandbox, good, maker):
    url = sandbox.at(API, f"v2/generate/video/{maker}/generation")
    assert requests.post(url, json=good, headers=KEY, timeout=60).status_code == 404


@pytest.mark.parametrize("host", ["https://media.sandbox.local", "http://127.0.0.1:1/media.sandbox.local"])
def test_audio_when_its_address_is_the_sandboxs_own_then_any_gateway_reads_it(sandbox, post, good, host):
    own = sandbox.at("media.sandbox.local", "")[:-1]
    assert post(good | {"audio_url": good["audio_url"].replace(own, host)}).status_code == 201


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500, 502, 503, 504])
def test_answer_when_rehearsed_then_it_is_the_providers_error_and_unpaid(sandbox, post, good, status):
    before = len(paid(sandbox))
    sandbox.rehearse(answer=status)
    answer = post(good)
    told = answer.json()
    assert (answer.status_code, told["statusCode"], set(told)) == (status, status, FIELDS)
    assert told["path"] == "/v2/video/generations"
    assert len(paid(sandbox)) == before


def test_hold_when_the_caller_gives_up_then_it_is_paid_all_the_same(sandbox, post, good):
    before = len(paid(sandbox))
    sandbox.rehearse(hold_seconds=30)
    with pytest.raises(requests.Timeout):
        post(good, timeout=2)
    until(lambda: len(paid(sandbox)) > before)  # on a slow machine after the caller has given up
    assert len(paid(sandbox)) == before + 1


@pytest.mark.parametrize("key", [None, "", "Bearer ", "Bearer invalid", "Basic a2V5", "key"])
@pytest.mark.parametrize(
    "path", ["v2/video/generations?generation_id=x", "v2/billing", "v1/billing/balance", "v1/key"]
)
def test_key_when_missing_or_wrong_then_401(sandbox, post, key, path):
    headers = {} if key is None else {"Authorization": key}
    for answer in (post({}, headers=headers), requests.get(sandbox.at(API, path), headers=headers, timeout=60)):
        assert (answer.status_code, set(answer.json())) == (401, FIELDS)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 1}, "seed"),
        ({"image_url": None}, "image_url"),
        ({"image_url": 7}, "image_url"),
        ({"image_url": "bm90IGFuIGltYWdl"}, "image_url"),
        ({"image_url": "http://example.com/i.png"}, "https://"),
        ({"audio_url": None}, "audio_url"),
        ({"audio_url": ""}, "audio_url"),
        ({"audio_url": ["https://example.com/a.mp3"]}, "audio_url"),
        ({"audio_url": "data:audio/wav;base64,UklGRg=="}, "must be the URL"),
        ({"audio_url": "UklGRg=="}, "must be the URL"),
        ({"audio_url": "http://example.com/a.mp3"}, "https://"),
        ({"audio_url": "https://example"}, "https://"),
        ({"audio_url": "https://media.sandbox.local/assets/none.wav"}, "no file"),
        ({"audio_url": "https://media.sandbox.local/assets/../tasks.sqlite"}, "no file"),
        ({"model": None}, "model"),
    ],
)
def test_parameter_when_bad_then_the_body_validation_error_says_which(sandbox, post, good, change, words):
    before = sandbox.ledger()
    answer = post(good | change)
    assert answer.status_code == 400
    assert answer.json()["message"].startswith("Body validation error")
    assert words in answer.json()["message"]
    after = sandbox.ledger()
    assert (len(after["refused"]), after["paid"]) == (len(before["refused"]) + 1, before["paid"])


def test_audio_when_it_is_no_sound_or_30_seconds_then_400(sandbox, post, good, portrait):
    for data, words in ((make_voice(30.0), "30 seconds"), (portrait, "not audio")):
        answer = post(good | {"audio_url": sandbox.host(data, "audio/wav")})
        assert answer.status_code == 400
        assert words in answer.json()["message"]


@pytest.mark.parametrize("model", ["bytedance/omnihuman/v9", "ByteDance/OmniHuman", "omnihuman"])
def test_model_when_not_named_exactly_then_404(post, good, model):
    assert post(good | {"model": model}).status_code == 404


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"null"])
def test_body_when_no_json_object_then_400(post, data):
    answer = post(None, json=None, data=data)
    assert (answer.status_code, set(answer.json())) == (400, FIELDS)


def test_number_when_unknown_cut_or_another_providers_then_404(sandbox, post, ask, good):
    task = post(good).json()["id"].partition(":")[0]
    other = sandbox.submit({"prompt": "x", "frames": 10}).json()["request_id"]
    for named in ("none", task, f"{task}:bytedance/humo", f"{other}:{MODEL}"):
        assert ask(named).status_code == 404
    assert ask(None).status_code == 400


def test_method_when_wrong_then_405_in_the_providers_shape(sandbox):
    answer = requests.delete(sandbox.at(API, "v2/video/generations"), headers=KEY, timeout=60)
    assert (answer.status_code, set(answer.json())) == (405, FIELDS)


def test_account_when_asked_then_the_three_routes_have_their_documented_shapes(sandbox):
    def get(path):
        return requests.get(sandbox.at(API, path), headers=KEY, timeout=60).json()

    left = get("v2/billing")["current_balance"]
    assert get("v2/billing") == {"current_balance": left, "currency": "USD"}
    assert get("v1/billing/balance")["balance"] == round(left * 2_000_000)
    assert get("v1/key")["data"]["scopes"] == ["model:video"]
