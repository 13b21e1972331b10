"""One test reads every sentence that a provider's misbehaviour can bring about, ours and those that quote it."""

from __future__ import annotations

import ast
import json
import re
import time

import pytest

from components import errors
from components.catalog import MODELS
from components.engine import collect, save, submit
from components.errors import ErrorInfo, OutcomeUnknown, ProviderTrouble, StudioError, TryAgainLater
from components.library.records import SILENT_AFTER, Generation
from components.providers import PROVIDERS
from components.providers.http import Answer
from components.providers.refusals import SENTENCES, Meaning
from components.settings import ROOT
from components.ui.frame import lateness
from tests.contract.faults import KEPT
from tests.sentences import faults

NASTY = [
    "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>",
    '{"error": {"code": "x", "detail": [1]}}',
    '[{"loc": ["body"], "msg": "no"}]',
    'Traceback (most recent call last): File "/app/run.py", line 3, in <module>',
    'Traceback (most recent call last): File "/app/run.py", line 3, in run',
    "torch.cuda.OutOfMemoryError: CUDA out of memory",
    "ValueError: the face is hidden",
    "taskUUID must be a version 4 UUID",
    "Blocked by Cloudflare for fal.ai",
    "Ask Segmind, Runware, AI/ML API or BHuman",
    "object at 0x7f3a2b failed",
    "see https://internal.example/x?key=1",
    "",
]
MATRIX = json.loads(KEPT.read_text("utf-8"))
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


PRESSES = re.compile(r"\b(generate|send|press|try) (it )?(once more|again)\b", re.IGNORECASE)
"""Advice that costs money while the studio sends or asks by itself."""


def waiting(provider: str) -> list[ErrorInfo]:
    """All that is said of a generation that goes on, by a provider that misbehaves."""
    kind = PROVIDERS[provider]
    later = (TryAgainLater, ProviderTrouble, OutcomeUnknown)
    errors = [kind.refusals.error(Meaning(name)) for name in SENTENCES]
    said = [submit._said(error, submit.BY_ITSELF) for error in errors if isinstance(error, later)]
    troubled = one_that_is_troubled(next(spec for spec in MODELS.values() if spec.provider == provider).id)
    since, _, hint = lateness.hindrance(troubled, None).partition("; ")
    return [*said, collect.silent(kind.name), ErrorInfo(code="", message=f"{since}.", hint=hint)]


def one_that_is_troubled(model: str) -> Generation:
    long_ago = time.time() - 2 * SILENT_AFTER
    given = {"parameters": {}, "sandbox": False, "state": "running", "troubled_since": long_ago}
    return Generation.model_construct(id="x", model=model, error=None, **given)


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_sentence_when_a_generation_waits_then_it_is_fit_for_people_and_advises_no_press(provider):
    said = [info for info in waiting(provider) if submit.UPLOAD_LOST not in info.message]
    assert len(said) > 4
    assert not [fault for info in said for fault in faults(info, provider)]
    assert not [info for info in waiting(provider) if PRESSES.search(f"{info.message} {info.hint}")]


def test_sentence_when_bringing_home_is_hindered_then_it_advises_no_press():
    hints = {*written_hints("ProviderTrouble"), save.AGAIN, collect.ASKED_ON, submit.BY_ITSELF}
    assert len(hints) > 6
    assert not [hint for hint in hints if re.search("generate", hint, re.IGNORECASE)]


def written_hints(error: str) -> set[str]:
    """The next steps that stand word for word where such an error is made."""
    found = set()
    for path in (ROOT / "components").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == error
            if made and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
                found.add(str(node.args[1].value))
    return found


@pytest.mark.parametrize("provider", sorted(PROVIDERS))
def test_sentence_when_the_matrix_brought_it_about_then_it_is_fit_for_people(provider):
    said = {cell["told"] for moment in MATRIX[provider].values() for cell in cells(moment) if cell["told"]}
    assert len(said) > 10
    found = [fault for told in said for fault in faults(halves(told), provider)]
    assert not [fault for fault in found if "not its own" not in fault], "the studio's own name no provider"


def cells(found: object) -> list[dict]:
    if isinstance(found, dict) and "told" in found:
        return [found]
    values = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [cell for value in values for cell in cells(value)]


def halves(told: str) -> ErrorInfo:
    """The matrix keeps message and next step as one text."""
    message, _, hint = told.partition(". ")
    return ErrorInfo(code="", message=f"{message}.", hint=hint or message)


def test_error_when_it_is_written_in_the_code_then_it_names_no_class():
    """Words with the name of a Python class in them are made by interpolation alone."""
    told = {
        name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, StudioError)
    }
    for path in (ROOT / "components").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in told:
                assert "__name__" not in ast.unparse(node), path
