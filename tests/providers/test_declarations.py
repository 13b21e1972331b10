"""What each provider says of itself is complete, whichever providers there are."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from components.catalog import MODELS
from components.providers import PROVIDERS
from components.providers.program_text import TOKEN
from components.settings import Settings

NAMED_BY_ALL = {"HELPER", "FILES", "BODY", "MODEL", "STEPS", "IMPORTS"}


@pytest.fixture(params=PROVIDERS.values(), ids=PROVIDERS.keys())
def kind(request):
    return request.param


def test_keys_when_declared_then_each_is_named_and_titled_and_belongs_to_one_provider(kind):
    assert kind.key_names == tuple(key.name for key in kind.keys)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", key.name) and key.title for key in kind.keys)
    names = [name for every in PROVIDERS.values() for name in every.key_names]
    assert len(names) == len(set(names))


def test_links_when_declared_then_they_are_https_and_lead_to_a_page(kind):
    for address in (kind.billing, kind.history, kind.status_page or kind.billing):
        assert urlsplit(address).scheme == "https"
        assert urlsplit(address).netloc not in kind.hosts


def test_id_when_an_operation_holds_none_then_there_is_none(kind):
    assert kind.id_label
    assert kind.id_of({}, 0) is None


def test_id_when_an_operation_holds_it_then_it_is_found(kind):
    for known in ("abc-1", ["abc-0", "abc-1"]):
        found = kind.id_of({kind.id_key: known}, 1)
        assert found in (None, "abc-1")
    assert "abc-1" in (kind.id_of({kind.id_key: "abc-1"}, 0), kind.id_of({kind.id_key: ["abc-1"]}, 0))


def test_programs_when_declared_then_they_name_nothing_that_is_not_filled_in(kind):
    spec = next(spec for spec in MODELS.values() if PROVIDERS[spec.provider] is kind)
    body = kind.program_body(spec, {}, {}, Settings())
    known = kind.program_words(spec, body).keys() | NAMED_BY_ALL
    way = kind.programs
    for template in (way.python, way.curl, way.python_helper, way.curl_helper):
        assert set(TOKEN.findall(template)) <= known
    assert bool(way.python_helper) == bool(way.curl_helper)


def test_options_when_declared_then_each_has_a_default_and_belongs_to_one_provider(kind):
    assert all(option.choices and option.name.isupper() for option in kind.options)
    names = [option.name for every in PROVIDERS.values() for option in every.options]
    assert len(names) == len(set(names))
