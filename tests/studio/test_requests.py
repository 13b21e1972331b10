"""Requests through the studio's door: what is taken, what is refused, and what is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.errors import CannotCancel, DataDirInUse, InvalidRequest, NotFound, StillRunning
from components.media import video
from components.studio import open_studio
from tests.sandbox_server import until

HUMO = "segmind/humo"


def test_portrait_mode_when_run_then_the_output_is_kept_and_named(shared, submit, portrait_jpg, tmp_path):
    portrait = shared.add_asset(portrait_jpg)
    job = shared.wait(submit(shared, mode="TIA", image=portrait.id).id, timeout=60)
    [output] = job.outputs
    copied = shared.copy_output(output.id, tmp_path)
    assert video.probe(copied).frames == output.facts["frames"]
    assert shared.outputs.links(job, output).name == f"humo-{job.id[:8]}.mp4"
    assert shared.files.open(shared.files.url(output.key).split("/")[2]).read_bytes() == copied.read_bytes()
    with pytest.raises(CannotCancel, match="is done already"):
        shared.generations.cancel(job.id)


def test_wait_when_its_time_is_over_then_the_generation_goes_on_and_ends_well(shared, submit, sandbox):
    sandbox.rehearse(slow_seconds=3600)
    job = submit(shared)
    with pytest.raises(StillRunning, match="not ready yet"):
        shared.wait(job.id, timeout=0)
    assert [under_way.id for under_way in shared.generations.under_way()] == [job.id]
    until(lambda: shared.generations.get(job.id).state == "running")
    sandbox.hurry()
    assert shared.wait(job.id, timeout=60).state == "done"
    assert shared.generations.under_way() == []


BAD = {
    "frames": ({"frames": 9}, "must be between 10 and 100"),
    "unknown": ({"seed": 1}, "has no parameter called 'seed'"),
    "prompt": ({"prompt": " "}, "is missing"),
    "image": ({"mode": "TIA"}, "TIA needs a portrait"),
    "broken address": ({"audio": "https://[x"}, "cannot be read; copy it again"),
    "audio": ({"audio": "0" * 32}, "not in the library; add it again"),
    "address": ({"audio": "http://example.com/a.mp3"}, "not in the library"),
    "path": ({"audio": "../../studio.db"}, "not in the library"),
}


@pytest.mark.parametrize("case", BAD)
def test_submit_when_something_does_not_fit_then_nothing_is_stored_or_sent(shared, submit, ledger, case):
    changes, words = BAD[case]
    before = shared.generations.recent()
    with pytest.raises(InvalidRequest, match=words):
        submit(shared, **changes)
    assert shared.generations.recent() == before
    assert (ledger.paid(), ledger.refused()) == ([], [])


def test_submit_when_a_file_is_of_the_wrong_kind_then_the_sentence_names_it(shared, submit, portrait_jpg):
    portrait = shared.add_asset(portrait_jpg)
    with pytest.raises(InvalidRequest, match=r"Voice \(audio\) takes audio; portrait\.jpg is image"):
        submit(shared, audio=portrait.id)


def test_submit_when_the_model_is_unknown_then_the_sentence_names_the_known_ones(shared):
    with pytest.raises(NotFound, match=HUMO):
        shared.submit("segmind/nothing", {})


def test_submit_when_a_file_is_an_https_address_then_it_is_handed_on_as_it_is(shared, submit):
    address = "https://example.com/voice.mp3"
    job = submit(shared, audio=address)
    assert job.parameters["audio"] == address
    done = shared.wait(job.id, timeout=60)
    assert done.state == "done", "the sandbox fetches nothing from outside: another voice speaks"


@pytest.mark.parametrize("call", ["get", "cancel", "copy", "examine", "pack_batch"])
def test_id_when_unknown_then_not_found(shared, call, tmp_path):
    extra = (tmp_path,) if call == "copy" else ()
    subject = shared.generations if call in ("get", "cancel") else shared.outputs
    with pytest.raises(NotFound):
        getattr(subject, call)("nothing", *extra)


def test_asset_when_unknown_then_none(shared):
    assert shared.assets.find("nothing") is None


def test_data_folder_when_in_use_then_a_second_studio_says_so(shared):
    with pytest.raises(DataDirInUse, match="already running"), open_studio(shared.settings):
        pass


def test_data_folder_when_made_then_only_its_owner_can_read_it(shared):
    folder: Path = shared.settings.data_dir
    assert folder.stat().st_mode & 0o077 == 0
    assert (folder / "secret").stat().st_mode & 0o077 == 0
