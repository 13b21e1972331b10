"""BHuman in the sandbox: strict to the documents, a clip for each row, one payment for a whole table."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import requests
from PIL import Image

from components.sandbox.bhuman.stock import CATEGORIES, OWN, PRODUCTS, TAGS, Templates
from tests.sandbox.conftest import Clip
from tests.sandbox_server import until

STUDIO, USER, STORE = "studio.bhuman.ai/api/ai_studio", "user.bhuman.ai/api", "store.bhuman.ai/api/store"
AUTH = ("id", "secret")
TEMPLATE, NOWHERE = OWN[0]["id"], "6f1d2f0e-98a4-4b0e-9d5c-2f6f3a1f7c11"
GOOD = {
    "video_instance_id": TEMPLATE,
    "variables": ["name", "company"],
    "names": [["Don", "Apple"], ["James", "X"]],
}


def get(sandbox, path, **how):
    return requests.get(f"{sandbox.url}/{path}", **({"auth": AUTH, "timeout": 30} | how))


def post(sandbox, path, body, **how):
    return requests.post(f"{sandbox.url}/{path}", json=body, **({"auth": AUTH, "timeout": 30} | how))


def generate(sandbox, body=None, **how):
    return post(sandbox, f"{STUDIO}/try_sample", GOOD if body is None else body, **how)


def ended(sandbox, identifier):
    """The row's record once it is over."""

    def look():
        record = get(sandbox, f"{STUDIO}/generated_video_by_id?id={identifier}").json()["result"]
        return record if record["status"] in ("succeeded", "failed") else None

    return until(look)


@pytest.fixture(scope="module")
def made(session_sandbox):
    answer = generate(session_sandbox)
    ids = answer.json()["result"]
    return answer, [ended(session_sandbox, identifier) for identifier in ids]


def test_rows_when_sent_then_each_has_an_id_and_a_clip_of_its_own(made):
    answer, records = made
    assert (answer.status_code, answer.json()["code"]) == (200, 200)
    assert [(record["row_index"], record["text"], record["status"]) for record in records] == [
        (0, ["Don", "Apple"], "succeeded"),
        (1, ["James", "X"], "succeeded"),
    ]
    clips = [requests.get(record["url"], timeout=60).content for record in records]
    assert clips[0] != clips[1]
    clip = Clip(io.BytesIO(clips[0]))
    assert (clip.size, clip.rate, len(clip.frames)) == ((854, 480), 25, 75)


def test_video_when_done_then_it_has_a_thumbnail_and_ranges(made):
    record = made[1][0]
    picture = requests.get(record["thumbnail"], timeout=60)
    assert Image.open(io.BytesIO(picture.content)).size == (480, 270)
    part = requests.get(record["url"], headers={"Range": "bytes=0-9"}, timeout=60)
    assert (part.status_code, len(part.content)) == (206, 10)


def test_list_of_videos_when_paged_then_the_newest_comes_first(sandbox, made):
    path = f"{STUDIO}/generated_video_by_video_instance_id?video_instance_id={TEMPLATE}"
    whole = get(sandbox, path).json()["result"]
    assert whole["total"] == len(whole["videos"]) >= 2
    assert {record["id"] for record in made[1]} <= {video["id"] for video in whole["videos"]}
    assert get(sandbox, f"{path}&page=1&size=1").json()["result"]["videos"][0]["id"] == whole["videos"][1]["id"]


