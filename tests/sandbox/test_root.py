"""The sandbox with one provider's host at the root, for clients that drop the path of a base address."""

from __future__ import annotations

import subprocess
import sys

import pytest
import requests

from tests.sandbox_server import ROOT, start_sandbox

KEY = {"Authorization": "Bearer key"}


@pytest.fixture(scope="module")
def rooted(tmp_path_factory):
    with start_sandbox(tmp_path_factory.mktemp("rooted"), "--root", "api.aimlapi.com") as running:
        yield running


@pytest.mark.parametrize("path", ["v2/billing", "api.aimlapi.com/v2/billing"])
def test_route_when_its_host_is_at_the_root_then_it_answers_under_both_addresses(rooted, path):
    told = requests.get(f"{rooted.url}/{path}", headers=KEY, timeout=60).json()
    assert told["currency"] == "USD"


def test_error_when_its_host_is_at_the_root_then_the_path_is_the_providers_own(rooted):
    assert requests.get(f"{rooted.url}/v2/billing", timeout=60).json()["path"] == "/v2/billing"


def test_other_hosts_when_one_is_at_the_root_then_they_answer_as_before(rooted):
    url = rooted.at("api.segmind.com", "v1/get-user-credits")
    assert requests.get(url, headers={"x-api-key": "k"}, timeout=60).json()["credits"]
    assert requests.get(f"{rooted.url}/healthz", timeout=60).json() == {"ok": True}


def test_root_when_the_host_is_unknown_then_it_does_not_start_and_says_which_there_are(tmp_path):
    command = [sys.executable, "-m", "components.sandbox", "--port", "0", "--data", str(tmp_path), "--root", "x"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert "api.aimlapi.com" in ended.stderr
