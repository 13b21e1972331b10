"""The browser's side as one file, kept for good under an address that names its contents, and nothing else."""

from __future__ import annotations

import pytest

from components import scripts


def test_script_when_asked_for_by_its_address_then_it_is_kept_for_good(ask):
    got = ask(scripts.address())
    assert got.status == 200
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.content == scripts.bundle()


def test_script_when_the_browser_can_unpack_it_then_it_comes_packed_and_is_the_same(ask):
    plain, packed = (ask(scripts.address(), **{"Accept-Encoding": how}) for how in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert int(packed.headers["content-length"]) < len(scripts.bundle()) / 3


@pytest.mark.parametrize(
    "path",
    [
        "/scripts/0123456789abcdef/studio.js",
        "/scripts/{version}/player.js",
        "/scripts/{version}/__init__.py",
        "/scripts/{version}/..%2F__init__.py",
        "/scripts/{version}/%2e%2e/%2e%2e/shell.py",
        "/scripts/{version}/..%2F..%2Fui/player.js",
        "/scripts/{version}/player/player.js",
    ],
)
def test_script_when_it_is_another_version_or_no_script_then_it_is_not_found(ask, path):
    got = ask(path.replace("{version}", scripts.version()))
    assert got.status == 404
    assert b"import" not in got.content
