from __future__ import annotations

import pytest

from components.catalog.addresses import host, is_address, last_part, readable


@pytest.mark.parametrize("value", ["https://a/b", "HTTPS://a", "http://a"])
def test_address_when_it_is_one_then_told_whatever_its_capitals(value):
    assert is_address(value)


@pytest.mark.parametrize("value", ["", "ftp://a", "a https://b", None, 5, "0" * 32])
def test_address_when_it_is_none_then_told(value):
    assert not is_address(value)


@pytest.mark.parametrize(
    ("address", "last", "where"),
    [
        ("https://a.example/b/c.jpg?sig=1", "c.jpg", "a.example"),
        ("https://a.example/?sig=1", "a.example", "a.example"),
        ("https://[x", "a web address", "a web address"),
        ("https://", "a web address", "a web address"),
        ("https://a..b/x", "a web address", "a web address"),
    ],
)
def test_address_when_shown_then_without_what_may_be_a_signature(address, last, where):
    assert (last_part(address), host(address)) == (last, where)
    assert readable(address) is (where != "a web address")
