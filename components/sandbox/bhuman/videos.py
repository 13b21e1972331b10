"""How a row's video is shown: the record that is polled and listed, and the body of a callback. Knows no route.

Sources: github.com/bhuman-ai/public_api, API guide of 2023 and README of June 2026 (fields; `video_instance_id`
or `campaign_id` by what it was generated from; media host); www.bhuman.ai/docs/api as read 2026-10-02 (status
words, the callback's fields).
"""

from __future__ import annotations

from starlette.requests import HTTPConnection

from components.sandbox.bhuman import stock
from components.sandbox.bhuman.answers import MEDIA, picture_url, stamp
from components.sandbox.gateway import address
from components.sandbox.tasks import Task

WORDS = {"QUEUED": "queued", "PROCESSING": "processing", "COMPLETED": "succeeded", "FAILED": "failed"}


def record(at: HTTPConnection | str, task: Task) -> stock.JSON:
    """A generated video as the API shows it; what failed or is under way has no media."""
    template, campaign = (task.asked.get(name) for name in ("video_instance_id", "campaign_id"))
    done, failed = task.state == "COMPLETED", task.state == "FAILED"
    url = address(at, MEDIA, f"outputs/{task.id}.mp4") if done else None
    return {
        "id": task.id,
        "user_id": stock.USER,
        "video_id": stock.made_id("video", str(template or campaign)),
        "actor_id": stock.made_id("actor"),
        "video_instance_id": template,
        "campaign_id": campaign,
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


def callback(task: Task) -> stock.JSON:
    """What a callback gets, in the fields of both documents; what is missing is an empty text there."""
    video = record(task.reached, task)
    texts = {name: video[name] or "" for name in ("share_url", "url", "thumbnail", "gif", "message")}
    same = {name: video[name] for name in ("id", "campaign_id", "status", "execution_name", "row_index")}
    return same | texts | {"video_url": texts["share_url"], "campaign_result_id": None}