def test_ledger_when_a_table_is_taken_then_it_is_one_payment(sandbox):
    before = len(sandbox.ledger()["paid"])
    ids = generate(sandbox).json()["result"]
    paid = sandbox.ledger()["paid"][before:]
    assert [(line["request_id"], line["slug"]) for line in paid] == [(ids[0], "try_sample")]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"names": [["Don"]]}, 400),
        ({"names": [["Don", "Apple"], ["a", "b", "c"]]}, 400),
        ({"names": []}, 400),
        ({"names": [["a", "b"]] * 2001}, 400),
        ({"variables": []}, 400),
        ({"variables": ["a", "a"]}, 400),
        ({"callback_url": "hook"}, 400),
        ({"video_instance_id": NOWHERE}, 404),
        ({"video_instance_id": "7"}, 422),
        ({"names": None}, 422),
        ({"names": [[1, 2]]}, 422),
        ({"variables": "name"}, 422),
        ({"colour": "red"}, 422),
    ],
)
def test_rows_when_they_do_not_fit_then_they_are_refused_and_unpaid(sandbox, changes, status):
    before = len(sandbox.ledger()["paid"])
    answer = generate(sandbox, GOOD | changes)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/plain")
    assert (answer.json()["code"], set(answer.json()["result"])) == (status, {"error"})
    assert len(sandbox.ledger()["paid"]) == before


@pytest.mark.parametrize("missing", ["video_instance_id", "variables", "names"])
def test_rows_when_a_field_is_missing_then_422_names_it(sandbox, missing):
    answer = generate(sandbox, {name: value for name, value in GOOD.items() if name != missing})
    assert (answer.status_code, f"missing field `{missing}`" in answer.text) == (422, True)


def test_rows_when_published_clients_send_their_other_fields_then_they_are_taken(sandbox):
    others = dict.fromkeys(("assets", "callback_url", "campaign_result_ids", "filter_complex"))
    assert generate(sandbox, GOOD | others | {"callback_url": ""}).status_code == 200


@pytest.mark.parametrize("auth", [None, ("invalid", "x"), ("x", "invalid"), ("x", ""), ("", "x")])
@pytest.mark.parametrize(
    "path",
    [
        f"{STUDIO}/video_instances?page=0&size=1",
        f"{STUDIO}/video_instance",
        f"{STUDIO}/campaigns",
        f"{USER}/workspace",
        f"{STORE}/product",
        f"{STORE}/settings",
    ],
)
def test_route_when_the_key_is_bad_then_401(sandbox, path, auth):
    assert get(sandbox, path, auth=auth).status_code == 401


@pytest.mark.parametrize("given", ["Bearer x", "Basic !!", "Basic eA==", "Basic /w=="])
def test_route_when_authorised_otherwise_then_401(sandbox, given):
    answer = get(sandbox, f"{STORE}/product", auth=None, headers={"Authorization": given})
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("page=0&size=100", 200),
        ("page=9&size=1", 200),
        ("page=-1&size=1", 400),
        ("page=0&size=0", 400),
        ("page=0&size=101", 400),
        ("page=0", 422),
        ("size=1", 422),
        ("page=a&size=1", 422),
    ],
)
def test_templates_when_paged_then_the_bounds_hold(sandbox, query, status):
    answer = get(sandbox, f"{STUDIO}/video_instances?{query}")
    assert answer.status_code == status
    if status == 200:
        assert answer.json()["result"]["total"] >= 3


def test_template_when_asked_for_then_a_list_comes_and_without_an_id_all(sandbox):
    one = get(sandbox, f"{STUDIO}/video_instance?id={TEMPLATE}").json()["result"]
    assert [(each["id"], each["name"]) for each in one] == [(TEMPLATE, "Hello from the founder")]
    assert requests.get(one[0]["thumbnail"], timeout=60).headers["content-type"] == "image/jpeg"
    assert len(get(sandbox, f"{STUDIO}/video_instance").json()["result"]) >= 3
    assert get(sandbox, f"{STUDIO}/video_instance?id=7").status_code == 422


@pytest.mark.parametrize(("query", "status"), [(f"?id={NOWHERE}", 404), ("?id=7", 422), ("", 422)])
def test_video_when_unknown_then_it_is_said(sandbox, query, status):
    assert get(sandbox, f"{STUDIO}/generated_video_by_id{query}").status_code == status


