"""The shown programs run as they stand: against the real sandbox, in a folder with only the files they name."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.catalog import MODELS
from components.errors import InvalidRequest, NotFound
from components.media import video
from components.providers import PROVIDERS
from components.providers.program_text import Slot, as_python, as_shell, fill
from components.providers.programs import show_request
from components.settings import Settings
from tests.contract.providers import CASES, GOOD_KEY, SHORT_VOICE
from tests.voices import voice_of

PORTRAIT, VOICE = "0" * 32, "1" * 32
TYPES = {PORTRAIT: "image/jpeg", VOICE: "audio/wav"}
NASTY = "It's \"so\" `id` $HOME ${PATH} $(id) \\ \\n @BODY@ %s\n\t'ü' 🙂 \u202e\u2028 ' \"'\"'\" end"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("'\"\\$`@\n!%")))
KEYS = [name.upper() for kind in PROVIDERS.values() for name in kind.key_names]
HOSTS = "|".join(re.escape(host) for kind in PROVIDERS.values() for host in kind.hosts)
HISTORY = "api.spotprod.segmind.com/inference-request/request-history"


def shown(model: str, parameters: dict, **settings: object):
    return show_request(MODELS[model], parameters, TYPES.__getitem__, Settings(**settings))


def parameters(case) -> dict:
    """The smallest good request of a model, with files of the studio."""
    spec, given = MODELS[case.model], {"image": PORTRAIT, "audio": VOICE}
    return dict(case.parameters) | {name: given[spec.control(name).kind] for name in spec.files()}


@pytest.fixture
def folder(request, tmp_path, wide_jpg, voice_wav):
    """Where a reader has put the files: a voice as short as the test's model takes it."""
    shutil.copy(wide_jpg, tmp_path / "portrait.jpg")
    case = request.node.callspec.params.get("case") if hasattr(request.node, "callspec") else None
    voice_of(voice_wav, case.seconds(SHORT_VOICE) if case else SHORT_VOICE, tmp_path / "voice.wav")
    return tmp_path


