"""Providers that call when there is something to fetch: asked at once then, seldom before, for ever without."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from components.engine import collect as collecting
from components.engine import context
from components.engine.connections import Connections
from components.engine.turns import Turn, Turns
from components.library.links import Links
from components.sandbox.bhuman.stock import OWN
from components.settings import Settings
from components.studio import open_studio
from tests.routes_server import serve_routes
from tests.sandbox_server import until
from tests.studio_server import free_port

TABLE = {"video_instance_id": OWN[0]["id"], "variables": ["name"], "names": [["Don"], ["James"]]}
KEYS = {"bhuman_api_key_id": "id", "bhuman_api_key_secret": "secret", "runware_api_key": "key"}
CHECK = "generated_video_by_id"
SELDOM = 90.0
"""Seconds between two questions that no call leads to; a test is over in a third of that, or was never called."""


@pytest.fixture
def public():
    """An address at which the routes of the open studio answer."""
    with serve_routes() as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def called(settings, sandbox, public):
    """Has providers that can call, and hardly asks by itself."""
    at = {"gateway": sandbox.url, "sandbox": "never", "public_url": public, "poll_seconds": SELDOM}
    return settings.model_copy(update=at | KEYS)


@pytest.fixture
def takes(voice_wav, wide_jpg):
    """Submits two takes to Runware."""

    def takes(studio, **changes):
        files = {"referenceImages": studio.add_asset(wide_jpg).id, "audio": studio.add_asset(voice_wav).id}
        return studio.submit("runware/omnihuman-1", files | {"numberResults": 2} | changes)

    return takes


def test_table_when_bhuman_calls_then_it_is_home_though_nobody_would_have_asked_yet(called, sandbox):
    sandbox.rehearse(slow_seconds=1)
    with open_studio(called) as studio:
        done = studio.wait(studio.submit("bhuman/personalized-video", TABLE).id, SELDOM / 3)
    # The second row's call may come while what the first one led to is being saved.
    assert (done.state, len(done.outputs), done.webhook in ("heard", "called")) == ("done", 2, True)


def test_takes_when_runware_calls_for_each_then_all_are_home(called, sandbox, takes):
    sandbox.rehearse(slow_seconds=1)
    with open_studio(called) as studio:
        done = studio.wait(takes(studio).id, SELDOM / 3)
    assert (done.state, len(done.outputs)) == ("done", 2)


def test_failure_when_it_is_called_then_it_is_told(called, sandbox, takes):
    sandbox.rehearse(slow_seconds=1, fail="the face is hidden")
    with open_studio(called) as studio:
        failed = studio.wait(takes(studio, numberResults=1).id, SELDOM / 3)
    assert failed.state == "failed"
    assert "the face is hidden" in failed.error.message


def test_sandbox_when_the_public_address_is_this_machine_then_it_calls_too(called, takes):
    own = Settings(data_dir=called.data_dir, public_url=called.public_url, poll_seconds=SELDOM, sandbox="always")
    with open_studio(own) as studio:
        assert studio.wait(takes(studio).id, SELDOM / 3).state == "done"


def test_call_when_it_never_comes_then_the_video_does(called, takes, ledger):
    nobody = {"public_url": f"http://127.0.0.1:{free_port()}", "poll_seconds": 0.05}
    with open_studio(called.model_copy(update=nobody)) as studio:
        done = studio.wait(takes(studio).id, 60)
    assert (done.state, done.error, done.webhook) == ("done", None, "expected")
    assert len(ledger.paid()) == 1


def test_call_when_quicker_than_the_answer_to_the_submission_then_it_is_not_lost(called, meddler, sandbox):
    sandbox.rehearse(slow_seconds=600)
    gate = meddler.hold("try_sample")
    with open_studio(called.model_copy(update={"gateway": meddler.url})) as studio:
        job = studio.submit("bhuman/personalized-video", TABLE)
        until(lambda: studio.generations.get(job.id).state == "submitting")
        studio._engine.context.webhooks.came(job.id)
        gate.set()
        until(lambda: meddler.seen(CHECK) == 2 * len(TABLE["names"]), SELDOM / 3)
        assert studio.generations.get(job.id).webhook == "heard"


def test_person_when_they_gave_an_address_of_their_own_then_it_stays(called, sandbox, takes):
    with open_studio(called.model_copy(update={"poll_seconds": 0.05})) as studio:
        done = studio.wait(takes(studio, webhookURL="https://example.com/mine").id, 60)
    assert (done.state, done.webhook) == ("done", None)


def test_request_when_there_is_no_public_address_then_nobody_is_to_call(called, takes):
    with open_studio(called.model_copy(update={"poll_seconds": 0.05, "public_url": None})) as studio:
        assert studio.wait(takes(studio).id, 60).webhook is None


LOOPBACK, PUBLIC, PLAIN = "http://127.0.0.1:8501", "https://studio.example", "http://studio.example"
GATEWAY = "https://gateway.example"
SHARED = {"database_url": "postgresql+psycopg://nowhere/a"}
SECRET = {"shared_secret": SecretStr("s" * 32)}


@pytest.mark.parametrize(
    ("given", "sandbox", "named"),
    [
        ({}, False, False),
        ({"public_url": PUBLIC}, False, True),
        ({"public_url": PLAIN}, False, False),
        ({"public_url": LOOPBACK}, False, False),
        ({"public_url": PUBLIC, "gateway": GATEWAY}, False, True),
        ({"public_url": LOOPBACK, "gateway": GATEWAY}, False, False),
        ({"public_url": LOOPBACK, "gateway": "http://localhost:9000"}, False, True),
        ({"public_url": LOOPBACK}, True, True),
        ({"public_url": PUBLIC}, True, False),
        ({"public_url": PUBLIC} | SHARED, False, False),
        ({"public_url": PUBLIC} | SHARED | SECRET, False, True),
    ],
)
def test_address_when_the_other_side_could_not_call_it_then_none_is_named(tmp_path, given, sandbox, named):
    settings = Settings(data_dir=tmp_path, **given)
    beside = SimpleNamespace(url=lambda: "http://127.0.0.1:9000")
    connections = Connections(settings, beside, None, Links(settings), None)
    address = connections.webhook("runware", "0" * 32, sandbox=sandbox)
    assert bool(address) == named
    assert not address or address.startswith(f"{given['public_url']}/webhooks/runware/{'0' * 32}.")


@pytest.fixture
def pauses(monkeypatch):
    """The pauses of an asking that is answered so, then ended."""

    def pauses(*outcomes: str) -> list[float]:
        left, paused = [*outcomes, "ended"], []

        async def run(*_):
            return left.pop(0)

        async def pause(_, seconds, least=0.0):
            paused.append((seconds, least))

        monkeypatch.setattr("components.engine.turns.Turn.pause", pause)
        settings = Settings(public_url=None)
        stand_in = SimpleNamespace(settings=settings, asking=Turns(), ask=SimpleNamespace(run=run), answers={})
        asyncio.run(collecting.collect(stand_in, "a"))
        return paused

    return pauses


def test_pauses_when_a_call_is_expected_then_they_are_five_times_as_long_and_a_minute_at_most(pauses):
    usual = [seconds for seconds, _ in pauses(*["on"] * 8)]
    slow = [seconds for seconds, _ in pauses(*["call"] * 8)]
    assert usual[0] == 2.0
    assert slow == [min(5 * seconds, 60.0) for seconds in usual]


def test_pauses_when_a_call_has_come_then_they_are_the_usual_ones(pauses):
    usual = [seconds for seconds, _ in pauses(*["on"] * 4)]
    assert [seconds for seconds, _ in pauses("call", "call", "on", "on")][2:] == usual[2:]


def test_pauses_when_there_is_only_trouble_then_they_grow_to_five_minutes_and_begin_anew_after_it(pauses):
    *grown, _ = [seconds for seconds, _ in pauses(*["trouble"] * 20, "on")]
    assert grown[:2] == [3.0, 4.5]
    assert grown == sorted(grown)
    assert grown[-1] == 300.0
    assert pauses(*["trouble"] * 20, "on", "trouble")[-1][0] == 3.0


def test_pauses_when_the_provider_is_in_trouble_then_calls_do_not_make_it_be_asked_each_second(pauses):
    assert [least for _, least in pauses("trouble", "on")] == [10.0, 1.0]


@pytest.fixture
def ends():
    """Whether a pause of a minute ends after what was done to its turn; one that lasts is not waited for."""

    def ends(do, least: float) -> bool:
        async def over() -> bool:
            with Turns().turn("a") as turn:
                do(turn)
                pause = asyncio.ensure_future(turn.pause(60.0, least))
                for _ in range(100):
                    await asyncio.sleep(0)
                if least < 1 and turn._called.is_set():
                    await asyncio.wait_for(pause, 30)
                return pause.cancel() is False

        return asyncio.run(over())

    return ends


@pytest.mark.parametrize(("least", "ended"), [(0.0, True), (0.01, True), (30.0, False)])
def test_pause_when_a_call_came_then_it_ends_but_not_before_the_least(ends, least, ended):
    assert ends(Turn.call, least) == ended


def test_pause_when_nobody_calls_then_it_lasts(ends):
    assert not ends(lambda _: None, 0.0)


def test_calls_when_the_database_fails_then_the_watch_goes_on(monkeypatch, called, sandbox):
    sandbox.rehearse(slow_seconds=3600)
    monkeypatch.setattr("components.engine.calls.PERIOD", 0.05)
    with open_studio(called) as studio:
        rows, fails = context.current().webhooks, [True] * 3
        right = rows.pick_up
        monkeypatch.setattr(rows, "pick_up", lambda ids: 1 / 0 if fails and fails.pop() else right(ids))
        job = studio.submit("bhuman/personalized-video", TABLE)
        until(lambda: not fails)
        sandbox.hurry()
        assert studio.wait(job.id, SELDOM / 3).state == "done"
