from __future__ import annotations

import pytest

from components.errors import InvalidFile
from components.library.generations import Generations
from components.library.settings_tag import read_tag, settings_tag


@pytest.fixture
def tag(library, add_generation):
    def tag(model="segmind/humo", **parameters):
        add_generation("g1", model=model, parameters=parameters)
        return settings_tag(Generations(library, "local").get("g1"))

    return tag


def test_tag_when_read_back_then_the_same_settings(tag):
    given = {"prompt": "A person", "frames": 49, "scale_a": 5.5, "mode": "TIA", "audio": "0" * 32}
    found = read_tag(tag(**given))
    assert (found.model, found.parameters) == ("segmind/humo", given)


def test_tag_when_made_then_no_address_and_no_person_is_in_it(tag):
    made = tag(
        model="bhuman/personalized-video",
        video_instance_id="i",
        variables=["name"],
        names=[["Ann"], ["Bob"]],
        callback_url="https://me.example/hook?secret=1",
        other="HTTPS://x",
    )
    assert made["parameters"] == {"video_instance_id": "i"}
    assert "Ann" not in str(made)


@pytest.mark.parametrize(
    "found",
    [
        None,
        {},
        {"program": "other", "model": "segmind/humo", "parameters": {}},
        {"program": "Screentest", "model": "segmind/humo", "parameters": []},
        {"program": "Screentest", "model": "no/such", "parameters": {}},
        {"program": "Screentest", "model": ["x"], "parameters": {}},
    ],
)
def test_read_tag_when_it_is_not_ours_then_a_sentence(found):
    with pytest.raises(InvalidFile):
        read_tag(found)


def test_read_tag_when_it_has_unknown_names_then_they_are_left_out(tag):
    made = tag(prompt="x")
    made["parameters"]["__class__"] = "y"
    assert read_tag(made).parameters == {"prompt": "x"}


def test_read_tag_when_it_says_where_results_go_then_that_is_left_out(tag):
    made = tag(model="runware/omnihuman-1", outputQuality=90)
    made["parameters"] |= {"webhookURL": "HTTPS://evil.example/x", "uploadEndpoint": "https://evil.example/y"}
    assert read_tag(made).parameters == {"outputQuality": 90}
