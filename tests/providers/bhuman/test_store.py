"""BHuman's account and store, read into records: bare and wrapped, with nulls, without its tokens."""

from __future__ import annotations

import json

import pytest

from components import errors
from components.providers.bhuman.client import build_use
from components.providers.bhuman.store import Choice, StoreSettings, read_product
from tests.providers.bhuman.test_client import ID, OTHER, TEMPLATE, client, gateway
from tests.providers.documented import answers
from tests.providers.gateway import Reply

__all__ = ["client", "gateway"]
LISTS = answers("bhuman_lists")
FORMS = ["", "_wrapped"]


@pytest.fixture
def says(gateway):
    """Lets BHuman answer a documented list."""
    return lambda name: gateway.reply(Reply(body=LISTS[name].content, headers={"Content-Type": "text/plain"}))


@pytest.mark.parametrize("form", FORMS)
def test_instances_when_listed_then_the_page_and_the_total_are_read(client, gateway, says, form):
    says("instances" + form)
    page = client.instances(2, 50)
    assert (page.total, page.items[0].id, page.items[0].name) == (31, TEMPLATE, "Hello")
    assert page.items[0].created_at == "2023-05-17T09:24:00"
    assert (page.items[0].thumbnail is not None) == bool(form)
    assert gateway.seen[0].path.endswith("/video_instances?page=2&size=50")


@pytest.mark.parametrize("form", FORMS)
def test_instance_when_asked_by_id_then_only_that_one_counts(client, says, form):
    says("instance" + form)
    assert client.instance(TEMPLATE.upper()).name == "Hello"
    assert client.instance(ID) is None


@pytest.mark.parametrize("form", FORMS)
def test_generated_when_listed_then_rows_have_their_values_and_no_message(client, says, form):
    says("generated" + form)
    page = client.generated(TEMPLATE)
    good, bad = page.items
    assert (good.status, good.values, good.row_index, good.over) == ("succeeded", ("Don", "Apple"), 0, True)
    assert good.page_url == "https://vimeo.com/822632664/8cbe80ad5f"
    assert (bad.url, bad.thumbnail, bad.execution_name) == (None, None, "exec-77")
    assert "Traceback" not in repr(bad)
    assert ID not in repr(good)


@pytest.mark.parametrize(
    "body",
    [
        [{"id": ID, "name": "Autumn", "user_id": "u-1"}],
        {"code": 200, "result": [{"id": ID, "name": "Autumn", "created_at": None}]},
        {"code": 200, "result": {"total": 1, "campaigns": [{"id": ID, "name": "Autumn"}, {"name": "no id"}]}},
    ],
)
def test_campaigns_when_listed_bare_or_paged_then_ids_and_names_are_read(client, gateway, body):
    gateway.reply(Reply(body=json.dumps(body).encode()))
    assert [(item.id, item.name) for item in client.campaigns(1, 50).items] == [(ID, "Autumn")]
    assert gateway.seen[0].path.endswith("/campaigns?page=1&size=50")


@pytest.mark.parametrize("whole", [True, False])
def test_campaign_when_asked_by_id_then_only_that_one_counts(client, gateway, whole):
    one = {"id": ID, "name": "Autumn", "video_instance_id": TEMPLATE}
    gateway.reply(*[Reply(body=json.dumps({"code": 200, "result": one if whole else [one]}).encode())] * 2)
    assert client.campaign(ID.upper()).video_instance_id == TEMPLATE
    assert client.campaign(OTHER) is None
    assert gateway.seen[0].path.endswith(f"/campaign?id={ID.upper()}")


@pytest.mark.parametrize("form", FORMS)
def test_campaigns_videos_when_listed_then_they_are_read_as_a_templates(client, gateway, says, form):
    says("generated" + form)
    assert [video.status for video in client.campaign_videos(ID).items] == ["succeeded", "failed"]
    assert gateway.seen[0].path.endswith(f"/generated_video_by_campaign_id?campaign_id={ID}&page=0&size=100")


