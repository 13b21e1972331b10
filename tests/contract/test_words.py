"""One test reads every sentence that a provider's misbehaviour can bring about, ours and those that quote it."""

from __future__ import annotations

import ast
import json

import pytest

from components import errors
from components.engine import collect, save, submit
from components.errors import ErrorInfo, StudioError
from components.providers import PROVIDERS
from components.providers.http import Answer
from components.providers.refusals import SENTENCES, Meaning
from components.settings import ROOT
from tests.sentences import faults

NASTY = [
    "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    '{"error": {"code": "x", "detail": [1]}}',
    '[{"loc": ["body"], "msg": "no"}]',
    'Traceback (most recent call last): File "/app/run.py", line 3, in <module>',
    "torch.cuda.OutOfMemoryError: CUDA out of memory",
    "ValueError: the face is hidden",
    "taskUUID must be a version 4 UUID",
    "Blocked by Cloudflare for fal.ai",
    "Ask Segmind, Runware, AI/ML API or BHuman",
    "object at 0x7f3a2b failed",
    "see https://internal.example/x?key=1",
    "",
]
STATUSES = (200, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 413, 415, 422, 429, 500, 501, 502, 503, 504)


def bodies(words: str) -> list[bytes]:
    shapes = (
        {"error": words},
        {"message": words},
        {"code": 400, "result": {"error": words}},
        {"detail": [{"msg": words}]},
    )
    listed = {"errors": [{"code": "invalidInputs", "message": words, "parameter": ["taskUUID", "inputs.audio"]}]}
    return [words.encode(), *(json.dumps(shape).encode() for shape in (*shapes, listed))]


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_sentence_when_a_provider_is_quoted_then_it_is_fit_for_people(provider):
    refusals = PROVIDERS[provider].refusals
    said = [refusals.error(Meaning(kind, words, ("taskUUID",))) for kind in SENTENCES for words in NASTY]
    for status in STATUSES:
        for words in NASTY:
            for body in bodies(words):
                said += [refusals.refusal(Answer(status, {}, body)), refusals.trouble(Answer(status, {}, body))]
    found = {fault for error in said for fault in faults(error.info(), provider)}
    assert not found


def constants() -> list[ErrorInfo]:
    """What the engine says by itself."""
    found = [value for module in (submit, save, collect) for value in vars(module).values()]
    infos = [value.info() if isinstance(value, StudioError) else value for value in found]
    return [info for info in infos if isinstance(info, ErrorInfo)]


def test_sentence_when_the_engine_says_it_then_it_is_fit_for_people():
    assert len(constants()) > 4
    assert not [fault for info in constants() for fault in faults(info)]


def test_error_when_it_is_written_in_the_code_then_it_names_no_class():
    """Words with the name of a Python class in them are made by interpolation alone."""
    told = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, StudioError)
    }
    for path in (ROOT / "components").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in told:
                assert "__name__" not in ast.unparse(node), path
