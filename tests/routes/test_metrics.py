"""The figures: who may read them, what they count, and that nothing secret is among them."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa

from components.errors import ErrorInfo, RateLimited
from components.library.tables import generation
from components.media.gate.limits import SOUND
from components.media.gate.worker import Task, Worker
from components.routes.metrics import may_read
from components.settings import Settings
from components.studio import open_studio
from components.studio import studio as module
from tests.media import childish
from tests.ui.rows import add_generation

TOKEN = "t0ken-of-the-scraper"
BEARER = f"Bearer {TOKEN}"


@pytest.fixture
def opened(monkeypatch, settings):
    monkeypatch.setattr(module, "_open", [])
    with open_studio(
        settings.model_copy(update={"metrics_token": Settings(metrics_token=TOKEN).metrics_token})
    ) as it:
        yield it


@pytest.fixture
def figures(ask):
    """The lines by their whole name with labels; the values as written."""

    def figures() -> dict[str, str]:
        got = ask("/metrics")
        assert got.status == 200
        assert got.headers["content-type"].startswith("text/plain")
        lines = [line for line in got.content.decode().splitlines() if not line.startswith("#")]
        return dict(line.rsplit(" ", 1) for line in lines)

    return figures


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Authorization": "Bearer wrong"}, 200),
        ({"X-Forwarded-For": "127.0.0.1"}, 404),
        ({"Forwarded": "for=127.0.0.1"}, 404),
        ({"Via": "1.1 proxy"}, 404),
        ({"X-Real-IP": "127.0.0.1"}, 404),
        ({"Host": "studio.example"}, 404),
        ({"Host": "studio.example", "Authorization": BEARER}, 200),
        ({"X-Forwarded-For": "6.6.6.6", "Authorization": BEARER}, 200),
        ({"X-Forwarded-For": "6.6.6.6", "Authorization": f"{BEARER}x"}, 404),
        ({"X-Forwarded-For": "6.6.6.6", "Authorization": TOKEN}, 404),
        ({"X-Forwarded-For": "6.6.6.6", "Authorization": "Bearer "}, 404),
    ],
)
def test_metrics_when_asked_then_only_the_token_or_this_machine_itself_reads_them(ask, opened, headers, status):
    got = ask("/metrics", **headers)
    assert got.status == status
    if status == 404:
        assert got.content == ask("/files/none").content


class Asked:
    """A request as `may_read` looks at it."""

    def __init__(self, peer: str, **headers: str) -> None:
        self.client = type("Peer", (), {"host": peer})
        self.headers = {"host": "127.0.0.1:8501"} | headers


@pytest.mark.parametrize(
    ("asked", "how", "may"),
    [
        (Asked("127.0.0.1"), {}, True),
        (Asked("::1", host="localhost:8501"), {}, True),
        (Asked("10.0.0.7"), {}, False),
        (Asked("10.0.0.7", authorization=BEARER), {}, False),
        (Asked("10.0.0.7", authorization=BEARER), {"metrics_token": TOKEN}, True),
        (Asked("10.0.0.7", authorization="Bearer "), {"metrics_token": ""}, False),
        (Asked("127.0.0.1"), {"public_url": "https://studio.example"}, False),
        (Asked("127.0.0.1"), {"proxy_secret": "p" * 32, "admins": ("ann@team.test",)}, False),
    ],
)
def test_metrics_when_asked_from_there_then_may_be_read_or_not(asked, how, may):
    assert may_read(asked, Settings(**how)) is may


def test_metrics_when_there_is_no_studio_then_404(ask, monkeypatch):
    monkeypatch.setattr(module, "_open", [])
    assert ask("/metrics").status == 404


def test_figures_when_read_then_they_count_what_the_rows_say(opened, figures):
    database = opened._engine.database
    made = [add_generation(database, state, prompt="a secret wish") for state in ("done", "done", "queued")]
    with database.begin() as connection:
        for one, (seconds, cost) in zip(made, ((8, 250_000), (90, None)), strict=False):
            values = {"submitted_at": one.finished_at - seconds, "cost_micros": cost, "sandbox": False}
            connection.execute(sa.update(generation).where(generation.c.id == one.id).values(**values))
    found = figures()
    its = 'model="segmind/humo",provider="segmind"'
    assert found[f'studio_generations{{{its},side="live",state="done"}}'] == "2.0"
    assert found[f'studio_generations{{{its},side="sandbox",state="queued"}}'] == "1.0"
    assert found["studio_queue_depth"] == "1.0"
    within = {
        le: found[f'studio_done_seconds_bucket{{le="{le}",{its},side="live"}}'] for le in ("5.0", "10.0", "+Inf")
    }
    assert within == {"5.0": "0.0", "10.0": "1.0", "+Inf": "2.0"}
    assert float(found[f'studio_done_seconds_sum{{{its},side="live"}}']) == pytest.approx(98)
    assert found[f"studio_dollars_total{{{its}}}"] == "0.25"
    assert found["studio_sends_out"] == found["studio_push_clients"] == "0.0"
    assert not re.search("secret|://", str(found))


def test_figures_when_a_provider_errs_or_a_child_is_lost_then_one_more_is_counted(opened, figures):
    kind = 'studio_provider_errors_total{kind="rate_limited",model="segmind/humo",provider="segmind"}'
    before = figures()
    waiting = add_generation(opened._engine.database, "queued")
    opened.generations._rows.count_try(waiting.id, ErrorInfo(code=RateLimited.code, message="Busy."), 9)
    worker = Worker()
    with pytest.raises(SOUND.refusal):
        worker.ask(Task(childish.kill, (), SOUND))
    after = figures()
    assert float(after[kind]) == float(before.get(kind, 0)) + 1
    lost = "studio_media_children_killed_total"
    assert float(after[lost]) == float(before[lost]) + 1
