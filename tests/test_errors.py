"""The errors are one tree, drawn at the top of its file, and each is a sentence and a next step."""

from __future__ import annotations

import inspect
import re

import pytest

from components import errors
from components.errors import StudioError

LINE = re.compile(r"^(?P<indent>[│ ]*)(├── |└── )?(?P<name>[A-Z]\w+)(?P<words>\s.*)?$")


def classes():
    found = inspect.getmembers(errors, inspect.isclass)
    return {kind for _, kind in found if issubclass(kind, StudioError) and kind.__module__ == errors.__name__}


def drawn():
    """Each class of the drawn tree with the one it hangs from."""
    tree, path = {}, []
    for text in errors.__doc__.splitlines()[2:]:
        line = LINE.match(text)
        depth = 0 if text.startswith("StudioError") else len(line["indent"]) // 4 + 1
        path[depth:] = [line["name"]]
        tree[line["name"]] = path[depth - 1] if depth else "Exception"
    return tree


def test_drawn_tree_when_compared_with_the_classes_then_every_class_hangs_where_it_is_drawn():
    assert drawn() == {kind.__name__: kind.__base__.__name__ for kind in classes()}


def test_codes_when_compared_then_each_class_has_one_of_its_own():
    codes = [kind.code for kind in classes()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)


def make(kind):
    if kind is errors.InvalidRequest:
        return kind({"frames": "What is wrong."})
    extra = {"seconds": 31.0} if kind is errors.AudioTooLong else {}
    return kind("What is wrong.", "What to do.", **extra)


@pytest.mark.parametrize("kind", sorted(classes(), key=lambda kind: kind.__name__))
def test_error_when_raised_then_its_words_and_its_record_say_the_same(kind):
    error = make(kind)
    info = error.info()
    assert (info.code, info.message, info.hint) == (kind.code, error.message, error.hint)
    assert str(error) == f"{error.message} {error.hint}"
    assert error.message == "What is wrong."


def test_error_when_it_has_no_hint_then_it_is_the_bare_sentence():
    assert str(StudioError("Sentence.")) == "Sentence."


def test_invalid_request_when_several_values_are_wrong_then_it_tells_all():
    error = errors.InvalidRequest({"frames": "One.", "width": "Two."})
    assert error.message == "One. Two."
    assert list(error.problems) == ["frames", "width"]


def test_try_again_later_when_the_provider_names_a_wait_then_it_is_carried():
    assert errors.RateLimited("a", "b", retry_after=3.0).retry_after == 3.0
    assert errors.Unreachable("a", "b").retry_after is None


def test_provider_errors_when_they_prove_that_nothing_started_then_and_only_then_are_they_not_started():
    free = {kind.__name__ for kind in classes() if issubclass(kind, errors.NotStarted)}
    assert free.isdisjoint({"OutcomeUnknown", "GenerationFailed", "RecordMissing", "ProviderTrouble"})
    assert {kind.__name__ for kind in classes() if issubclass(kind, errors.TryAgainLater)} == {
        "TryAgainLater",
        "RateLimited",
        "Unreachable",
    }
