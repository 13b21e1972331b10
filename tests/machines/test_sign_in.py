"""A sign-in at two servers of one studio, behind one address that sends each request to either of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr

from components.settings import Settings
from tests.attack.visits import NAME, Cookies, is_in, is_still_in
from tests.oidc_server import start_provider, variables
from tests.sandbox_server import until
from tests.studio_server import StudioServer, start_studio
from tests.team import BOB, EVE

ADDRESS = "https://studio.team.test"
HERE = {"Host": "studio.team.test"}
SECURE = re.compile(r"; *secure\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with start_provider(tmp_path_factory.mktemp("provider")) as address:
        yield address


@pytest.fixture
def one_studio(postgres, tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path / "data", database_url=postgres.new_database())
    return settings.model_copy(update={"shared_secret": SecretStr("s" * 32), "sandbox": "never"})


@pytest.fixture
def servers(one_studio: Settings, provider: str, tmp_path: Path) -> Iterator[list[StudioServer]]:
    way_in = variables(provider, ADDRESS)
    one, two = (one_studio.model_copy(update={"data_dir": tmp_path / name / "data"}) for name in ("one", "two"))
    with start_studio(one, **way_in) as first, start_studio(two, **way_in) as second:
        yield [first, second]


class Visitor:
    """A browser whose requests a balancer sends where it likes. The address is https: its cookies must say so."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.jar: dict[str, str] = {}
        self.insecure: list[str] = []

    def get(self, server: StudioServer, path: str) -> str:
        """Asks a server for a path of the address; gives the address that it leads on to."""
        answer = requests.get(
            f"{server.url}{path}", headers=HERE | self._line(), timeout=60, allow_redirects=False
        )
        for cookie in answer.raw.headers.getlist("set-cookie"):
            pair, _, about = cookie.partition(";")
            self.insecure += [] if SECURE.search(";" + about) else [cookie]
            name, _, value = pair.partition("=")
            self.jar[name] = value
        return answer.headers.get("location", "")

    def signs_in(self, first: StudioServer, then: StudioServer, email: str) -> None:
        """Presses the button at one, says who it is at the provider, and comes back to the other."""
        begun = self.get(first, Cookies(self._settings, ADDRESS).start_of_a_sign_in())
        said = requests.post(begun, data={"sub": email}, timeout=60, allow_redirects=False)
        self.get(then, said.headers["location"].removeprefix(ADDRESS))

    def _line(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.jar.items())} if self.jar else {}


def test_sign_in_when_begun_at_one_server_then_it_ends_at_the_other_and_both_know_who_it_is(servers, one_studio):
    for first, then in (servers, servers[::-1]) * 3:
        visitor = Visitor(one_studio)
        visitor.signs_in(first, then, BOB)
        assert all(is_in(server, visitor.jar, **HERE) for server in servers)
        assert visitor.insecure == []
        assert visitor.jar[NAME]


def test_sign_in_when_the_provider_knows_them_and_the_studio_does_not_then_neither_lets_them_in(
    servers, one_studio
):
    visitor = Visitor(one_studio)
    visitor.signs_in(*servers, EVE)
    assert visitor.jar[NAME]
    assert not any(is_in(server, visitor.jar, **HERE) for server in servers)


def test_sign_out_when_made_at_one_server_then_the_other_refuses_a_copy_soon(servers, one_studio):
    visitor = Visitor(one_studio)
    visitor.signs_in(*servers, BOB)
    copy = dict(visitor.jar)
    assert all(is_in(server, copy, **HERE) for server in servers)
    assert visitor.get(servers[0], "/auth/logout").startswith(("http://localhost", ADDRESS, "/"))
    assert not is_in(servers[0], copy, **HERE)
    until(lambda: not is_still_in(servers[1], copy, **HERE))
