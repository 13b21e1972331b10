"""The log: one line an event, plain or JSON, with the generation it is about and nothing that is secret."""

from __future__ import annotations

import errno
import io
import json
import logging
from collections.abc import Callable, Iterator

import pytest
import sqlalchemy as sa

from components.library.database import migrate, open_database, sqlite_url
from components.library.tables import generation
from components.logs import OneLine, about
from components.version import VERSION
from tests.engine.test_secrets import KEY, run
from tests.studio_server import start_studio

SECRET_LINK = "https://files.example/a.mp4?sig=5igned"


@pytest.fixture(params=["plain", "json"])
def lines(request: pytest.FixtureRequest) -> Iterator[Callable[[], list[str]]]:
    """What has been logged so far, as it is written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(OneLine(request.param))
    ours = logging.getLogger("components")
    before = ours.level
    ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    yield lambda: written.getvalue().splitlines()
    ours.removeHandler(handler)
    ours.setLevel(before)


@pytest.fixture
def log() -> logging.Logger:
    return logging.getLogger("components.test")


def test_event_when_about_a_generation_then_its_line_says_so_once(lines, log):
    with about("g1"):
        log.info("is running")
        log.info("generation g1: trouble")
    log.info("elsewhere")
    first, second, other = lines()
    assert [line.count("g1") for line in (first, other)] == [1, 0]
    assert "g1" in second


def test_event_when_it_holds_a_link_and_line_ends_then_neither_is_in_its_one_line(lines, log):
    log.warning("fetched %s\nERROR forged \x1b[2J", SECRET_LINK)
    (line,) = lines()
    assert "(link)" in line
    assert "\x1b" not in line
    assert "5igned" not in line


def test_failure_when_logged_then_kinds_and_places_are_told_and_no_words(lines, log):
    try:
        try:
            raise ValueError("a secret wish")
        except ValueError as first:
            raise OSError(errno.ENOSPC, "No space left on device", "/data/media/x") from first
    except OSError:
        log.exception("keeping it")
    (line,) = lines()
    assert all(told in line for told in ("OSError (No space left on device)", "ValueError", "tests/test_logs.py:"))
    assert "secret wish" not in line
    assert "/data/media" not in line


def test_failure_when_it_is_the_databases_then_its_reason_is_told_and_no_prompt(lines, log, tmp_path):
    database = open_database(sqlite_url(tmp_path / "studio.db"))
    migrate(database)
    row = {"id": "g1", "owner": "local", "model": "m", "parameters": {"prompt": "a secret wish"}, "sandbox": True}
    with pytest.raises(sa.exc.IntegrityError) as refused, database.begin() as connection:
        connection.execute(sa.insert(generation).values(**row))
    log.error("keeping a new generation", exc_info=refused.value)
    database.dispose()
    (line,) = lines()
    assert "NOT NULL constraint failed: generation.state" in line
    assert "secret wish" not in f"{line} {refused.value}"


def test_lines_when_generations_have_run_then_each_names_its_own_and_none_holds_a_secret(
    lines, live, sandbox, voice_wav, portrait_jpg
):
    run(live.model_copy(update={"segmind_api_key": KEY}), sandbox, voice_wav, portrait_jpg)
    sent = [line for line in lines() if "POST api.segmind.com/v2/bytedance-humo" in line]
    ended = [line for line in lines() if any(f"is {end}" in line for end in ("done", "failed", "uncertain"))]
    assert len(sent) == len(ended) == 4
    assert all("generation" in line for line in sent + ended)
    text = "\n".join(lines())
    assert [secret for secret in (KEY, "://", "sig=", "data:") if secret in text] == []


def test_line_when_json_then_a_program_reads_its_parts(log):
    record = log.makeRecord(log.name, logging.INFO, __file__, 1, "is %s", ("done",), None)
    with about("g1"):
        told = json.loads(OneLine("json").format(record))
    assert {name: told[name] for name in ("level", "logger", "event", "generation")} == {
        "level": "info",
        "logger": "components.test",
        "event": "is done",
        "generation": "g1",
    }


def test_server_when_its_log_is_json_then_a_program_reads_its_events(settings):
    with start_studio(settings, STUDIO_LOG="json") as server:
        server.terminate()
        events = [json.loads(line)["event"] for line in server.words().splitlines() if line.startswith("{")]
    assert events == [f"the studio is open, version {VERSION}", "the studio closes"]
