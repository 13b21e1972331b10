"""Speaks BHuman's API as documented, errors included. Knows no other provider and does not render.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (routes, parameters, shapes, the store's rule of
folders) and READMEs of June and July 2026 (campaigns, whose records no document shows: theirs are like the
templates'); recorded answers in github.com/mindcloud-inc/universal-api-reference (`{"code", "result"}` around
everything, `{total, videos}`); www.bhuman.ai/docs/api as read 2026-10-02 (one video is told by its id alone).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from components.sandbox.bhuman import errors, rows, stock
from components.sandbox.bhuman.answers import MEDIA, media_routes, read_body, shown, wrapped
from components.sandbox.bhuman.rows import API, PROVIDER, CampaignRows, TemplateRows
from components.sandbox.bhuman.store import Store, kept_templates
from components.sandbox.bhuman.videos import callback, record
from components.sandbox.gateway import Sandbox, reached
from components.sandbox.rehearse import Kind
from components.sandbox.webhooks import allowed

STUDIO, USER, STORE = "studio.bhuman.ai", "user.bhuman.ai", "store.bhuman.ai"
# What each meaning is answered with. No rate limit is published: 429 is what any gateway would say.
REFUSALS: Mapping[Kind, int] = {"credits": 402, "key": 401, "busy": 429, "server": 500, "lost": 502}
Body = TypeVar("Body", TemplateRows, CampaignRows)


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of BHuman's hosts."""
    bhuman, store = BHuman(sandbox), Store(sandbox)
    sandbox.webhooks.messages[PROVIDER] = callback
    by_host: dict[str, list[BaseRoute]] = {
        STUDIO: [
            Route("/api/ai_studio/video_instances", bhuman.instances),
            Route("/api/ai_studio/video_instance", bhuman.instance),
            Route("/api/ai_studio/campaigns", bhuman.campaigns),
            Route("/api/ai_studio/campaign", bhuman.campaign),
            Route(f"/api/ai_studio/{rows.TRY_SAMPLE}", bhuman.by_template, methods=["POST"]),
            Route(f"/api/ai_studio/{rows.CAMPAIGN}", bhuman.by_campaign, methods=["POST"]),
            Route("/api/ai_studio/generated_video_by_video_instance_id", bhuman.videos_of_template),
            Route("/api/ai_studio/generated_video_by_campaign_id", bhuman.videos_of_campaign),
            Route("/api/ai_studio/generated_video_by_id", bhuman.video),
        ],
        USER: [Route("/api/workspace", store.workspaces)],
        STORE: [
            Route("/api/store/product", store.products),
            Route("/api/store/product/use", store.use, methods=["POST"]),
            Route("/api/store/settings", store.settings),
        ],
        MEDIA: media_routes(sandbox),
    }
    handlers = {HTTPException: errors.from_http, errors.Answer: errors.from_answer}
    return [
        Mount(f"/{host}", app=Starlette(routes=own, exception_handlers=handlers)) for host, own in by_host.items()
    ]


class BHuman:
    """The routes of templates, campaigns and their videos."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._templates = sandbox, kept_templates(sandbox)

    async def instances(self, request: Request) -> Response:
        errors.check_key(request)
        part, all_of_them = errors.query_page(request, required=True), self._templates.all()
        return wrapped(
            {"total": len(all_of_them), "instances": [shown(request, each) for each in all_of_them[part]]}
        )

    async def instance(self, request: Request) -> Response:
        """A list, even for one; without an id, of all."""
        errors.check_key(request)
        wanted = errors.query_uuid(request, "id")
        found = [each for each in self._templates.all() if wanted in (None, each["id"])]
        return wrapped([shown(request, each) for each in found])

    async def campaigns(self, request: Request) -> Response:
        errors.check_key(request)
        part = errors.query_page(request, required=False)
        return wrapped({"total": len(stock.CAMPAIGNS), "campaigns": stock.CAMPAIGNS[part]})

    async def campaign(self, request: Request) -> Response:
        """A list, as of templates."""
        errors.check_key(request)
        wanted = errors.query_uuid(request, "id")
        return wrapped([each for each in stock.CAMPAIGNS if wanted in (None, each["id"])])

    async def by_template(self, request: Request) -> Response:
        return await self._submit(request, TemplateRows, rows.TRY_SAMPLE)

    async def by_campaign(self, request: Request) -> Response:
        return await self._submit(request, CampaignRows, rows.CAMPAIGN)

    async def videos_of_template(self, request: Request) -> Response:
        return self._videos(request, "video_instance_id")

    async def videos_of_campaign(self, request: Request) -> Response:
        return self._videos(request, "campaign_id")

    async def video(self, request: Request) -> Response:
        """Whoever knows the id may ask: no key is needed, but one that is given must be good."""
        if "authorization" in request.headers:
            errors.check_key(request)
        task = self._sandbox.tasks.get(errors.needed(errors.query_uuid(request, "id"), "id"))
        if not task or task.api != API:
            raise errors.Answer(404, "Generated video not found")
        return wrapped(record(request, task))

    def _videos(self, request: Request, source: str) -> Response:
        errors.check_key(request)
        wanted = errors.needed(errors.query_uuid(request, source), source)
        part = errors.query_page(request, required=False)
        found = self._sandbox.tasks.asked(source, wanted)
        return wrapped({"total": len(found), "videos": [record(request, task) for task in found[part]]})

    async def _submit(self, request: Request, shape: type[Body], slug: str) -> Response:
        tasks = self._sandbox.tasks
        try:
            table = await self._table(request, shape)
        except errors.Answer as refused:
            tasks.refuse(refused.status, slug, API)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            tasks.refuse(code, slug, API)
            await self._sandbox.hold(rehearsal.hold_seconds)
            answer = errors.Answer(code).response()
            if rehearsal.kind == "credits":
                answer.status_code = 200  # a used-up quota is an error inside a 200, told by its `code`
            return answer
        told = {"webhook": allowed(request, table.callback_url), "reached": reached(request)}
        made = [task.model_copy(update=told) for task in rows.clips(table, rehearsal, tasks.now())]
        self._sandbox.accept(*made)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return wrapped([task.id for task in made])

    async def _table(self, request: Request, shape: type[Body]) -> Body:
        """The body, if it has the right shape, names what is there, and its rows can be used."""
        errors.check_key(request)
        table: Body = await read_body(request, shape)
        if isinstance(table, CampaignRows):
            source, given, known = "campaign_id", table.campaign_id, stock.CAMPAIGNS
        else:
            source, given, known = "video_instance_id", table.video_instance_id, self._templates.all()
        wanted = errors.as_uuid(given, source)
        if wanted not in {each["id"] for each in known}:
            raise errors.Answer(
                404, "Campaign not found" if source == "campaign_id" else "Video instance not found"
            )
        rows.check(table)
        return table.model_copy(update={source: wanted})
