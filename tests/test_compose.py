"""What is read when a studio is deployed: compose.yaml, the Caddyfile, the unit, the example of the variables."""

from __future__ import annotations

import re

import pytest

from components.providers import PROVIDERS
from components.settings import Settings
from tests.deployed import COMPOSE, variables
from tests.sandbox_server import ROOT

KEYS = {name.upper() for kind in PROVIDERS.values() for name in kind.key_names}
KNOWN = KEYS | {str(field.alias) for field in Settings.model_fields.values()}
UNIT = (ROOT / "deploy" / "screentest.service").read_text("utf-8")


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("service", ["web1", "web2", "worker"])
def test_service_when_read_then_its_variables_are_the_studios_and_it_has_time_to_stop(service):
    assert {name for name in variables(service) if not name.startswith("AWS_")} - KNOWN == set()
    assert set(variables(service)) >= KEYS
    assert float(variables(service)["STUDIO_STOP_SECONDS"]) < int(COMPOSE[service]["stop_grace_period"][:-1])


def test_compose_when_read_then_the_example_names_all_that_it_asks_for():
    asked = set(re.findall(r"\$\{(\w+):", text("compose.yaml")))
    assert asked == set(re.findall(r"^(\w+)=", text("deploy/example.env"), re.MULTILINE))


def test_compose_when_read_then_only_the_balancer_is_reached_from_outside():
    assert {name for name, service in COMPOSE.items() if "ports" in service} == {"caddy"}


def test_caddyfile_when_read_then_compose_gives_all_that_it_names():
    assert set(re.findall(r"\{\$(\w+)\}", text("deploy/Caddyfile"))) == set(variables("caddy"))


def test_nginx_when_read_then_the_documents_give_all_that_it_names():
    named = set(re.findall(r"\$\{(\w+)\}", text("deploy/nginx.conf.template")))
    exported = re.findall(r"^export (.*?)\nenvsubst", text("docs/deploy.md"), re.MULTILINE | re.DOTALL)[0]
    assert named == set(re.findall(r"\b([A-Z_]+)=", exported))


def test_unit_when_read_then_its_variables_are_known_and_it_has_time_to_stop():
    (line,) = re.findall(r"^Environment=(.*)$", UNIT, re.MULTILINE)
    given = dict(pair.split("=", 1) for pair in line.split())
    assert set(given) - KNOWN == {"PYTHONUNBUFFERED"}
    assert float(given["STUDIO_STOP_SECONDS"]) < int(re.findall(r"TimeoutStopSec=(\d+)", UNIT)[0])
    assert "ExecStart=/opt/screentest/.venv/bin/python app.py" in UNIT
