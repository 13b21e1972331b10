"""Speaks BHuman's API as documented, errors included. Knows no other provider and does not render.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (routes, parameters, shapes, the store's rule of
folders) and README of June 2026 (`share_url`, media host); recorded answers in
github.com/mindcloud-inc/universal-api-reference (`{"code", "result"}` around everything, `{total, videos}`);
www.bhuman.ai/docs/api as read 2026-10-02 (2,000 rows a request, status words, the callback's fields).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from components.catalog.models.bhuman import MOST_ROWS, variable_problem
from components.sandbox.bhuman import errors, stock
from components.sandbox.bhuman.answers import MEDIA, media_routes, picture_url, read_body, shown, stamp, wrapped
from components.sandbox.bhuman.store import Store, kept_templates
from components.sandbox.gateway import Sandbox, address, reached
from components.sandbox.rehearse import Kind, Rehearsal
from components.sandbox.scene import Scene
from components.sandbox.tasks import Task
from components.sandbox.webhooks import allowed

STUDIO, USER, STORE = "studio.bhuman.ai", "user.bhuman.ai", "store.bhuman.ai"
PROVIDER, API, SLUG = "bhuman", "ai_studio", "try_sample"
WORDS = {"QUEUED": "queued", "PROCESSING": "processing", "COMPLETED": "succeeded", "FAILED": "failed"}
WIDTH, HEIGHT, FPS, FRAMES = 854, 480, 25, 75
# What each meaning is answered with. No rate limit is published: 429 is what any gateway would say.
REFUSALS: Mapping[Kind, int] = {"credits": 402, "key": 401, "busy": 429, "server": 500, "lost": 502}


class Rows(BaseModel, extra="forbid", strict=True):
    """The body of `try_sample`; what the sandbox has no use for is taken and left alone."""

    video_instance_id: str
    variables: list[str]
    names: list[list[str]]
    callback_url: str | None = None
    assets: list[list[str]] | None = None
    backgrounds: list[dict[str, Any]] | None = None
    campaign_result_ids: list[str] | None = None
    filter_complex: str | None = None
    enable_lipsync: bool | None = None
    enable_subtitles: bool | None = None


def routes(sandbox: Sandbox) -> list[BaseRoute]:
    """One mount for each of BHuman's hosts."""
    bhuman, store = BHuman(sandbox), Store(sandbox)
    sandbox.webhooks.messages[PROVIDER] = _callback
    by_host: dict[str, list[BaseRoute]] = {
        STUDIO: [
            Route("/api/ai_studio/video_instances", bhuman.instances),
            Route("/api/ai_studio/video_instance", bhuman.instance),
            Route("/api/ai_studio/try_sample", bhuman.submit, methods=["POST"]),
            Route("/api/ai_studio/generated_video_by_video_instance_id", bhuman.generated),
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
    """The routes of templates and their videos."""

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

    async def submit(self, request: Request) -> Response:
        tasks = self._sandbox.tasks
        try:
            rows = await self._rows(request)
        except errors.Answer as refused:
            tasks.refuse(refused.status, SLUG, API)
            raise
        rehearsal = self._sandbox.rehearsals.next()
        if code := rehearsal.refusal(REFUSALS):
            tasks.refuse(code, SLUG, API)
            await self._sandbox.hold(rehearsal.hold_seconds)
            answer = errors.Answer(code).response()
            if rehearsal.kind == "credits":
                answer.status_code = 200  # a used-up quota is an error inside a 200, told by its `code`
            return answer
        callback = {"webhook": allowed(request, rows.callback_url), "reached": reached(request)}
        made = [
            _task(rows, number, rehearsal, tasks.now()).model_copy(update=callback)
            for number in range(len(rows.names))
        ]
        tasks.accept(*made)
        for task in made:
            self._sandbox.worker.enqueue(task)
        await self._sandbox.hold(rehearsal.hold_seconds)
        return wrapped([task.id for task in made])

    async def generated(self, request: Request) -> Response:
        errors.check_key(request)
        template = errors.needed(errors.query_uuid(request, "video_instance_id"), "video_instance_id")
        part = errors.query_page(request, required=False)
        found = self._sandbox.tasks.asked("video_instance_id", template)
        return wrapped({"total": len(found), "videos": [_video(request, task) for task in found[part]]})

    async def video(self, request: Request) -> Response:
        errors.check_key(request)
        task = self._sandbox.tasks.get(errors.needed(errors.query_uuid(request, "id"), "id"))
        if not task or task.api != API:
            raise errors.Answer(404, "Generated video not found")
        return wrapped(_video(request, task))

    async def _rows(self, request: Request) -> Rows:
        errors.check_key(request)
        rows: Rows = await read_body(request, Rows)
        template = errors.as_uuid(rows.video_instance_id, "video_instance_id")
        if not self._templates.get(template):
            raise errors.Answer(404, "Video instance not found")
        wrong = variable_problem(rows.variables)
        if wrong or not 1 <= len(rows.names) <= MOST_ROWS:
            raise errors.Answer(400, wrong or f"names must have between 1 and {MOST_ROWS} rows")
        for number, row in enumerate(rows.names):
            if len(row) != len(rows.variables):
                raise errors.Answer(
                    400, f"names[{number}] has {len(row)} values for {len(rows.variables)} variables"
                )
        if rows.callback_url and urlsplit(rows.callback_url).scheme not in ("http", "https"):
            raise errors.Answer(400, "callback_url is not a URL")
        return rows.model_copy(update={"video_instance_id": template})


def _task(rows: Rows, number: int, rehearsal: Rehearsal, now: float) -> Task:
    """One row's clip; a rehearsed failure meets the second row, or the only one."""
    row = rows.names[number]
    failing = number == min(1, len(rows.names) - 1)
    scene = Scene(
        prompt=f"Hi {row[0].strip()}" + "".join(f" · {value.strip()}" for value in row[1:]),
        width=WIDTH,
        height=HEIGHT,
        frames=FRAMES,
        fps=FPS,
        detail=1.0,
    )
    return Task(
        id=str(uuid.uuid4()),
        provider=PROVIDER,
        slug=SLUG,
        api=API,
        asked={"video_instance_id": rows.video_instance_id, "row_index": number, "text": row},
        scene=scene,
        error=rehearsal.fail if failing else "",
        slow_seconds=rehearsal.slow_seconds,
        created=now,
    )


def _video(at: HTTPConnection | str, task: Task) -> stock.JSON:
    """A generated video as the API shows it; what failed or is under way has no media."""
    done, failed = task.state == "COMPLETED", task.state == "FAILED"
    url = address(at, MEDIA, f"outputs/{task.id}.mp4") if done else None
    return {
        "id": task.id,
        "user_id": stock.USER,
        "video_id": stock.made_id("video", task.asked["video_instance_id"]),
        "actor_id": stock.made_id("actor"),
        "video_instance_id": task.asked["video_instance_id"],
        "campaign_id": None,
        "url": url,
        "share_url": url,
        "vimeo_url": None,
        "thumbnail": picture_url(at, f"Hi {task.asked['text'][0]}") if done else None,
        "gif": None,
        "status": WORDS[task.state],
        "checksum": 0,
        "execution_name": f"sandbox-{task.id[:8]}",
        "row_index": task.asked["row_index"],
        "text": task.asked["text"],
        "message": task.error if failed else None,
        "created_at": stamp(task.created),
        "updated_at": stamp(task.finished or task.started or task.created),
    }


def _callback(task: Task) -> stock.JSON:
    """What a callback gets, in the fields of both documents; what is missing is an empty text there."""
    video = _video(task.reached, task)
    texts = {name: video[name] or "" for name in ("share_url", "url", "thumbnail", "gif", "message")}
    same = {name: video[name] for name in ("id", "campaign_id", "status", "execution_name", "row_index")}
    return same | texts | {"video_url": texts["share_url"], "campaign_result_id": None}