@pytest.fixture
def run(folder, sandbox):
    """Runs a program as a reader does, with the sandbox in place of the provider, and without its pauses."""
    hosted = {"VOICE_URL": sandbox.host((folder / "voice.wav").read_bytes(), "audio/wav")}

    def run(program: str, *command: str, **variables: str) -> subprocess.CompletedProcess:
        known = {name: GOOD_KEY for name in KEYS if name in program}
        here = re.sub(rf"https://(?=(?:{HOSTS})\b)", f"{sandbox.url}/", program)
        (folder / "program").write_text(re.sub(r"\b(sleep[ (])\d+", r"\g<1>0.1", here), "utf-8")
        return subprocess.run(
            [*command, "program"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"} | known | hosted | variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(params=["python", "curl"])
def language(request):
    if request.param == "curl" and not shutil.which("curl"):
        pytest.skip("there is no curl on this machine")
    return request.param


def start(run, language, programs, **variables):
    if language == "python":
        return run(programs.python, sys.executable, **variables)
    return run(programs.curl, "sh", **variables)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_program_when_run_then_it_brings_a_video(case, language, run, folder, ledger):
    ended = start(run, language, shown(case.model, parameters(case)))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    (made,) = folder.glob("video*.mp4")
    assert video.probe(made).frames
    assert len(ledger.paid()) == 1


def test_program_when_the_direction_is_nasty_then_it_arrives_letter_by_letter(language, run, sandbox, ledger):
    small = {"prompt": NASTY, "negative_prompt": "", "video_length": 5, "width": 320, "height": 192}
    ended = start(run, language, shown("segmind/hunyuan-video", small))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    asked = sandbox.get(sandbox.at(*HISTORY.split("/", 1)) + f"/{ledger.paid()[0]['request_id']}").json()
    assert {name: asked["request_body"][name] for name in small} == small


def test_program_when_several_takes_are_asked_for_then_each_is_saved(language, run, folder):
    asked = {"referenceImages": PORTRAIT, "audio": VOICE, "numberResults": 2, "outputFormat": "WEBM"}
    ended = start(run, language, shown("runware/omnihuman-1", asked))
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert sorted(path.name for path in folder.glob("video*")) == ["video-1.webm", "video-2.webm"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_program_when_the_provider_refuses_then_it_says_why_and_saves_nothing(case, language, run, folder, ledger):
    ended = start(run, language, shown(case.model, parameters(case) | dict(case.refused)))
    assert ended.returncode != 0
    assert case.words in ended.stderr
    assert not list(folder.glob("video*"))
    assert ledger.paid() == []


def test_program_when_the_job_fails_then_it_ends(language, run, sandbox, folder):
    sandbox.rehearse(fail="the light went out")
    ended = start(run, language, shown("segmind/hunyuan-video", {"prompt": "x", "video_length": 5}))
    assert ended.returncode != 0
    assert "the light went out" in ended.stderr
    assert not list(folder.glob("video*"))


def test_program_when_a_file_is_not_there_then_nothing_is_sent(language, run, folder, ledger):
    (folder / "portrait.jpg").unlink()
    ended = start(run, language, shown("aimlapi/omnihuman", {"image_url": PORTRAIT, "audio_url": VOICE}))
    assert ended.returncode != 0
    assert ledger.paid() == []


def test_curl_when_a_variable_is_empty_then_nothing_is_sent(run, ledger):
    if not shutil.which("curl"):
        pytest.skip("there is no curl on this machine")
    asked = shown("aimlapi/omnihuman", {"image_url": PORTRAIT, "audio_url": VOICE})
    assert run(asked.curl, "sh", VOICE_URL="").returncode != 0
    assert ledger.paid() == []


def test_steps_when_files_and_addresses_are_needed_then_each_is_named():
    asked = shown("aimlapi/omnihuman", {"image_url": PORTRAIT, "audio_url": VOICE})
    assert (asked.key_names, asked.addresses, asked.files) == (
        ("AIMLAPI_API_KEY",),
        ("VOICE_URL",),
        ("portrait.jpg",),
    )
    assert all(name in asked.steps for name in ("AIMLAPI_API_KEY", "VOICE_URL", "portrait.jpg"))


@pytest.mark.parametrize(
    "address",
    [
        "https://bucket.example/voice.mp3?X-Amz-Signature=abc",
        "https://someone:secret@example.com/voice.mp3",
        "https://example.com/voice.mp3#secret",
        "https://example.com/voice mp3'; rm -rf x",
    ],
)
def test_address_when_it_may_hold_a_secret_then_it_is_a_variable(address):
    asked = shown("runware/omnihuman-1", {"referenceImages": PORTRAIT, "audio": address})
    assert address.split("/", 3)[3] not in asked.python + asked.curl
    assert asked.addresses == ("VOICE_URL",)


def test_address_when_it_is_plain_then_it_is_shown():
    address = "https://example.com/voices/hello.mp3"
    asked = shown("aimlapi/omnihuman", {"image_url": PORTRAIT, "audio_url": address})
    assert address in asked.python
    assert address in asked.curl
    assert asked.addresses == ()


@pytest.mark.parametrize(
    ("model", "name", "variable"),
    [
        ("runware/omnihuman-1", "webhookURL", "WEBHOOK_URL"),
        ("runware/omnihuman-1", "uploadEndpoint", "UPLOAD_ENDPOINT"),
        ("bhuman/personalized-video", "callback_url", "CALLBACK_URL"),
    ],
)
def test_address_when_the_provider_shall_call_it_then_it_is_a_variable(model, name, variable):
    case = next(case for case in CASES if case.model == model)
    asked = shown(model, parameters(case) | {name: "https://hooks.example/T0/secret"})
    assert "secret" not in (asked.python + asked.curl).replace("SECRET", "")
    assert asked.addresses == (variable,)


@pytest.mark.parametrize(
    ("source", "route", "other"),
    [("video_instance_id", "try_sample", "campaign"), ("campaign_id", "pipeline/campaign", "try_sample")],
)
def test_program_when_a_template_or_a_campaign_is_asked_for_then_it_goes_to_its_own_route(source, route, other):
    asked = shown("bhuman/personalized-video", {source: "0" * 32, "variables": ["name"], "names": [["Don"]]})
    for program in (asked.python, asked.curl):
        assert f"/{route}" in program
        assert f"/{other}" not in program


def test_name_when_the_settings_give_another_then_the_body_has_it():
    asked = shown("segmind/humo", {"prompt": "x", "audio": VOICE}, HUMO_INPUT_NAMES={"audio": "audio_url"})
    assert '"audio_url": upload("voice.wav", "audio/wav")' in asked.python
    assert '"audio_url": "\'"${audio:?}"\'"' in asked.curl


def test_request_when_it_lacks_what_is_needed_then_it_is_not_shown():
    with pytest.raises(InvalidRequest, match="Portrait"):
        shown("runware/omnihuman-1", {"audio": VOICE})


def test_file_when_it_is_gone_from_the_library_then_the_programs_are_shown_all_the_same():
    def gone(_: str) -> str:
        raise NotFound("gone", "")

    asked = show_request(MODELS["segmind/humo"], {"prompt": "x", "audio": VOICE}, gone, Settings())
    assert asked.files == ("voice.mp3",)


def test_python_when_values_are_written_then_they_are_read_back_the_same():
    value = {"words": NASTY, "on": True, "nothing": None, "rows": [["a", "b"], [1, 2.5]], "empty": []}
    assert eval(as_python(value)) == value


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_text_when_it_is_any_then_python_and_a_shell_read_it_back_the_same(text):
    assert eval(as_python({"a": [text]})) == {"a": [text]}
    assert json.loads(shlex.split(as_shell({"a": [text]}))[0]) == {"a": [text]}
    assert "\n" not in as_python(text)


def test_key_when_the_studio_has_one_then_it_is_in_no_program():
    asked = shown(
        "segmind/humo", {"prompt": "x", "audio": VOICE}, SEGMIND_API_KEY="SG_private", data_dir="/private"
    )
    assert "private" not in asked.python + asked.curl + asked.steps


def test_shell_when_a_value_holds_a_slots_name_then_only_the_slot_is_put_in():
    program = f"one=1; printf '%s' {as_shell({'a': Slot('', 'one'), 'b': '${one} one'})}"
    said = subprocess.run(["sh", "-c", program], capture_output=True, text=True, check=True).stdout
    assert said == '{\n    "a": "1",\n    "b": "${one} one"\n}'


def test_template_when_a_value_looks_like_a_place_then_it_is_left_alone():
    assert fill("@A@ @B@", {"A": "@B@", "B": "2"}) == "@B@ 2\n"
