"""What a script can do through the studio's door; the first test is the design's own example."""

from __future__ import annotations

import pytest

from components.engine.connections import Connections
from components.errors import NotConfigured
from components.library.database import migrate, open_database
from components.library.keys import Keys
from components.media import video
from components.settings import Settings
from components.studio import current, open_studio

HUMO = "segmind/humo"


def test_script_when_run_as_designed_without_a_key_then_a_playable_video_lies_where_it_was_copied(
    settings, voice_wav, tmp_path
):
    with open_studio(settings) as studio:
        voice = studio.add_asset(voice_wav)
        job = studio.submit(HUMO, {"prompt": "A woman speaks to camera", "audio": voice.id, "frames": 97})
        job = studio.wait(job.id, timeout=120)
        studio.copy_output(job.outputs[0].id, tmp_path / "hello.mp4")
        balance = studio.accounts.ask("segmind").balance
    assert (job.state, job.model, job.sandbox, job.error) == ("done", HUMO, True, None)
    facts = video.probe(tmp_path / "hello.mp4")
    assert (facts.width, facts.height, facts.frames) == (1280, 720, 97)
    assert balance >= 0


def test_sandbox_when_switched_off_without_a_key_then_a_sentence_says_what_to_set(settings, submit):
    with open_studio(settings.model_copy(update={"sandbox": "never"})) as studio:
        assert studio.accounts.side(HUMO) == "off"
        for call in (lambda: submit(studio), lambda: studio.accounts.ask("segmind")):
            with pytest.raises(NotConfigured, match="SEGMIND_API_KEY"):
                call()
        assert studio.generations.recent() == []


@pytest.mark.parametrize(
    ("sandbox", "key", "expected"),
    [
        ("auto", None, True),
        ("auto", " ", True),
        ("auto", "SG_1", False),
        ("always", None, True),
        ("always", "SG_1", True),
        ("never", "SG_1", False),
    ],
)
def test_side_when_settings_differ_then_a_key_and_the_switch_decide(sandbox, key, expected, tmp_path):
    settings, database = (
        Settings(sandbox=sandbox, segmind_api_key=key, data_dir=tmp_path),
        open_database("sqlite://"),
    )
    migrate(database)
    connections = Connections(settings, None, Keys(settings, database), None, None)
    assert connections.uses_sandbox("segmind") is expected


def test_current_when_a_studio_is_open_then_it_is_the_one_and_afterwards_there_is_none(settings):
    with open_studio(settings) as studio:
        assert current() is studio
    with pytest.raises(NotConfigured, match="make run"):
        current()


def test_runs_when_over_then_they_are_listed_newest_first_and_their_usual_time_is_known(studio, submit):
    assert studio.generations.usual(HUMO) is None
    ids = [submit(studio, frames=frames).id for frames in (10, 11)]
    for job in ids:
        studio.wait(job, timeout=60)
    assert [job.id for job in studio.generations.recent()] == ids[::-1]
    assert [job.id for job in studio.generations.recent(HUMO, limit=1, offset=1)] == ids[:1]
    assert studio.generations.recent("nobody/nothing") == []
    usual = studio.generations.usual(HUMO)
    assert usual.runs == 2
    assert 0 <= usual.low <= usual.high
