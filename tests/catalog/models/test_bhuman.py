"""BHuman's request: a template or a campaign, columns and rows, refused in words that name row and column."""

from __future__ import annotations

import pytest

from components.catalog.check import validate
from components.catalog.models import bhuman
from components.errors import InvalidRequest

ID, CAMPAIGN = "7d859e18-dc89-446f-9718-9533bb178a75", "b3d2bfa8-fa75-49ed-9f8b-bb13452f49fd"
CAMPAIGN_PAGE = f"https://app.bhuman.ai/campaign/generatedVideos/{CAMPAIGN}"
GOOD = {
    "video_instance_id": ID,
    "variables": ["name", "company"],
    "names": [["Don", "Apple"], ["James", "Google"]],
}

ROWS = {name: GOOD[name] for name in ("variables", "names")}
QUICKSTART = {
    "campaign_id": CAMPAIGN,
    "variables": ["first_name", "company", "cta_url"],
    "names": [
        ["Alex", "ExampleCo", "https://example.com/start"],
        ["Jordan", "Sample Labs", "https://example.com/book"],
    ],
    "callback_url": "https://yourapp.com/bhuman/callback",
}
"""www.bhuman.ai/docs/api, "Campaign generation", its placeholder replaced by the id of the README's example."""


def refused(**changes) -> dict[str, str]:
    with pytest.raises(InvalidRequest) as caught:
        validate(bhuman.SPEC, GOOD | changes)
    return caught.value.problems


def test_request_when_the_documents_example_then_it_is_valid():
    request = validate(bhuman.SPEC, GOOD | {"callback_url": "https://xxx.yyy.zzz?a=1"})
    assert request.model_dump(exclude_none=True) == GOOD | {"callback_url": "https://xxx.yyy.zzz?a=1"}


@pytest.mark.parametrize(
    "pasted",
    [
        ID,
        ID.upper(),
        f"  {ID}\n",
        f"https://app.bhuman.ai/instance/{ID}",
        f"https://app.bhuman.ai/instance/{ID}/edit?a=b",
    ],
)
def test_template_when_pasted_as_id_or_address_then_the_id_is_found(pasted):
    assert bhuman.instance_id(pasted) == ID
    assert validate(bhuman.SPEC, GOOD | {"video_instance_id": pasted}).video_instance_id == ID


@pytest.mark.parametrize("pasted", ["", "hello", ID[:-1], "a" + ID, "https://app.bhuman.ai/instance/"])
def test_template_when_there_is_no_id_then_a_sentence_says_what_to_paste(pasted):
    assert bhuman.instance_id(pasted) is None
    assert "video_instance_id" in refused(video_instance_id=pasted)


def test_campaign_when_the_documents_example_then_it_is_valid_and_the_mode_is_sent():
    request = validate(bhuman.SPEC, QUICKSTART).model_dump(exclude_none=True)
    assert request == QUICKSTART | {"generation_mode": "keep_original"}


@pytest.mark.parametrize(
    "pasted",
    [
        CAMPAIGN,
        CAMPAIGN.upper(),
        CAMPAIGN_PAGE,
        f"see {CAMPAIGN_PAGE}?page=2",
        f"https://app.bhuman.ai/campaigns/{CAMPAIGN}/edit",
        f"https://app.bhuman.ai/{ID}/campaign/{CAMPAIGN}",
    ],
)
def test_campaign_when_pasted_as_id_or_address_then_the_id_is_found(pasted):
    assert bhuman.campaign_id(pasted) == CAMPAIGN
    assert validate(bhuman.SPEC, ROWS | {"campaign_id": pasted}).campaign_id == CAMPAIGN


def test_template_when_it_is_a_campaigns_address_then_it_is_used_as_the_campaign():
    assert bhuman.instance_id(CAMPAIGN_PAGE) is None
    request = validate(bhuman.SPEC, GOOD | {"video_instance_id": CAMPAIGN_PAGE})
    assert (request.video_instance_id, request.campaign_id) == (None, CAMPAIGN)
    assert request.generation_mode == "keep_original"


