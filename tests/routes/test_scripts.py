"""Browser modules: kept for good under an address that names their contents; nothing else is to be had there."""

from __future__ import annotations

import pytest

from components import scripts


def test_script_when_asked_for_by_its_address_then_it_is_kept_for_good(ask):
    got = ask(scripts.address("player", "player.js"))
    assert got.status == 200
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert b"export function update" in got.content


def test_style_sheet_when_asked_for_then_it_has_its_own_type(ask):
    assert (
        ask(scripts.address("player", "player.css"), "HEAD").headers["content-type"] == "text/css; charset=utf-8"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/scripts/0123456789abcdef/player/player.js",
        "/scripts/{version}/gallery/player.js",
        "/scripts/{version}/player/__init__.py",
        "/scripts/{version}/player/..%2F__init__.py",
        "/scripts/{version}/player/%2e%2e/%2e%2e/shell.py",
        "/scripts/{version}/..%2F..%2Fui/player.js",
    ],
)
def test_script_when_it_is_another_version_or_no_script_then_it_is_not_found(ask, path):
    version = scripts.address("player", "player.js").split("/")[2]
    got = ask(path.replace("{version}", version))
    assert got.status == 404
    assert b"import" not in got.content
