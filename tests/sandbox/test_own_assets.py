"""Files that are handed to the sandbox itself, for every provider that fetches by address."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

import pytest
import requests

from tests.sandbox.conftest import make_voice


@pytest.fixture
def give(sandbox):
    def give(data, media_type):
        headers = {"Content-Type": media_type} if media_type else {}
        return requests.post(f"{sandbox.url}/_sandbox/assets", data=data, headers=headers, timeout=60)

    return give


def test_file_when_handed_in_then_its_address_serves_it(sandbox, portrait, voice):
    for data, media_type in ((portrait, "image/png"), (voice, "audio/wav; codecs=1")):
        url = sandbox.host(data, media_type)
        assert url.startswith(sandbox.at("media.sandbox.local", "assets/"))
        assert requests.get(url, timeout=60).content == data


def test_file_when_handed_in_then_segmind_reads_it_as_well(sandbox, body, portrait):
    files = {"image": sandbox.host(portrait, "image/png"), "audio": sandbox.host(make_voice(1.0), "audio/wav")}
    assert sandbox.submit(body | files | {"frames": 10}).status_code == 200


@pytest.mark.parametrize("media_type", [None, "", "text/html", "video/mp4", "image/svg+xml", "application/json"])
def test_file_when_neither_image_nor_sound_then_415(give, media_type):
    assert give(b"x", media_type).status_code == 415


def test_file_when_empty_then_400(give):
    assert give(b"", "image/png").status_code == 400


def test_file_when_it_is_said_to_be_larger_than_200_mb_then_413_before_it_is_sent(sandbox):
    connection = http.client.HTTPConnection(urlsplit(sandbox.url).netloc, timeout=60)
    connection.putrequest("POST", "/_sandbox/assets")
    connection.putheader("Content-Type", "audio/wav")
    connection.putheader("Content-Length", str(200 * 1024**2 + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


@pytest.mark.parametrize("name", ["none.png", "..", "%2e%2e%2ftasks.sqlite", "tasks.sqlite"])
def test_address_when_there_is_no_such_file_then_404(sandbox, name):
    assert requests.get(sandbox.at("media.sandbox.local", f"assets/{name}"), timeout=60).status_code == 404