@pytest.mark.parametrize("form", FORMS)
def test_workspaces_when_listed_then_the_token_is_dropped(client, says, form):
    says("workspaces" + form)
    [workspace] = client.workspaces()
    assert (workspace.id, workspace.name, workspace.role) == (ID, "My workspace", "owner")
    assert "secret" not in repr(vars(workspace))


def test_products_when_listed_then_nulls_are_no_trouble(client, says):
    says("products")
    [product] = client.products()
    assert (product.id, product.title, product.category, product.tags) == (OTHER, "Warm hello", 2, (1, 4))
    assert (product.rating, product.reviews, product.seconds) == (4.5, 3, 18)
    assert product.thumbnail == "https://assets.bhuman.ai/a.png"
    says("products_wrapped")
    [product] = client.products()
    assert (product.rating, product.tags, product.description) == (None, (), "")


@pytest.mark.parametrize("value", [None, True, "x", [], {}, ["a"]])
def test_product_when_a_field_has_another_type_then_it_is_empty(value):
    product = read_product(
        {"id": "p", **dict.fromkeys(("name", "category", "ratings", "tags", "thumbnail"), value)}
    )
    assert (product.category, product.rating, product.tags, product.thumbnail) == (None, None, (), None)


@pytest.mark.parametrize("form", FORMS)
def test_settings_when_read_then_categories_and_tags_have_names(client, says, form):
    says("settings" + form)
    assert client.store_settings() == StoreSettings((Choice(1, "Sales"),), (Choice(4, "Invitation"),))


@pytest.mark.parametrize("form", FORMS)
def test_product_when_put_to_use_then_it_is_sent_once_and_the_template_is_told(client, gateway, says, form):
    says("used" + form)
    made = client.use_product(OTHER, ID)
    assert (made.video_instance_id, made.folder_id, made.product.title) == (TEMPLATE, OTHER, "Warm hello")
    assert [(seen.method, json.loads(seen.body)) for seen in gateway.seen] == [
        ("POST", {"id": OTHER, "workspace_id": ID})
    ]


def test_use_when_a_template_has_no_folder_then_nothing_is_sent(client, gateway):
    with pytest.raises(errors.InvalidRequest, match="folder"):
        client.use_product(OTHER, ID, video_instance_id=TEMPLATE)
    assert gateway.seen == []
    assert build_use(OTHER, ID, "f", "v") == {
        "id": OTHER,
        "workspace_id": ID,
        "folder_id": "f",
        "video_instance_id": "v",
    }


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (Reply(401), errors.AccessDenied),
        (Reply(400), errors.RequestRefused),
        (Reply(500), errors.OutcomeUnknown),
        (Reply(200, b"{}"), errors.OutcomeUnknown),
        (Reply(429), errors.RateLimited),
    ],
)
def test_use_when_it_does_not_work_then_the_sentence_fits_and_it_is_not_sent_again(client, gateway, reply, kind):
    gateway.reply(reply)
    with pytest.raises(kind):
        client.use_product(OTHER, ID)
    assert len(gateway.seen) == 1


@pytest.mark.parametrize("ask", ["instances", "workspaces", "products", "store_settings"])
def test_list_when_closed_to_keys_then_the_key_is_not_called_bad(client, gateway, ask):
    gateway.reply(Reply(401))
    with pytest.raises(errors.AccessDenied, match="does not open its lists"):
        getattr(client, ask)()


@pytest.mark.parametrize("status", [401, 403])
def test_campaigns_when_closed_to_keys_then_the_id_can_be_pasted(client, gateway, status):
    gateway.reply(*[Reply(status)] * 3)
    for ask in (client.campaigns, lambda: client.campaign(ID), lambda: client.campaign_videos(ID)):
        with pytest.raises(errors.AccessDenied, match="Paste the campaign's id"):
            ask()


def test_account_when_turned_away_then_it_is_said_softly(client, gateway):
    gateway.reply(Reply(401))
    with pytest.raises(errors.KeyRefused, match="may still work"):
        client.account()
