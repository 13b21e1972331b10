"""What BHuman's account and store hold, as typed records, and how its answers are read. Sends nothing.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (shapes, bare), README of June 2026 (`share_url`;
campaigns by name only: their shape is documented nowhere, so few fields are read); recorded answers in
github.com/mindcloud-inc/universal-api-reference (wrapped, more fields, nulls).
What a record lacks or has in another type is empty here, never an error.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")
JSON = dict[str, Any]


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some of a list; `total` is how many there are in all, or None where BHuman does not say."""

    total: int | None
    items: tuple[Item, ...]
    count: int | None = None
    """How many entries were told, also those that cannot be read; None where the answer holds no list."""


@dataclass(frozen=True)
class Instance:
    """A template ("video instance") in the account; times are ISO 8601 as BHuman writes them."""

    id: str
    name: str
    created_at: str = ""
    updated_at: str = ""
    thumbnail: str | None = None
    folder_id: str | None = None
    actor_id: str | None = None
    product_id: str | None = None
    use_case: str = ""
    industry: int | None = None


@dataclass(frozen=True)
class Campaign:
    """A campaign in the account: a template with settings of its own."""

    id: str
    name: str
    created_at: str = ""
    video_instance_id: str | None = None


@dataclass(frozen=True)
class GeneratedVideo:
    """One row's video; `values` are the row's cells."""

    id: str = field(repr=False)
    status: str
    """In lower case: preparing, queued, processing, succeeded (or completed), failed, or another."""
    url: str | None = field(default=None, repr=False)
    """The MP4."""
    page_url: str | None = field(default=None, repr=False)
    """Its page for viewers."""
    thumbnail: str | None = None
    gif: str | None = None
    row_index: int | None = None
    values: tuple[str, ...] = ()
    video_instance_id: str | None = None
    campaign_id: str | None = None
    execution_name: str = ""
    """What BHuman's support asks for when it failed."""
    created_at: str = ""

    @property
    def succeeded(self) -> bool:
        return self.status in ("succeeded", "completed")

    @property
    def over(self) -> bool:
        return self.succeeded or self.status == "failed"


@dataclass(frozen=True)
class Workspace:
    """A workspace of the account. The token that BHuman sends with it is dropped unread."""

    id: str
    name: str
    role: str = ""
    description: str = ""


@dataclass(frozen=True)
class Product:
    """A ready-made template in BHuman's store; `category` and `tags` are ids of `StoreSettings`."""

    id: str
    title: str
    category: int | None = None
    tags: tuple[int, ...] = ()
    description: str = ""
    thumbnail: str | None = None
    image_url: str | None = None
    video_url: str | None = None
    seconds: int | None = None
    rating: float | None = None
    reviews: int = 0
    downloads: int = 0
    created_at: str = ""


@dataclass(frozen=True)
class UsedProduct:
    """What using a product made: the template to generate with, and the folder that it lies in."""

    video_instance_id: str
    folder_id: str | None = None
    video_id: str | None = None
    product: Product | None = None


@dataclass(frozen=True)
class Choice:
    """A category or a tag of the store."""

    id: int
    name: str


@dataclass(frozen=True)
class StoreSettings:
    """The store's categories and tags."""

    categories: tuple[Choice, ...] = ()
    tags: tuple[Choice, ...] = ()


def read_page(body: Any, key: str, read: Callable[[JSON], Item | None]) -> Page[Item]:
    """A list as `{total, KEY: [...]}` or bare; entries that are none are left out."""
    total = _whole(body.get("total")) if isinstance(body, dict) else None
    items = body.get(key) if isinstance(body, dict) else body
    return Page(total, read_list(items, read), len(items) if isinstance(items, list) else None)


