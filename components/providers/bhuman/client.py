"""Speaks BHuman: sends a table of rows, asks after each row's video, reads account and store. Keeps nothing.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 and READMEs of June and July 2026 (routes, Basic auth,
pages from 0, campaigns, the store's rule of folders); www.bhuman.ai/docs/api as read 2026-10-02 (which routes take
API keys, status words). BHuman takes no reference of ours and has no idempotency: a submission whose answer was
lost is looked for by its words and its time (lost.py).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import urlencode

from pydantic import SecretStr

from components.catalog.spec import ModelSpec
from components.errors import InvalidRequest, StudioError
from components.providers.base import (
    JSON,
    Account,
    Body,
    Done,
    Failed,
    Input,
    Operation,
    Provider,
    Running,
    Started,
)
from components.providers.bhuman import closed, lost, rows
from components.providers.bhuman import store as records
from components.providers.bhuman.errors import BHUMAN, unwrap
from components.providers.bhuman.programs import PROGRAMS
from components.providers.bhuman.store import (
    Campaign,
    GeneratedVideo,
    Instance,
    Page,
    Product,
    StoreSettings,
    UsedProduct,
    Workspace,
)
from components.providers.declarations import Cheapest, Programs
from components.providers.http import Answer
from components.providers.refusals import Refusals
from components.providers.wire import placed
from components.settings import Settings

STUDIO_HOST, USER_HOST, STORE_HOST = "studio.bhuman.ai", "user.bhuman.ai", "store.bhuman.ai"
STUDIO = f"https://{STUDIO_HOST}/api/ai_studio"
WORKSPACES = f"https://{USER_HOST}/api/workspace"
STORE = f"https://{STORE_HOST}/api/store"

CAMPAIGN_ROUTE = "pipeline/campaign"
"""Where a table goes for a campaign; for a template it goes where the spec says."""
LARGEST_PAGE = 100
MOST_BY_ID = 50
"""Up to so many rows each is asked for by its id; more are read from the list of what they are made from."""
MOST_PAGES = 40
"""Pages of that list that are read at once; in a check, what is not among them is asked for by its id."""


class BHuman(Provider):
    """Personalised videos by BHuman, its templates and its store."""

    refusals: ClassVar[Refusals] = BHUMAN
    hosts: ClassVar[frozenset[str]] = frozenset((STUDIO_HOST, USER_HOST, STORE_HOST))
    history: ClassVar[str] = "https://app.bhuman.ai"
    id_key: ClassVar[str] = "ids"
    id_label: ClassVar[str] = "Generation id"
    finds: ClassVar[bool] = True
    webhook: ClassVar[str] = "callback_url"
    programs: ClassVar[Programs] = PROGRAMS
    cheapest: ClassVar[Cheapest] = Cheapest(
        "bhuman/personalized-video",
        asked={
            "video_instance_id": "Template: its id; or the address of a template's or a campaign's page: ",
            "variables": "Its variables, with commas between: ",
            "names": "One row, a value for each, with commas between: ",
        },
    )

    @classmethod
    def headers(cls, key: Mapping[str, SecretStr]) -> dict[str, SecretStr]:
        pair = ":".join(key[name].get_secret_value() for name in cls.key_names)
        return {"Authorization": SecretStr(f"Basic {base64.b64encode(pair.encode()).decode('ascii')}")}

    @classmethod
    def id_of(cls, operation: Operation, position: int) -> str | None:
        """Each row has an id of its own."""
        ids = operation.get(cls.id_key)
        return str(ids[position]) if isinstance(ids, list) and position < len(ids) else None

    @classmethod
    def program_body(cls, spec: ModelSpec, parameters: JSON, files: Mapping[str, str], settings: Settings) -> JSON:
        return build(spec, parameters)

    @classmethod
    def program_words(cls, spec: ModelSpec, body: JSON) -> dict[str, str]:
        return {"API": STUDIO, "ROUTE": route(spec, body)}

    def prepare(self, spec: ModelSpec, parameters: JSON, inputs: Mapping[str, Input], reference: str) -> Body:
        body = build(spec, parameters)
        return Body(body, slug=route(spec, body))

    def start(self, body: Body) -> Started | Done:
        return rows.read_submission(self.http.post(f"{STUDIO}/{body.slug}", body.json), body.json)

    def check(self, operation: Operation) -> Running | Done | Failed:
        ids, labels = rows.read_rows(operation)
        known: dict[str, GeneratedVideo] = {}
        unseen: set[str] = set()
        if len(ids) > MOST_BY_ID:
            known = self._listed(operation, set(ids))
        for identifier in ids:
            if identifier in known:
                continue
            video = self._generated(identifier)
            if video is None:
                unseen.add(identifier)
            else:
                known[identifier] = video
        return rows.summarise(ids, labels, known, unseen)

    @classmethod
    def operation_of(cls, spec: ModelSpec, parameters: JSON, given: str) -> Operation:
        """An id for each row, in the rows' order."""
        ids = given.replace(",", " ").split()
        if len(ids) != len(spec.value(parameters, "rows") or []) or not all(
            map(rows.GENERATION_ID.fullmatch, ids)
        ):
            raise BHUMAN.no_id(f"{cls.id_label} of each row, in the rows' order")
        return rows.operation(ids, build(spec, parameters))

    def find(self, spec: ModelSpec, parameters: JSON, reference: str, sent_at: float) -> Started | None:
        """By the rows' words, in the list of the template or campaign, where it may be read."""
        body = build(spec, parameters)
        ids = lost.find_rows(lambda page: self._made_from(body, page), MOST_PAGES, body, sent_at)
        return Started(rows.operation(ids, body)) if ids else None

    def account(self) -> Account:
        """A list is the only question that costs nothing; BHuman tells no balance, and may keep lists closed."""
        answer = self.http.get(f"{STUDIO}/video_instances?page=0&size=1")
        if unwrap(answer)[0] != 200:
            raise closed.unproved_key(answer)
        return Account(balance=None)

    def instances(self, page: int = 0, size: int = LARGEST_PAGE) -> Page[Instance]:
        """The account's templates, page by page from 0.

        Raises:
            AccessDenied: BHuman does not open this list to the key; an id can be pasted instead.
            ProviderTrouble: no useful answer; asking again is safe.
        """
        body = self._read(f"{STUDIO}/video_instances", page=page, size=size)
        return records.read_page(body, "instances", records.read_instance)

    def instance(self, instance_id: str) -> Instance | None:
        """One template by its id; None where the account has none of it. Raises as `instances` does."""
        found = records.read_list(self._read(f"{STUDIO}/video_instance", id=instance_id), records.read_instance)
        return next((item for item in found if item.id.lower() == instance_id.lower()), None)

    def generated(self, instance_id: str, page: int = 0, size: int = LARGEST_PAGE) -> Page[GeneratedVideo]:
        """A template's videos so far. Raises as `instances` does."""
        body = self._read(
            f"{STUDIO}/generated_video_by_video_instance_id",
            video_instance_id=instance_id,
            page=page,
            size=size,
        )
        return records.read_page(body, "videos", records.read_video)

    def campaigns(self, page: int = 0, size: int = LARGEST_PAGE) -> Page[Campaign]:
        """The account's campaigns, page by page from 0. Raises as `instances` does."""
        body = self._read(f"{STUDIO}/campaigns", closed.PASTE_CAMPAIGN, page=page, size=size)
        return records.read_page(body, "campaigns", records.read_campaign)

    def campaign(self, campaign_id: str) -> Campaign | None:
        """One campaign by its id; None where the account has none of it. Raises as `instances` does."""
        body = self._read(f"{STUDIO}/campaign", closed.PASTE_CAMPAIGN, id=campaign_id)
        found = records.read_list(body, records.read_campaign)
        return next((item for item in found if item.id.lower() == campaign_id.lower()), None)

    def campaign_videos(self, campaign_id: str, page: int = 0, size: int = LARGEST_PAGE) -> Page[GeneratedVideo]:
        """A campaign's videos so far. Raises as `instances` does."""
        body = self._read(
            f"{STUDIO}/generated_video_by_campaign_id",
            closed.PASTE_CAMPAIGN,
            campaign_id=campaign_id,
            page=page,
            size=size,
        )
        return records.read_page(body, "videos", records.read_video)

    def workspaces(self) -> tuple[Workspace, ...]:
        """Where a product of the store can be put to use. Raises as `instances` does."""
        return records.read_list(self._read(WORKSPACES, closed.IN_THE_APP), records.read_workspace)

    def products(self) -> tuple[Product, ...]:
        """Everything in the store. Raises as `instances` does."""
        return records.read_list(self._read(f"{STORE}/product", closed.IN_THE_APP), records.read_product)

    def store_settings(self) -> StoreSettings:
        """The store's categories and tags. Raises as `instances` does."""
        return records.read_settings(self._read(f"{STORE}/settings", closed.IN_THE_APP))

    def use_product(
        self,
        product_id: str,
        workspace_id: str,
        folder_id: str | None = None,
        video_instance_id: str | None = None,
    ) -> UsedProduct:
        """Puts a product of the store to use: sent once, because each time makes a template.

        Args:
            product_id: of the store.
            workspace_id: which workspace gets it.
            folder_id: an existing folder; without it a new one is made.
            video_instance_id: an existing template in that folder; without it a new one is made.

        Raises:
            InvalidRequest: a template without its folder; nothing was sent.
            NotStarted: BHuman refused it; nothing was made.
            OutcomeUnknown: it may have been made; look in BHuman.
        """
        body = build_use(product_id, workspace_id, folder_id, video_instance_id)
        return read_use(self.http.post(f"{STORE}/product/use", body))

    def _read(self, url: str, hint: str = closed.PASTE, **query: Any) -> Any:
        answer = self.http.get(f"{url}?{urlencode(query)}" if query else url)
        status, body = unwrap(answer)
        if status != 200 or not isinstance(body, dict | list):
            raise closed.no_list(answer, hint)
        return body

    def _listed(self, operation: Operation, wanted: set[str]) -> dict[str, GeneratedVideo]:
        """Those of the wanted that stand in the template's or campaign's list; nothing where it is closed."""
        found: dict[str, GeneratedVideo] = {}
        for number in range(MOST_PAGES):
            try:
                page = self._made_from(operation, number)
            except StudioError:
                break
            found |= {video.id: video for video in page.items if video.id in wanted}
            if len(found) == len(wanted) or len(page.items) < LARGEST_PAGE:
                break
        return found

    def _made_from(self, source: JSON, page: int) -> Page[GeneratedVideo]:
        """A page of what its campaign, or its template, has made so far. Raises as `instances` does."""
        campaign, template = (str(source.get(name) or "") for name in ("campaign_id", "video_instance_id"))
        return self.campaign_videos(campaign, page) if campaign else self.generated(template, page)

    def _generated(self, identifier: str) -> GeneratedVideo | None:
        answer = self.http.get(f"{STUDIO}/generated_video_by_id?{urlencode({'id': identifier})}")
        return rows.read_generated(answer, identifier)


def build(spec: ModelSpec, parameters: JSON) -> JSON:
    """The body of a table of rows: documented names, what was left out left out."""
    return placed(spec, {name: parameters.get(name) for name in spec.parameters()})


def route(spec: ModelSpec, body: JSON) -> str:
    """Where a table is sent: by campaign and by template are two routes."""
    return CAMPAIGN_ROUTE if spec.value(body, "campaign") else spec.slug


def build_use(
    product_id: str, workspace_id: str, folder_id: str | None = None, video_instance_id: str | None = None
) -> JSON:
    """The body of "use product", with its one rule: an existing template needs its folder named."""
    if video_instance_id and not folder_id:
        raise InvalidRequest({"folder_id": "Name the folder of the template that the product shall go into."})
    body = {"id": product_id, "workspace_id": workspace_id}
    optional = {"folder_id": folder_id, "video_instance_id": video_instance_id}
    return body | {name: value for name, value in optional.items() if value}


def read_use(answer: Answer) -> UsedProduct:
    status, body = unwrap(answer)
    if status not in (200, 201):
        raise closed.store_refusal(answer)
    made = records.read_used(body)
    if made is None:
        raise closed.store_unknown()
    return made