def test_campaign_when_it_is_a_templates_address_then_it_is_used_as_the_template():
    page = f"https://app.bhuman.ai/instance/{ID}"
    assert bhuman.campaign_id(page) is None
    request = validate(bhuman.SPEC, ROWS | {"campaign_id": page})
    assert (request.video_instance_id, request.campaign_id, request.generation_mode) == (ID, None, None)


@pytest.mark.parametrize("pasted", ["", "hello", CAMPAIGN[:-1], "https://app.bhuman.ai/campaign/generatedVideos/"])
def test_campaign_when_there_is_no_id_then_a_sentence_says_what_to_paste(pasted):
    assert bhuman.campaign_id(pasted) is None
    assert "…/campaign/generatedVideos/…" in refused(video_instance_id=None, campaign_id=pasted)["campaign_id"]


def test_request_when_neither_or_both_are_given_then_a_sentence_asks_for_one():
    assert refused(video_instance_id=None)["video_instance_id"].startswith("Choose a template or a campaign, or")
    assert "not both" in refused(campaign_id=CAMPAIGN)["campaign_id"]


@pytest.mark.parametrize(("name", "value"), [("generation_mode", "full_script"), ("enable_lipsync", False)])
def test_campaigns_own_controls_when_with_a_template_then_a_sentence_says_so(name, value):
    assert refused(**{name: value}) == {name: f"Only a campaign takes {name}; leave it out with a template."}
    request = validate(bhuman.SPEC, QUICKSTART | {name: value})
    assert getattr(request, name) == value


def test_mode_when_it_is_another_word_then_both_modes_are_named():
    told = refused(video_instance_id=None, campaign_id=CAMPAIGN, generation_mode="easy")
    assert "'keep_original' or 'full_script'" in told["generation_mode"]


def test_row_when_a_cell_is_blank_then_row_and_column_are_named():
    assert refused(names=[["Don", "Apple"], ["a", "b"], ["James", "  "]]) == {"names": "Row 3: company is empty."}
    assert refused(names=[["", ""]]) == {"names": "Row 1: name and company are empty."}


@pytest.mark.parametrize(
    ("row", "cells"), [(["Don"], "1 cell"), (["Don", "Apple", "x"], "3 cells"), ([], "0 cells")]
)
def test_row_when_ragged_then_it_says_how_many_cells_it_has(row, cells):
    assert refused(names=[["Don", "Apple"], row])["names"].startswith(f"Row 2 has {cells}; it needs 2")


def test_rows_when_many_are_wrong_then_three_are_named_and_the_rest_counted():
    told = refused(names=[["", "x"]] * 1500)["names"]
    assert "Row 3: name is empty." in told
    assert "Row 4" not in told
    assert told.endswith("1,497 more rows need a look.")


@pytest.mark.parametrize("count", [1, 2000])
def test_rows_when_within_the_limits_then_they_are_taken(count):
    assert len(validate(bhuman.SPEC, GOOD | {"names": [["a", "b"]] * count}).names) == count


@pytest.mark.parametrize("count", [0, 2001])
def test_rows_when_too_few_or_too_many_then_the_limits_are_named(count):
    assert refused(names=[["a", "b"]] * count)["names"].startswith("The table must have 1 to 2,000 rows")


@pytest.mark.parametrize("variables", [[], ["name", ""], ["name", "name "]])
def test_columns_when_nameless_or_twice_then_it_is_said(variables):
    assert set(refused(variables=variables)) == {"variables"}


@pytest.mark.parametrize("address", ["http://a.example/hook", "ftp://a", "https://", "hook"])
def test_callback_when_not_https_then_it_is_refused(address):
    assert "https" in refused(callback_url=address)["callback_url"]
