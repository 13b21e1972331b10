"""Every documented error of every provider, through the studio: the words, the state, the money, nothing lost.

The codes are those of the providers' own error pages (sources: the heads of components/providers/*/errors.py);
the sandbox answers each with the provider's own shape.
"""

from __future__ import annotations

import json
import re
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from components.catalog import MODELS
from components.errors import ErrorInfo
from components.providers import PROVIDERS
from components.providers.bhuman.errors import BHUMAN
from components.providers.http import Answer
from components.providers.segmind.errors import SEGMIND, of_job
from components.sandbox.inputs import OWN_HOST
from components.settings import Settings
from components.studio import Studio, open_studio
from components.ui.settings.rehearsal import ACTS
from tests.contract.providers import CASES
from tests.sandbox_server import until

SECRET = "SG_0123456789abcdef"
KEYS = {name: f"{SECRET}{name}" for kind in PROVIDERS.values() for name in kind.key_names}
RAW = re.compile(r"[{}\[\]<>\\\n]|https?:|statusCode|requestId|taskUUID|traceback", re.IGNORECASE)
SHORT = 0.1
"""Seconds between tries, in place of the wait that engine and provider wish for."""
DOOR = {case.provider: case for case in CASES}
"""The model that stands for each provider: its last in the list, the quickest to draw."""


@dataclass(frozen=True)
class Row:
    """What one answer to a submission comes to."""

    provider: str
    status: int
    state: str
    code: str
    why: str
    times: int = 1
    """How many submissions are answered so."""

    def __str__(self) -> str:
        return f"{self.provider}-{self.status}" + (f"-x{self.times}" if self.times > 1 else "")


REFUSED = "the answer says that nothing was started"
UNBILLED = "it started and failed; the provider documents that failures are free"
NOBODY_KNOWS = "behind it the job may run: never sent again by itself"
FREE_AGAIN = "proof that nothing was started, so the studio sends again by itself, and is taken"
ON_V1 = "v2 does not have the model, which starts nothing; v1 takes it"
NOWHERE = "neither v2 nor v1 has the model"

