"""What a provider's document shows as a list of one is taken by the studio as that list and as the bare value."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from components.catalog import MODELS
from components.errors import InvalidRequest
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.conftest import as_live, every_key
from tests.voices import voice_of

LISTS = [
    pytest.param(spec, name, id=f"{spec.id}-{name}")
    for spec in MODELS.values()
    for name in spec.files()
    if spec.wire(name).endswith("[]")
]


@pytest.fixture(scope="module")
def studio(session_sandbox, tmp_path_factory) -> Iterator[Studio]:
    """It has every key, and takes the session's sandbox for the providers."""
    given = Settings(data_dir=tmp_path_factory.mktemp("lists") / "data", poll_seconds=0.05)
    live = as_live(session_sandbox.url) | every_key("SG_0123456789abcdef")
    with open_studio(given.model_copy(update=live)) as running:
        yield running


@pytest.fixture
def files(studio, wide_jpg, voice_wav, tmp_path):
    """A file of the library for each file parameter of a model."""

    def files(spec) -> dict[str, str]:
        voice = voice_of(voice_wav, max(0.25, spec.voice.least_seconds), tmp_path / "short.wav")
        kinds = {"image": wide_jpg, "audio": voice}
        return {name: studio.add_asset(kinds[spec.control(name).kind]).id for name in spec.files()}

    return files


@pytest.mark.parametrize(("spec", "name"), LISTS)
def test_list_of_one_when_submitted_then_it_is_the_same_request_as_its_bare_value(studio, files, spec, name):
    given = files(spec)
    made = [studio.submit(spec.id, given | {name: value}) for value in (given[name], [given[name]])]
    assert [studio.wait(job.id, 60).state for job in made] == ["done", "done"]
    assert made[0].parameters == made[1].parameters
    assert made[0].parameters[name] == given[name]


@pytest.mark.parametrize(("spec", "name"), LISTS)
def test_list_when_it_has_several_or_holds_no_file_then_a_sentence_says_so(studio, files, spec, name):
    given = files(spec)
    for value, said in (([given[name]] * 2, "exactly one; you gave 2"), (["0" * 32], "not in the library")):
        with pytest.raises(InvalidRequest, match=said) as refused:
            studio.submit(spec.id, given | {name: value})
        assert list(refused.value.problems) == [name]


def test_lists_when_searched_then_the_catalog_has_some():
    assert LISTS
