"""Every provider's client keeps the same promises; spoken to here is the real sandbox, over HTTP."""

from __future__ import annotations

import json
import uuid

import pytest

from components.catalog.check import validate
from components.errors import KeyRefused, NotStarted, RecordMissing, RequestRefused
from components.fetch import open_url
from components.media import video
from components.providers import PROVIDERS
from components.providers.base import Done, Failed, InputFile, Started
from tests.contract.providers import BAD_KEY, CASES, GOOD_KEY, SHORT_VOICE, chosen, client
from tests.receiver import start_receiver
from tests.sandbox_server import until
from tests.voices import voice_of

CALLING = [case for case in CASES if PROVIDERS[case.provider].webhook]
BLOCKING = [case for case in CASES if case.provider == "segmind"]
REFERENCE = uuid.uuid4().hex


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request):
    return request.param


@pytest.fixture
def provider(case, sandbox):
    return client(case, sandbox.url)


@pytest.fixture
def files(case, voice_wav, wide_jpg, sandbox, tmp_path):
    voice = voice_of(voice_wav, case.seconds(SHORT_VOICE), tmp_path / "voice.wav")

    def hosted(path, media_type):
        data = path.read_bytes()
        return InputFile(data, media_type, lambda: sandbox.host(data, media_type))

    return {"audio": hosted(voice, "audio/wav"), "image": hosted(wide_jpg, "image/jpeg")}


@pytest.fixture
def start(provider, case, files):
    """Prepares and sends a request."""

    def start(parameters=None, by=provider, webhook=""):
        body = by.prepare(
            case.spec,
            dict(case.parameters if parameters is None else parameters),
            chosen(case, files),
            uuid.uuid4().hex,
        )
        return by.start(by.with_webhook(body, webhook) if webhook else body)

    return start


def ended(provider, operation):
    """Asks until there is an end."""

    def look():
        found = provider.check(operation)
        return found if isinstance(found, Done | Failed) else None

    return until(look)


def test_suite_when_compared_with_the_providers_then_each_has_a_case():
    assert {case.provider for case in CASES} == PROVIDERS.keys()
    assert {case.way for case in CASES if case.provider == "bhuman"} == {"template", "campaign"}


def test_smallest_request_when_made_of_a_spec_then_it_is_a_good_one(case):
    validate(case.spec, {**case.parameters, **dict.fromkeys(case.spec.files(), "https://example.com/file")})


def test_account_when_the_key_is_good_then_there_is_a_balance_where_it_is_told(case, provider):
    balance = provider.account().balance
    assert balance >= 0 if case.promises.tells_balance else balance is None


def test_account_when_the_key_is_bad_then_it_says_so(case, sandbox):
    with pytest.raises(KeyRefused, match="API key"):
        client(case, sandbox.url, BAD_KEY).account()


def test_start_when_the_key_is_bad_then_nothing_is_started(case, sandbox, start, ledger):
    with pytest.raises(KeyRefused):
        start(by=client(case, sandbox.url, BAD_KEY))
    assert ledger.paid() == []


def test_generation_when_sent_then_it_ends_with_a_playable_video(provider, start, sandbox, ledger, tmp_path):
    started = start()
    assert isinstance(started, Started)
    done = ended(provider, started.operation)
    assert isinstance(done, Done)
    [result] = done.results
    target = tmp_path / "a.mp4"
    with open_url(result.url, gateway=sandbox.url) as chunks:
        target.write_bytes(b"".join(chunks))
    assert video.probe(target).frames > 0
    assert len(ledger.paid()) == 1


def test_operation_when_kept_then_it_is_json_and_holds_neither_address_nor_key(case, sandbox, start):
    operation = start().operation
    kept = json.dumps(operation)
    assert "://" not in kept
    assert GOOD_KEY not in kept
    assert isinstance(ended(client(case, sandbox.url), json.loads(kept)), Done)


def test_body_when_shown_then_it_hides_its_contents(provider, case, files):
    body = provider.prepare(case.spec, dict(case.parameters), chosen(case, files), REFERENCE)
    assert "http" not in repr(body)
    assert "base64" not in repr(files)


def test_body_when_an_address_to_call_is_put_in_then_it_is_hidden_and_told_only_where_calls_are_made(
    provider, case, files
):
    body = provider.prepare(case.spec, dict(case.parameters), chosen(case, files), REFERENCE)
    told = provider.with_webhook(body, "https://studio.example/secret")
    assert told.calls_back == (case in CALLING)
    assert ("studio.example" in json.dumps(told.json)) == (case in CALLING)
    assert "studio.example" not in repr(told) + json.dumps(body.json)


@pytest.mark.parametrize("case", CALLING, ids=lambda case: case.name, indirect=True)
@pytest.mark.parametrize("fail", ["", "the face is hidden"], ids=["done", "failed"])
def test_provider_when_given_an_address_then_it_calls_once_it_is_over(case, provider, start, sandbox, fail):
    sandbox.rehearse(fail=fail)
    with start_receiver() as receiver:
        operation = start(webhook=receiver.at("/webhooks/a/b")).operation
        [call] = until(lambda: receiver.heard)
        assert isinstance(provider.check(operation), Failed if fail else Done)
    assert (call.method, call.path) == ("POST", "/webhooks/a/b")
    assert "://" not in json.dumps(operation)


def test_start_when_a_value_is_refused_then_the_words_name_it_and_nothing_is_started(case, start, ledger):
    with pytest.raises(RequestRefused, match=case.words):
        start(case.refused)
    assert ledger.paid() == []


def test_start_when_there_are_no_credits_then_nothing_is_started(case, start, sandbox, ledger):
    sandbox.rehearse(answer=case.promises.no_credits)
    with pytest.raises(NotStarted, match="credits"):
        start()
    assert ledger.paid() == []


def test_check_when_the_job_failed_then_it_is_told_and_not_raised(case, provider, start, sandbox):
    sandbox.rehearse(fail="the face is hidden")
    failed = ended(provider, start().operation)
    assert isinstance(failed, Failed)
    assert ("the face is hidden" in failed.error.message) == case.promises.tells_why
    assert failed.error.message


def test_check_when_the_provider_does_not_know_it_then_the_record_is_missing(provider, start):
    unknown = {
        name: [str(uuid.uuid4())] if isinstance(value, list) else "0" * 8
        for name, value in start().operation.items()
    }
    with pytest.raises(RecordMissing):
        provider.check(unknown)


@pytest.mark.parametrize("case", BLOCKING, ids=lambda case: case.name, indirect=True)
def test_blocking_answer_when_that_api_is_chosen_then_the_video_comes_at_once(case, sandbox, start, tmp_path):
    done = start(by=client(case, sandbox.url, segmind_api="v1"))
    target = tmp_path / "a.mp4"
    target.write_bytes(done.results[0].content)
    assert video.probe(target).frames > 0
    spec = case.spec
    assert (done.cost is None) == (spec.price.usd is None and spec.price.usd_per_second is None)
