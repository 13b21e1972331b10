"""Every documented error of every provider, through the studio: the words, the state, the money, nothing lost.

The codes are those of the providers' own error pages (sources: the heads of components/providers/*/errors.py);
the sandbox answers each with the provider's own shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from components.errors import ErrorInfo
from components.library.generations import Generations
from components.providers import PROVIDERS
from components.providers.bhuman.errors import BHUMAN
from components.providers.http import Answer
from components.providers.segmind.errors import SEGMIND, of_job
from components.sandbox.inputs import OWN_HOST
from components.settings import Settings
from components.studio import Studio, open_studio
from components.ui.settings.rehearsal import ACTS
from tests.conftest import as_live, every_key
from tests.contract.providers import CASES, SHORT_VOICE, Case
from tests.providers.promises import PROMISES
from tests.voices import voice_of

SECRET = "SG_0123456789abcdef"
KEYS = every_key(SECRET)
RAW = re.compile(r"[{}\[\]<>\\\n]|https?:|statusCode|requestId|taskUUID|traceback", re.IGNORECASE)


def _needs(case: Case) -> tuple[int, float]:
    return len(case.spec.files()), case.seconds(SHORT_VOICE)


DOORS = {
    f"{name} by {way}" if way else name: min(
        (case for case in CASES if (case.provider, case.way) == (name, way)),
        key=lambda case: (*_needs(case), case.model),
    )
    for name, way in sorted({(case.provider, case.way) for case in CASES}, key=str)
}
"""The models that stand for each provider and way to ask it: those of the fewest files and the shortest voice."""
ROWS = [pytest.param(door, row, id=f"{door}-{row}") for door, case in DOORS.items() for row in case.promises.rows]
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
    given = Settings(data_dir=tmp_path_factory.mktemp("matrix") / "data", poll_seconds=0.05)
    with open_studio(given.model_copy(update=as_live(session_sandbox.url) | KEYS)) as running:
        yield running


@pytest.fixture
def studio(module_studio, sandbox, quick_tries) -> Studio:
    return module_studio


@pytest.fixture
def submit(studio, sandbox, voice_wav, wide_jpg, tmp_path):
    """Submits the smallest request at one of the doors."""

    def submit(door: str):
        case = DOORS[door]
        given = dict(case.parameters)
        short_wav = voice_of(voice_wav, case.seconds(SHORT_VOICE), tmp_path / "short.wav")
        for name in case.spec.address_only:
            hosted = sandbox.host(short_wav.read_bytes(), "audio/wav")
            given[name] = f"https://{OWN_HOST}{urlsplit(hosted).path.removeprefix(f'/{OWN_HOST}')}"
        kinds = {"image": wide_jpg, "audio": short_wav}
        for name in set(case.spec.files()) - given.keys():
            given[name] = studio.add_asset(kinds[case.spec.control(name).kind]).id
        return studio.submit(case.model, given)

    return submit


@pytest.fixture
def waited(monkeypatch):
    """What generations said while they waited for their next try, by id: that moment passes quickly here."""
    said: dict[str, ErrorInfo | None] = {}
    count_try = Generations.count_try

    def noting(self, generation_id, error, wait):
        counted = count_try(self, generation_id, error, wait)
        said[generation_id] = self.get(generation_id).error
        return counted

    monkeypatch.setattr(Generations, "count_try", noting)
    return said


@pytest.fixture
def end(studio, waited):
    """Waits for a generation's end; gives it, and the words that it had while it waited or at its end."""

    def end(job):
        ended = studio.wait(job.id, 60)
        return ended, waited.get(job.id, ended.error)

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


@pytest.mark.parametrize(("door", "row"), ROWS)
def test_submission_when_answered_with_a_documented_error_then_told_charged_once_at_most_and_kept(
    door, row, studio, sandbox, ledger, submit, end
):
    sandbox.rehearse(answer=row.status, times=row.times)
    job = submit(door)
    ended, said = end(job)
    assert (ended.state, said.code if said else "") == (row.state, row.code), row.why
    assert said is None or fit_to_be_shown(DOORS[door].provider, said)
    assert (ended.error is None) == (row.state == "done")
    assert ledger.refused() == [row.status] * row.times
    assert len(ledger.paid()) == (row.state == "done")
    assert kept(studio, job)


def test_promises_when_listed_then_the_client_claims_no_more_than_the_documents_say():
    assert {name for name, promises in PROMISES.items() if promises.rows} == PROVIDERS.keys()
    for name, promises in PROMISES.items():
        assert PROVIDERS[name].refusals.failures_free == promises.failures_free


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"slow"}))
@pytest.mark.parametrize("door", DOORS)
def test_act_when_rehearsed_then_it_means_the_same_for_every_provider(
    door, act, studio, sandbox, ledger, submit, end
):
    provider = DOORS[door].provider
    server = ("failed", "server_failed") if PROMISES[provider].failures_free else ("uncertain", "outcome_unknown")
    state, code, made = (ACTED | {"server": (*server, 0)})[act]
    sandbox.rehearse(**ACTS[act][1])
    job = submit(door)
    ended, said = end(job)
    assert (ended.state, said.code) == (state, code)
    assert fit_to_be_shown(provider, said)
    assert len(ledger.paid()) == made
    assert kept(studio, job)
    if act == "credits":
        assert PROVIDERS[provider].billing in said.hint


@pytest.mark.parametrize("door", DOORS)
def test_slow_act_when_rehearsed_then_it_is_made_all_the_same(door, studio, sandbox, ledger, submit):
    sandbox.rehearse(**ACTS["slow"][1] | {"slow_seconds": 0.2})
    job = studio.wait(submit(door).id, 60)
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
