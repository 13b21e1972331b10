"""What a believable BHuman account and store hold, and the templates made from the store. Knows no HTTP.

Shapes: github.com/bhuman-ai/public_api, API guide of 2023; further fields (thumbnail, video_id, text_to_video):
recorded answers in github.com/mindcloud-inc/universal-api-reference. All names and figures are made up.
"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

JSON = dict[str, Any]
SPACE = uuid.UUID("6f0f9c1e-3c44-4b0e-9d5e-0b3a5f5a7d10")
USER = "sandbox-user"
SINCE = "2026-05-04T09:00:00"


def made_id(*names: str) -> str:
    """The same id for the same names, in every sandbox."""
    return str(uuid.uuid5(SPACE, "/".join(names)))


FOLDER = made_id("folder", "templates")
CATEGORIES = [{"id": 1, "name": "Sales"}, {"id": 2, "name": "Customer care"}, {"id": 3, "name": "Events"}]
TAGS = [
    {"id": number, "name": name}
    for number, name in enumerate(("Welcome", "Follow-up", "Thank you", "Invitation", "Birthday", "Short"), 1)
]
_SHELF = (
    ("Warm first hello", 1, (1, 6), "A friendly introduction before the first call.", 18, 4.8, 212, 5310),
    ("After the demo", 1, (2,), "Thanks for the time, names the next step.", 26, 4.6, 148, 3920),
    ("Welcome on board", 2, (1, 3), "Greets a new customer and says where help is.", 31, 4.9, 305, 8044),
    ("We have missed you", 2, (2, 6), "Brings back a customer who went quiet.", 16, 4.2, 61, 1178),
    ("You are invited", 3, (4,), "A personal invitation with name and company.", 22, 4.7, 97, 2466),
    ("Happy birthday", 3, (5, 6), "Twelve cheerful seconds for one person.", 12, None, 0, 640),
)


def product(number: int) -> JSON:
    """A product of the store as the API tells it; pictures are named by their words and get an address later."""
    name, category, tags, description, seconds, rating, reviews, downloads = _SHELF[number]
    return {
        "id": made_id("product", name),
        "name": name,
        "category": category,
        "description": description,
        "video_url": None,
        "image_url": None,
        "thumbnail": name,
        "creator_id": "bhuman",
        "actor_id": made_id("actor", name),
        "length": seconds,
        "downloads": downloads,
        "ratings": rating,
        "reviews": reviews,
        "tags": list(tags),
        "text_to_video": False,
        "created_at": SINCE,
    }


PRODUCTS = [product(number) for number in range(len(_SHELF))]
WORKSPACES = [
    {
        "id": number,
        "workspace_id": made_id("workspace", name),
        "user_id": USER,
        "name": name,
        "role": role,
        "description": description,
        "token": "sandbox-workspace-token",
        "created_at": SINCE,
        "updated_at": SINCE,
    }
    for number, (name, role, description) in enumerate(
        (("My workspace", "owner", "Everything of your own"), ("Marketing", "member", "Shared with the team")), 1
    )
]


def instance(identifier: str, name: str, folder: str, product_id: str | None, created: str) -> JSON:
    """A template as the API tells it."""
    return {
        "id": identifier,
        "name": name,
        "user_id": USER,
        "folder_id": folder,
        "actor_id": made_id("actor", name),
        "product_id": product_id,
        "industry": 0,
        "use_case": None,
        "video_id": made_id("video", identifier),
        "thumbnail": name,
        "text_to_video": False,
        "created_at": created,
        "updated_at": created,
    }


OWN = [
    instance(identifier or made_id("instance", name), name, FOLDER, None, created)
    for identifier, name, created in (
        ("", "Hello from the founder", "2026-11-02T10:15:00"),
        ("", "Thank you for your order", "2026-10-12T08:40:00"),
        ("", "See you at the summit", "2026-09-21T14:05:00"),
        ("7d859e18-dc89-446f-9718-9533bb178a75", "Company news", "2026-09-02T11:30:00"),
    )
]
"""The last has the id of the documents' example, which therefore runs as it stands; so has each campaign."""
CAMPAIGNS = [
    {
        "id": identifier,
        "name": name,
        "user_id": USER,
        "video_instance_id": OWN[number]["id"],
        "created_at": created,
        "updated_at": created,
    }
    for number, (identifier, name, created) in enumerate(
        (
            ("d744af70-cd3c-4a41-8bfe-89238f937a3b", "Autumn hello", "2026-11-05T09:10:00"),
            ("b3d2bfa8-fa75-49ed-9f8b-bb13452f49fd", "Thanks for every order", "2026-10-14T16:20:00"),
            ("00000000-0000-0000-0000-000000000000", "Summit invitations", "2026-09-24T07:55:00"),
        )
    )
]
"""The account's campaigns. What fields BHuman gives them no document says."""


class Templates:
    """The account's templates: its own, and those made from the store, which are kept on disk."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> list[JSON]:
        """Newest first."""
        made = json.loads(self._file.read_text("utf-8")) if self._file.is_file() else []
        return [*reversed(made), *OWN]

    def get(self, identifier: str) -> JSON | None:
        return next((template for template in self.all() if template["id"] == identifier), None)

    def folders(self) -> set[str]:
        return {template["folder_id"] for template in self.all()}

    def make(self, chosen: JSON, folder: str | None, now: str) -> JSON:
        """A template from a product; in a folder of its own where none is named."""
        new = instance(str(uuid.uuid4()), chosen["name"], folder or str(uuid.uuid4()), chosen["id"], now)
        made = [template for template in reversed(self.all()) if template not in OWN]
        draft = self._file.with_suffix(".draft")
        draft.write_text(json.dumps([*made, new]), "utf-8")
        draft.replace(self._file)
        return new
