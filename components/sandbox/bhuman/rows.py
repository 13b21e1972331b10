"""The body of a table of rows, by template or by campaign: its shape, its checks, a clip for each row.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 (by template) and READMEs of June and July 2026 (by
campaign, backgrounds); www.bhuman.ai/docs/api as read 2026-10-02 (2,000 rows a request, the two modes, assets
and backgrounds in step with the rows, 400 for what has the right shape but cannot be used).
"""

from __future__ import annotations

import uuid
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel

from components.catalog.models.bhuman import MOST_ROWS, variable_problem
from components.sandbox.bhuman import errors
from components.sandbox.rehearse import Rehearsal
from components.sandbox.scene import Scene
from components.sandbox.tasks import Task

PROVIDER, API = "bhuman", "ai_studio"
TRY_SAMPLE, CAMPAIGN = "try_sample", "pipeline/campaign"
WIDTH, HEIGHT, FPS, FRAMES = 854, 480, 25, 75


class Background(BaseModel, strict=True):
    """What a segment of the video shows behind the presenter; `end` is -1 for the rest of it."""

    name: str | None = None
    start: float
    end: float
    kind: str
    config: dict[str, Any]


class Table(BaseModel, extra="forbid", strict=True):
    """What both routes take; what the sandbox has no use for is taken and left alone."""

    variables: list[str]
    names: list[list[str]]
    callback_url: str | None = None
    assets: list[list[str]] | None = None
    backgrounds: list[Background] | None = None
    enable_lipsync: bool | None = None
    enable_subtitles: bool | None = None


class TemplateRows(Table):
    """The body of `try_sample`."""

    video_instance_id: str
    campaign_result_ids: list[str] | None = None
    filter_complex: str | None = None


class CampaignRows(Table):
    """The body of `pipeline/campaign`; a mode that is missing or blank is `keep_original`."""

    campaign_id: str
    generation_mode: Literal["keep_original", "full_script", ""] | None = None


def check(table: Table) -> None:
    """Whether the rows can be used.

    Raises:
        Answer: 400.
    """
    wrong = variable_problem(table.variables)
    if wrong or not 1 <= len(table.names) <= MOST_ROWS:
        raise errors.Answer(400, wrong or f"names must have between 1 and {MOST_ROWS} rows")
    for number, row in enumerate(table.names):
        if len(row) != len(table.variables):
            raise errors.Answer(400, f"names[{number}] has {len(row)} values for {len(table.variables)} variables")
    if table.assets and len(table.assets) != len(table.names):
        raise errors.Answer(400, f"assets has {len(table.assets)} rows for {len(table.names)} rows of names")
    for number, assets in enumerate(table.assets or []):
        if table.backgrounds and len(assets) != len(table.backgrounds):
            raise errors.Answer(
                400, f"assets[{number}] has {len(assets)} values for {len(table.backgrounds)} backgrounds"
            )
    if table.callback_url and urlsplit(table.callback_url).scheme not in ("http", "https"):
        raise errors.Answer(400, "callback_url is not a URL")


def clips(table: TemplateRows | CampaignRows, rehearsal: Rehearsal, now: float) -> list[Task]:
    """One for each row; a rehearsed failure meets the second, or the only one."""
    if isinstance(table, CampaignRows):
        slug, source = CAMPAIGN, {"campaign_id": table.campaign_id}
    else:
        slug, source = TRY_SAMPLE, {"video_instance_id": table.video_instance_id}
    failing = min(1, len(table.names) - 1)
    return [
        Task(
            id=str(uuid.uuid4()),
            provider=PROVIDER,
            slug=slug,
            api=API,
            asked={**source, "row_index": number, "text": row},
            scene=_scene(table, row),
            error=rehearsal.fail if number == failing else "",
            slow_seconds=rehearsal.slow_seconds,
            created=now,
        )
        for number, row in enumerate(table.names)
    ]


def _scene(table: TemplateRows | CampaignRows, row: list[str]) -> Scene:
    """A card that greets the person; what was asked for and cannot be seen on it is said below."""
    whole_script = isinstance(table, CampaignRows) and table.generation_mode == "full_script"
    notes = (("full script",) if whole_script else ()) + (("no backgrounds",) if table.backgrounds else ())
    return Scene(
        prompt=f"Hi {row[0].strip()}" + "".join(f" · {value.strip()}" for value in row[1:]),
        width=WIDTH,
        height=HEIGHT,
        frames=FRAMES,
        fps=FPS,
        detail=1.0,
        notes=notes,
    )
