"""Sign-in by a proxy: a real Caddy that knows the people, and everybody who comes to the server past it."""

from __future__ import annotations

import http.client
import subprocess
from collections.abc import Iterator

import pytest
import requests
from pydantic import SecretStr
from websockets.exceptions import InvalidStatus

from components.library.links import Links
from components.library.listening import ListeningTokens
from components.settings import Settings
from tests.attack.visits import CLOSED, is_in, listen, visit
from tests.balancers import CADDY
from tests.sandbox_server import until
from tests.studio_server import StudioServer, free_port, kept_port
from tests.team import ANN, BOB, CEM, EVE

SECRET, PASSWORD = "p" * 32, "a password for the test"
KEY = "outputs/bob-0.mp4"
FILE = """{{
	admin off
	persist_config off
	auto_https off
}}
{address} {{
	basic_auth {{
		{people}
	}}
	reverse_proxy 127.0.0.1:{server} {{
		header_up X-Proxy-Secret {secret}
		header_up X-Forwarded-Email {{http.auth.user.id}}
	}}
}}
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("proxy") / "data"
    return Settings(data_dir=folder, poll_seconds=0.05, shared_secret=SecretStr("s" * 32))


@pytest.fixture(scope="module")
def address() -> str:
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="module")
def server(settings: Settings, address: str) -> Iterator[StudioServer]:
    """On every address of this machine, which without a sign-in it would refuse."""
    film = settings.data_dir / "media" / KEY
    film.parent.mkdir(parents=True)
    film.write_bytes(b"a video of Bob's")
    way_in = {"STUDIO_PROXY_SECRET": SECRET, "STUDIO_PUBLIC_URL": address}
    people = {"STUDIO_ADMINS": ANN, "STUDIO_MEMBERS": "@team.test"}
    with kept_port() as port:
        running = StudioServer(settings, port, STREAMLIT_SERVER_ADDRESS="0.0.0.0", **way_in, **people)
        try:
            running.start()
            yield running
        finally:
            running.kill()


@pytest.fixture(scope="module")
def proxy(server: StudioServer, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Asks people for a password and says who they are; gives its address."""
    command = [CADDY, "hash-password", "--plaintext", PASSWORD]
    hashed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    people = "\n\t\t".join(f"{one} {hashed}" for one in (ANN, BOB, CEM, EVE))
    file = tmp_path_factory.mktemp("caddy") / "Caddyfile"
    file.write_text(FILE.format(address=address, people=people, server=server.port, secret=SECRET))
    with (file.parent / "log").open("wb") as log:
        process = subprocess.Popen([CADDY, "run", "--config", str(file)], stdout=log, stderr=log)
    try:
        until(lambda: knocks(address))
        yield address
    finally:
        process.kill()
        process.wait(60)


def knocks(url: str) -> bool:
    try:
        return requests.get(url, timeout=60).status_code == 401
    except requests.ConnectionError:
        return False


def through(proxy: str, email: str, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{proxy}{path}", auth=(email, PASSWORD), headers=headers, timeout=60)


def test_person_when_the_proxy_names_them_then_in_as_what_the_settings_say(proxy):
    known = {who: through(proxy, who, "/media/none.mp4").status_code for who in (ANN, BOB, EVE)}
    assert known == {ANN: 404, BOB: 404, EVE: 403}


@pytest.mark.parametrize(
    "name", ["X-Forwarded-Email", "x_forwarded_email", "X-Screentest-Visitor", "X_Screentest_Visitor"]
)
def test_person_when_they_send_anothers_name_through_the_proxy_then_the_proxy_decides(proxy, settings, name):
    link = f"/files/{Links(settings, BOB).token(KEY)}/v.mp4"
    assert through(proxy, BOB, link).status_code == 200
    assert through(proxy, CEM, link, **{name: BOB}).status_code == 404
    assert through(proxy, EVE, "/media/none.mp4", **{name: ANN}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Email": ANN},
        {"X-Forwarded-Email": ANN, "X-Proxy-Secret": ""},
        {"X-Forwarded-Email": ANN, "X-Proxy-Secret": "q" * 32},
        {"X-Forwarded-Email": ANN, "X-Proxy-Secret": SECRET[:-1]},
        {"X-Forwarded-Email": ANN, "X_Proxy_Secret": SECRET},
        {"X-Forwarded-Email": ANN, "X-Proxy-Secret": f"{SECRET}, {SECRET}"},
        {"X-Forwarded-Email": f"{BOB}, {ANN}", "X-Proxy-Secret": SECRET},
        {"X_Forwarded_Email": ANN, "X-Proxy-Secret": SECRET},
        {"X-Forwarded-Email": "local", "X-Proxy-Secret": SECRET},
        {"X-Forwarded-Email": "", "X-Proxy-Secret": SECRET},
        {"X-Screentest-Visitor": ANN, "X-Screentest-Session": "x"},
        {"x_screentest_visitor": ANN, "X-Proxy-Secret": SECRET},
    ],
)
def test_header_when_it_does_not_come_from_the_proxy_once_and_whole_then_it_names_nobody(server, headers):
    assert not is_in(server, {}, **headers)


@pytest.mark.parametrize("twice", ["X-Forwarded-Email", "X-Proxy-Secret"])
def test_header_when_it_comes_twice_then_it_names_nobody(server, twice):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.putrequest("GET", CLOSED[0])
    for name, value in (("X-Forwarded-Email", ANN), ("X-Proxy-Secret", SECRET)):
        for _ in range(2 if name == twice else 1):
            connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 403
    connection.close()


def test_socket_when_opened_past_the_proxy_or_with_anothers_pass_then_refused(server, settings):
    token, bob = ListeningTokens(settings).issue(BOB), {"X-Forwarded-Email": BOB, "X-Proxy-Secret": SECRET}
    with listen(server, {}, token, **bob):
        pass
    for headers in ({}, {"X-Forwarded-Email": BOB}, bob | {"X-Forwarded-Email": CEM}):
        with pytest.raises(InvalidStatus, match="403"):
            listen(server, {}, token, **headers)


def test_visit_when_another_person_names_it_then_they_do_not_go_on_with_it(server):
    """Streamlit itself knows nobody here, so any two look the same to it."""
    bob, cem = ({"X-Forwarded-Email": who, "X-Proxy-Secret": SECRET} for who in (BOB, CEM))
    begun = visit(server, {}, **bob)
    assert visit(server, {}, begun, **cem) != begun