MATRIX = [
    Row("segmind", 400, "failed", "request_refused", REFUSED),
    Row("segmind", 401, "failed", "key_refused", REFUSED),
    Row("segmind", 403, "failed", "access_denied", REFUSED),
    Row("segmind", 404, "done", "", ON_V1),
    Row("segmind", 404, "failed", "model_unavailable", NOWHERE, times=2),
    Row("segmind", 405, "done", "", ON_V1),
    Row("segmind", 405, "failed", "model_unavailable", NOWHERE, times=2),
    Row("segmind", 406, "failed", "out_of_credits", REFUSED),
    Row("segmind", 410, "done", "", ON_V1),
    Row("segmind", 410, "failed", "model_unavailable", NOWHERE, times=2),
    Row("segmind", 422, "failed", "request_refused", REFUSED),
    Row("segmind", 429, "done", "rate_limited", FREE_AGAIN),
    Row("segmind", 500, "failed", "generation_failed", UNBILLED),
    Row("segmind", 502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("segmind", 504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("runware", 400, "failed", "request_refused", REFUSED),
    Row("runware", 401, "failed", "key_refused", REFUSED),
    Row("runware", 402, "failed", "out_of_credits", REFUSED),
    Row("runware", 403, "failed", "access_denied", REFUSED),
    Row("runware", 404, "failed", "model_unavailable", REFUSED),
    Row("runware", 429, "done", "rate_limited", FREE_AGAIN),
    Row("runware", 500, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("runware", 503, "done", "rate_limited", FREE_AGAIN),
    Row("runware", 504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("aimlapi", 400, "failed", "request_refused", REFUSED),
    Row("aimlapi", 401, "failed", "key_refused", REFUSED),
    Row("aimlapi", 403, "failed", "out_of_credits", REFUSED),
    Row("aimlapi", 404, "failed", "model_unavailable", REFUSED),
    Row("aimlapi", 429, "done", "rate_limited", FREE_AGAIN),
    Row("aimlapi", 500, "failed", "generation_failed", UNBILLED),
    Row("aimlapi", 502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("aimlapi", 503, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("aimlapi", 504, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("bhuman", 400, "failed", "request_refused", REFUSED),
    Row("bhuman", 401, "failed", "key_refused", REFUSED),
    Row("bhuman", 403, "failed", "access_denied", REFUSED),
    Row("bhuman", 404, "failed", "model_unavailable", REFUSED),
    Row("bhuman", 422, "failed", "request_refused", REFUSED),
    Row("bhuman", 500, "uncertain", "outcome_unknown", NOBODY_KNOWS),
    Row("bhuman", 502, "uncertain", "outcome_unknown", NOBODY_KNOWS),
]

FREE_FAILURES = ("segmind", "aimlapi")
"""Who documents that a failure of its server is never charged."""
ACTED = {
    # act: state, code, videos that the sandbox made
    "slow": ("done", "", 1),
    "fails": ("failed", "generation_failed", 1),
    "credits": ("failed", "out_of_credits", 0),
    "busy": ("done", "rate_limited", 1),
    "key": ("failed", "key_refused", 0),
    "lost": ("uncertain", "outcome_unknown", 0),
}


@pytest.fixture(scope="module")
def module_studio(session_sandbox, tmp_path_factory) -> Iterator[Studio]:
    """One studio with all keys, which takes the session's sandbox for the providers themselves."""
    given = Settings(data_dir=tmp_path_factory.mktemp("matrix") / "data", poll_seconds=0.05, **KEYS)
    live = {"gateway": session_sandbox.url, "sandbox": "never"}
    with open_studio(given.model_copy(update=live)) as running:
        yield running


@pytest.fixture
def studio(module_studio, sandbox, monkeypatch) -> Studio:
    monkeypatch.setattr("components.engine.submit.LONGEST_WAIT", SHORT)
    return module_studio


@pytest.fixture(scope="module")
def short_wav(voice_wav, tmp_path_factory) -> Path:
    """The first quarter of a second of the voice: quick to draw a mouth to."""
    path = tmp_path_factory.mktemp("short") / "short.wav"
    with wave.open(str(voice_wav)) as long, wave.open(str(path), "wb") as short:
        short.setparams(long.getparams())
        short.writeframes(long.readframes(long.getframerate() // 4))
    return path


@pytest.fixture
def submit(studio, sandbox, short_wav, portrait_jpg):
    """Submits a provider's smallest request."""

    def submit(provider: str):
        case = DOOR[provider]
        given = dict(case.parameters)
        if provider == "aimlapi":  # it takes a voice by address only
            hosted = sandbox.host(short_wav.read_bytes(), "audio/wav")
            given["audio_url"] = f"https://{OWN_HOST}{urlsplit(hosted).path.removeprefix(f'/{OWN_HOST}')}"
        kinds = {"image": portrait_jpg, "audio": short_wav}
        spec = MODELS[case.model]
        for name in set(spec.files()) - given.keys():
            given[name] = studio.add_asset(kinds[spec.control(name).kind]).id
        return studio.submit(case.model, given)

    return submit


@pytest.fixture
def end(studio):
    """Waits for a generation's end; gives it, and the words that it had while it waited or at its end."""

    def end(job):
        waiting = until(lambda: ((now := studio.generations.get(job.id)).ended or now.tries) and now, 30)
        return studio.wait(job.id, 60), waiting.error

    return end


def fit_to_be_shown(provider: str, said: ErrorInfo) -> bool:
    """Sentences, a next step, and nothing of the raw answer, of a key or of an address but the billing page's."""
    words = f"{said.message} {said.hint}".replace(PROVIDERS[provider].billing, "")
    assert said.message.strip().endswith((".", "!", "…"))
    assert said.hint.strip()
    assert PROVIDERS[provider].name.lower() in words.lower()
    assert not RAW.search(words)
    assert SECRET not in words
    assert len(words) < 400
    return True


def kept(studio, job) -> bool:
    """Whether it is in the list with all that the person gave, and its videos with it."""
    [found] = [one for one in studio.generations.recent(job.model, limit=100) if one.id == job.id]
    files = all(
        studio.files.open(studio.files.url(output.key).split("/")[2]).stat().st_size for output in found.outputs
    )
    return found.parameters == job.parameters and files and bool(found.outputs) == (found.state == "done")


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_submission_when_answered_with_a_documented_error_then_told_charged_once_at_most_and_kept(
    row, studio, sandbox, ledger, submit, end
):
    sandbox.rehearse(answer=row.status, times=row.times)
    job = submit(row.provider)
    ended, said = end(job)
    assert (ended.state, said.code if said else "") == (row.state, row.code), row.why
    assert said is None or fit_to_be_shown(row.provider, said)
    assert (ended.error is None) == (row.state == "done")
    assert ledger.refused() == [row.status] * row.times
    assert len(ledger.paid()) == (row.state == "done")
    assert kept(studio, job)


def test_matrix_when_compared_with_the_providers_then_each_is_in_it():
    assert {row.provider for row in MATRIX} == PROVIDERS.keys()


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"slow"}))
@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_act_when_rehearsed_then_it_means_the_same_for_every_provider(
    provider, act, studio, sandbox, ledger, submit, end
):
    server = ("failed", "generation_failed") if provider in FREE_FAILURES else ("uncertain", "outcome_unknown")
    state, code, made = (ACTED | {"server": (*server, 0)})[act]
    sandbox.rehearse(**ACTS[act][1])
    job = submit(provider)
    ended, said = end(job)
    assert (ended.state, said.code) == (state, code)
    assert fit_to_be_shown(provider, said)
    assert len(ledger.paid()) == made
    assert kept(studio, job)
    if act == "credits":
        assert PROVIDERS[provider].billing in said.hint


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_slow_act_when_rehearsed_then_it_is_made_all_the_same(provider, studio, sandbox, ledger, submit):
    sandbox.rehearse(**ACTS["slow"][1] | {"slow_seconds": 0.2})
    job = studio.wait(submit(provider).id, 60)
    assert (job.state, job.error, len(ledger.paid())) == ("done", None, 1)


@pytest.mark.parametrize("shape", ["{}", {"detail": [{"loc": ["body"], "msg": "{}"}]}, [{"msg": "{}"}]])
def test_job_error_when_it_is_no_text_then_its_words_are_found(shape):
    error = json.loads(json.dumps(shape).replace("{}", "No face"))
    said = SEGMIND.error(of_job(error)).info()
    assert "It says: No face." in said.message
    assert fit_to_be_shown("segmind", said)


def test_answer_when_it_is_json_cut_short_then_it_is_not_shown_raw():
    said = BHUMAN.refusal(Answer(400, {}, b'{"code": 400, "result": {"err')).info()
    assert fit_to_be_shown("bhuman", said)


def test_acts_when_listed_then_each_has_its_end_here():
    assert ACTS.keys() == ACTED.keys() | {"server"}
