"""BHuman's request: a template, columns and rows, refused in words that name the row and the column."""

from __future__ import annotations

import pytest

from components.catalog.check import validate
from components.catalog.models import bhuman
from components.errors import InvalidRequest

ID = "7d859e18-dc89-446f-9718-9533bb178a75"
GOOD = {
    "video_instance_id": ID,
    "variables": ["name", "company"],
    "names": [["Don", "Apple"], ["James", "Google"]],
}


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


def test_template_when_it_is_a_campaigns_address_then_it_is_not_taken_for_a_template():
    pasted = f"https://app.bhuman.ai/campaign/generatedVideos/{ID}"
    assert bhuman.instance_id(pasted) is None
    assert "campaign" in refused(video_instance_id=pasted)["video_instance_id"]


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