def read_list(items: Any, read: Callable[[JSON], Item | None]) -> tuple[Item, ...]:
    """The entries that can be read; one object alone counts as a list of one."""
    if isinstance(items, dict):
        items = [items]
    found = [read(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return tuple(item for item in found if item is not None)


def read_instance(body: JSON) -> Instance | None:
    identifier = _text(body, "id")
    if not identifier:
        return None
    return Instance(
        id=identifier,
        name=_text(body, "name"),
        created_at=_text(body, "created_at"),
        updated_at=_text(body, "updated_at"),
        thumbnail=_link(body, "thumbnail"),
        folder_id=_text(body, "folder_id") or None,
        actor_id=_text(body, "actor_id") or None,
        product_id=_text(body, "product_id") or None,
        use_case=_text(body, "use_case"),
        industry=_whole(body.get("industry")),
    )


def read_campaign(body: JSON) -> Campaign | None:
    identifier = _text(body, "id")
    if not identifier:
        return None
    instance = _text(body, "video_instance_id") or None
    return Campaign(identifier, _text(body, "name"), _text(body, "created_at"), instance)


def read_video(body: JSON) -> GeneratedVideo | None:
    identifier = _text(body, "id")
    if not identifier:
        return None
    cells = body.get("text")
    return GeneratedVideo(
        id=identifier,
        status=_text(body, "status").lower(),
        url=_link(body, "url"),
        page_url=_link(body, "share_url", "video_url", "vimeo_url"),
        thumbnail=_link(body, "thumbnail"),
        gif=_link(body, "gif"),
        row_index=_whole(body.get("row_index")),
        values=tuple(str(cell) for cell in cells) if isinstance(cells, list) else (),
        video_instance_id=_text(body, "video_instance_id") or None,
        campaign_id=_text(body, "campaign_id") or None,
        execution_name=_text(body, "execution_name"),
        created_at=_text(body, "created_at"),
    )


def read_workspace(body: JSON) -> Workspace | None:
    identifier = _text(body, "workspace_id")
    if not identifier:
        return None
    return Workspace(identifier, _text(body, "name"), _text(body, "role"), _text(body, "description"))


def read_product(body: JSON) -> Product | None:
    identifier = _text(body, "id")
    if not identifier:
        return None
    tags, rating = body.get("tags"), body.get("ratings")
    return Product(
        id=identifier,
        title=_text(body, "name"),
        category=_whole(body.get("category")),
        tags=tuple(tag for tag in tags if _whole(tag) is not None) if isinstance(tags, list) else (),
        description=_text(body, "description"),
        thumbnail=_link(body, "thumbnail", "image_url"),
        image_url=_link(body, "image_url"),
        video_url=_link(body, "video_url"),
        seconds=_whole(body.get("length")),
        rating=float(rating) if isinstance(rating, int | float) and not isinstance(rating, bool) else None,
        reviews=_whole(body.get("reviews")) or 0,
        downloads=_whole(body.get("downloads")) or 0,
        created_at=_text(body, "created_at"),
    )


def read_used(body: Any) -> UsedProduct | None:
    made = body if isinstance(body, dict) else {}
    instance = _text(made, "video_instance_id")
    if not instance:
        return None
    product = made.get("product")
    return UsedProduct(
        video_instance_id=instance,
        folder_id=_text(made, "folder_id") or None,
        video_id=_text(made, "video_id") or None,
        product=read_product(product) if isinstance(product, dict) else None,
    )


def read_settings(body: Any) -> StoreSettings:
    given = body if isinstance(body, dict) else {}
    categories = given.get("category") or given.get("categories")
    return StoreSettings(read_list(categories, _read_choice), read_list(given.get("tags"), _read_choice))


def _read_choice(body: JSON) -> Choice | None:
    number = _whole(body.get("id"))
    return None if number is None else Choice(number, _text(body, "name") or str(number))


def _text(body: JSON, key: str) -> str:
    value = body.get(key)
    return value if isinstance(value, str) else ""


def _link(body: JSON, *keys: str) -> str | None:
    """The first of these that is a web address; BHuman leaves empty strings where media failed."""
    return next((value for key in keys if (value := _text(body, key)).startswith(("https://", "http://"))), None)


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
