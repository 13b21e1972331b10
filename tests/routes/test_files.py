"""Signed files: served in ranges, under a safe type, to those alone who hold the link."""

from __future__ import annotations

from pathlib import Path

import pytest
from itsdangerous import URLSafeSerializer

from components.library import links
from components.settings import Settings
from components.studio import open_studio

DATA = bytes(range(256)) * 40
KEYS = {
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "jpg": "image/jpeg",
    "png": "image/png",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "bin": "application/octet-stream",
    "html": "application/octet-stream",
    "svg": "application/octet-stream",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("routes") / "data"


@pytest.fixture(scope="module")
def studio(folder):
    """One for all tests of this file: the routes only read."""
    with open_studio(Settings(data_dir=folder)) as running:
        for suffix in KEYS:
            target = folder / "media" / "outputs" / f"a.{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(DATA)
        (folder / "media" / "secret.txt").write_text("hidden")
        yield running


@pytest.fixture
def link(studio):
    return studio.files.url("outputs/a.mp4")


def test_file_when_asked_whole_then_it_comes_whole(ask, link):
    got = ask(link)
    assert (got.status, got.content) == (200, DATA)
    assert got.headers["content-length"] == str(len(DATA))
    assert got.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-99", 0, 100), ("bytes=100-", 100, len(DATA)), ("bytes=-10", len(DATA) - 10, len(DATA))],
)
def test_file_when_asked_in_part_then_the_part_comes(ask, link, asked, start, end):
    got = ask(link, Range=asked)
    assert (got.status, got.content) == (206, DATA[start:end])
    assert got.headers["content-range"] == f"bytes {start}-{end - 1}/{len(DATA)}"


def test_file_when_the_part_lies_beyond_its_end_then_416(ask, link):
    assert ask(link, Range=f"bytes={len(DATA)}-").status == 416


def test_file_when_only_its_head_is_asked_then_no_body_comes(ask, link):
    got = ask(link, "HEAD")
    assert (got.status, got.content, got.headers["content-length"]) == (200, b"", str(len(DATA)))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_file_when_written_to_then_405(ask, link, method):
    assert ask(link, method).status == 405


@pytest.mark.parametrize("suffix", KEYS)
def test_file_when_served_then_our_own_suffix_decides_the_type_and_browsers_may_not_guess(ask, studio, suffix):
    got = ask(studio.files.url(f"outputs/a.{suffix}", "page.html"))
    assert got.headers["content-type"].split(";")[0] == KEYS[suffix]
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in got.headers["content-security-policy"]
    assert "private" in got.headers["cache-control"]
    assert "content-disposition" not in got.headers


def test_file_when_saved_then_it_has_the_links_name(ask, studio):
    got = ask(studio.files.url("outputs/a.mp4", "humo-1.mp4", download=True))
    assert got.headers["content-disposition"] == 'attachment; filename="humo-1.mp4"'


@pytest.mark.parametrize(
    "name", ['a"b;c.mp4', "a\r\nSet-Cookie: x=1.mp4", "Grüße – 1.mp4", "%2e%2e.mp4", "a b.mp4"]
)
def test_file_when_saved_under_an_odd_name_then_the_header_stays_one_header(ask, studio, name):
    got = ask(studio.files.url("outputs/a.mp4", name, download=True))
    assert got.status == 200
    shown = got.headers["content-disposition"]
    assert shown.startswith("attachment; filename")
    assert shown.count('"') in (0, 2)
    assert "set-cookie" not in got.headers


def token_of(link):
    return link.split("/")[2]


@pytest.mark.parametrize("spoil", [str.upper, lambda token: token[:-1], lambda token: "x" + token, lambda _: "x"])
def test_link_when_forged_then_a_sentence_with_404(ask, link, spoil):
    refused(ask(f"/files/{spoil(token_of(link))}/a.mp4"), "not valid")


def test_link_when_signed_with_another_secret_then_it_is_forged(ask, link):
    token = URLSafeSerializer("guess", salt="files").dumps(["outputs/a.mp4", 10**12])
    refused(ask(f"/files/{token}/a.mp4"), "not valid")


def test_link_when_expired_then_a_sentence_with_404(ask, link, monkeypatch):
    later = links.time.time() + 3 * links.PERIOD
    monkeypatch.setattr(links, "time", type("Later", (), {"time": staticmethod(lambda: later)}))
    refused(ask(link), "expired")


def test_link_when_fresh_then_it_lives_at_least_twelve_hours(ask, link, monkeypatch):
    later = links.time.time() + links.PERIOD - 60
    monkeypatch.setattr(links, "time", type("Later", (), {"time": staticmethod(lambda: later)}))
    assert ask(link).status == 200


@pytest.mark.parametrize(
    "key",
    [
        "outputs/../secret.txt",
        "../studio.db",
        "secret.txt",
        "/etc/passwd",
        "outputs/gone.mp4",
        "outputs",
        "",
        "secret",
    ],
)
def test_link_when_well_signed_for_what_is_not_ours_to_give_then_404(ask, studio, key):
    refused(ask(studio.files.url(key, "a.mp4")), "library")


@pytest.mark.parametrize("tail", ["../../secret", "%2e%2e/%2e%2e/secret", "..%2f..%2fsecret", "a/b"])
def test_path_when_it_climbs_then_nothing_is_served(ask, link, tail):
    got = ask(f"/files/{token_of(link)}/{tail}")
    assert got.status == 404
    assert b"hidden" not in got.content


def test_name_when_it_is_a_path_of_its_own_then_it_does_not_choose_the_file(ask, link):
    assert ask(f"/files/{token_of(link)}/secret").content == DATA


def refused(got, words):
    assert got.status == 404
    assert words in got.content.decode()
    assert got.headers["content-type"].startswith("text/plain")
    assert str(Path.home()) not in got.content.decode()
