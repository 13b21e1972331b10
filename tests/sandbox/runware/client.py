"""How the tests speak to the sandbox's Runware over HTTP."""

from __future__ import annotations

import uuid

import requests

from tests.sandbox_server import until

API, MEDIA = "api.runware.ai", "im.runware.ai"
KEY = {"Authorization": "Bearer rw_test"}


def new():
    return str(uuid.uuid4())


def post(sandbox, *tasks, **how):
    return requests.post(sandbox.at(API, "v1"), **({"json": list(tasks), "headers": KEY, "timeout": 60} | how))


def ask(sandbox, kind, number, **more):
    return post(sandbox, {"taskType": kind, "taskUUID": number} | more)


def store(sandbox, media):
    return ask(sandbox, "mediaStorage", new(), operation="upload", media=media).json()["data"][0]


def result(sandbox, number):
    def look():
        body = ask(sandbox, "getResponse", number).json()
        waiting = [item for item in body.get("data", []) if item["status"] == "processing"]
        return None if waiting else body

    return until(look)


def code(answer):
    [error] = answer.json()["errors"]
    return answer.status_code, error["code"], error.get("parameter")