def test_store_when_listed_then_products_have_known_categories_tags_and_pictures(sandbox):
    products = get(sandbox, f"{STORE}/product").json()["result"]
    terms = get(sandbox, f"{STORE}/settings").json()["result"]
    assert terms == {"category": CATEGORIES, "tags": TAGS}
    assert {product["category"] for product in products} == {term["id"] for term in terms["category"]}
    assert {tag for product in products for tag in product["tags"]} == {term["id"] for term in terms["tags"]}
    assert all(requests.get(product["thumbnail"], timeout=60).ok for product in products)


def test_product_when_used_then_a_template_is_made_and_kept(sandbox):
    workspace = get(sandbox, f"{USER}/workspace").json()["result"][0]["workspace_id"]
    use = {"id": PRODUCTS[0]["id"], "workspace_id": workspace}
    made = post(sandbox, f"{STORE}/product/use", use).json()["result"]
    listed = get(sandbox, f"{STUDIO}/video_instances?page=0&size=1").json()["result"]["instances"]
    assert [each["id"] for each in listed] == [made["video_instance_id"]]
    within = use | {"folder_id": made["folder_id"]}
    second = post(sandbox, f"{STORE}/product/use", within).json()["result"]
    assert (second["folder_id"], second["video_instance_id"] == made["video_instance_id"]) == (
        made["folder_id"],
        False,
    )
    again = within | {"video_instance_id": made["video_instance_id"]}
    assert (
        post(sandbox, f"{STORE}/product/use", again).json()["result"]["video_instance_id"]
        == made["video_instance_id"]
    )
    assert generate(sandbox, GOOD | {"video_instance_id": made["video_instance_id"]}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"video_instance_id": TEMPLATE}, 400),
        ({"folder_id": NOWHERE}, 404),
        ({"folder_id": OWN[0]["folder_id"], "video_instance_id": NOWHERE}, 404),
        ({"id": NOWHERE}, 404),
        ({"workspace_id": NOWHERE}, 404),
        ({"id": "7"}, 422),
        ({"workspace_id": None}, 422),
    ],
)
def test_product_when_the_rule_is_broken_then_nothing_is_made(sandbox, changes, status):
    workspace = get(sandbox, f"{USER}/workspace").json()["result"][0]["workspace_id"]
    use = {"id": PRODUCTS[0]["id"], "workspace_id": workspace} | changes
    assert post(sandbox, f"{STORE}/product/use", use).status_code == status


def test_templates_when_made_then_a_restart_loses_none(tmp_path: Path):
    file = tmp_path / "templates.json"
    new = Templates(file).make(PRODUCTS[0], None, "2026-11-20T10:00:00")
    assert Templates(file).get(new["id"]) == new
    assert Templates(file).all()[1:] == OWN


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422, 429, 500, 502])
def test_answer_when_rehearsed_then_it_is_bhumans_error_and_unpaid(sandbox, status):
    before = len(sandbox.ledger()["paid"])
    sandbox.rehearse(answer=status)
    answer = generate(sandbox)
    assert (answer.status_code, answer.json()["code"]) == (status, status)
    assert len(sandbox.ledger()["paid"]) == before


def test_failure_when_rehearsed_then_one_row_fails_without_media(sandbox):
    sandbox.rehearse(fail="Out of film")
    records = [ended(sandbox, identifier) for identifier in generate(sandbox).json()["result"]]
    assert [record["status"] for record in records] == ["succeeded", "failed"]
    assert (records[1]["url"], records[1]["message"]) == (None, "Out of film")


def test_hold_when_the_caller_gives_up_then_the_table_is_paid_all_the_same(sandbox):
    before = len(sandbox.ledger()["paid"])
    sandbox.rehearse(hold_seconds=30)
    with pytest.raises(requests.Timeout):
        generate(sandbox, timeout=1)
    until(lambda: len(sandbox.ledger()["paid"]) > before)  # on a slow machine after the caller has given up
    assert len(sandbox.ledger()["paid"]) == before + 1
