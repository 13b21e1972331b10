"""The OpenAPI document of `/api/v1`, made of its operations. Format: spec.openapis.org/oas/v3.1.0.

`docs/openapi.json` is the same text, kept so that a change of the door is seen in review.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from components.client.shapes import Refused
from components.routes.api.operations import BASE, Operation

HERE = "#/components/schemas/"
ANY = (401, 403, 429, 503)
"""Statuses of errors that every operation can have."""
WHY = {
    400: "It is no request of this API.",
    401: "No token, or one that is not good.",
    403: "The token may not do that, or a ceiling leaves no room.",
    404: "There is no such thing, or it is another person's.",
    409: "It cannot be cancelled any more.",
    413: "It is too large.",
    422: "Something does not fit; the sentence says what.",
    429: "Too many requests; `Retry-After` says when one more is answered.",
    503: "The studio, its storage or a key is not there.",
}
ABOUT = (
    "The same studio as the pages, for programs: same checks, same sentences, same ceilings. "
    "A token is made on the settings page and sent as `Authorization: Bearer`."
)


def document(operations: Sequence[Operation]) -> str:
    """The document as JSON, the same text for the same operations."""
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(BASE + one.path, {})[one.method.lower()] = _operation(one)
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Screentest", "version": "1", "description": ABOUT},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _operation(one: Operation) -> dict[str, Any]:
    answers = {str(status): _answer(shape) for status, shape in one.answers.items()}
    refusals = {str(status): _refusal(WHY[status]) for status in sorted({*ANY, *one.refusals})}
    told: dict[str, Any] = {"operationId": one.name, "summary": one.summary, "responses": {**answers, **refusals}}
    if parameters := [*_in_path(one), *_in_query(one.query), *_in_headers(one)]:
        told["parameters"] = parameters
    if one.body is not None:
        told["requestBody"] = {"required": True, "content": _content(one.body)}
    return told


def _answer(shape: type[BaseModel] | str) -> dict[str, Any]:
    said = f"A file of {shape}." if isinstance(shape, str) else (shape.__doc__ or "").strip().splitlines()[0]
    return {"description": said, "content": _content(shape)}


def _refusal(why: str) -> dict[str, Any]:
    return {"description": why, "content": _content(Refused)}


def _content(shape: type[BaseModel] | str) -> dict[str, Any]:
    if isinstance(shape, str):
        return {shape: {"schema": {"type": "string", "format": "binary"}}}
    return {"application/json": {"schema": {"$ref": HERE + shape.__name__}}}


def _in_path(one: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", one.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _in_query(query: type[BaseModel] | None) -> list[dict[str, Any]]:
    schema = query.model_json_schema() if query else {}
    needed = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": about}
        for name, about in schema.get("properties", {}).items()
    ]


def _in_headers(one: Operation) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "header", "required": True, "description": said, "schema": {"type": "string"}}
        for name, said in one.headers.items()
    ]


def _schemas(operations: Sequence[Operation]) -> dict[str, Any]:
    """Bodies as they come in, answers as they go out."""
    answered = {shape for one in operations for shape in one.answers.values() if not isinstance(shape, str)}
    taken = {one.body for one in operations if one.body is not None and not isinstance(one.body, str)}
    named: list[type[BaseModel]] = sorted({*answered, Refused}, key=lambda shape: shape.__name__)
    both: list[tuple[type[BaseModel], JsonSchemaMode]] = [(shape, "serialization") for shape in named]
    both += [(shape, "validation") for shape in sorted(taken, key=lambda shape: shape.__name__)]
    _, found = models_json_schema(both, ref_template=HERE + "{model}")
    return dict(sorted(found["$defs"].items()))
