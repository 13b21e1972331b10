"""Every route of a real server with sign-in: signed out, as somebody else, and with cookies bent in every way."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
import requests
import sqlalchemy as sa
from pydantic import SecretStr
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from components.library.database import open_database, sqlite_url
from components.library.generations import Generations
from components.library.links import Links
from components.library.listening import ListeningTokens
from components.library.people import People, Sessions
from components.settings import Settings
from tests.attack.visits import NAME, TOKENS, Cookies, ask, is_in, is_still_in, listen, visit
from tests.oidc_server import start_with_sign_in
from tests.sandbox_server import until
from tests.studio_server import StudioServer
from tests.team import ANN, BOB, CEM, EVE, VIC

KEY, FILM = "outputs/bob-0.mp4", b"a video of Bob's"
NOBODY = "http://localhost:1"
"""No provider is asked where a cookie is there already."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("sign-in") / "data"
    return Settings(data_dir=folder, poll_seconds=0.05, shared_secret=SecretStr("s" * 32))


@pytest.fixture(scope="module")
def server(settings: Settings) -> Iterator[StudioServer]:
    film = settings.data_dir / "media" / KEY
    film.parent.mkdir(parents=True)
    film.write_bytes(FILM)
    with start_with_sign_in(settings, NOBODY) as running:
        yield running


@pytest.fixture(scope="module")
def cookies(settings: Settings, server: StudioServer) -> Cookies:
    return Cookies(settings, server.url)


@pytest.fixture(scope="module")
def database(settings: Settings, server: StudioServer) -> Iterator[sa.Engine]:
    """The server's own, as another process of the same studio has it."""
    engine = open_database(sqlite_url(settings.data_dir / "studio.db"))
    yield engine
    engine.dispose()


def refused(server: StudioServer, cookies: dict[str, str], token: str) -> bool:
    with pytest.raises(InvalidStatus) as answer:
        listen(server, cookies, token)
    return answer.value.response.status_code == 403


def code_of_end(socket: ClientConnection) -> int:
    """With which the server ends it, however much it tells until then."""
    try:
        while True:
            socket.recv(timeout=60)
    except ConnectionClosed as closed:
        return closed.rcvd.code


def bend(cookie: str) -> str:
    """Another last letter that stands for the same signature: of its six bits only four count."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    place = letters.index(cookie[-1])
    return cookie[:-1] + letters[place ^ 1]


# --- who is in


@pytest.mark.parametrize("email", [ANN, BOB, VIC, "Bob@TEAM.test"])
def test_person_when_the_cookie_is_good_then_in(server, cookies, email):
    assert is_in(server, cookies.of(email))


@pytest.mark.parametrize(
    "claims",
    [
        {"email": EVE},
        {"email": "b\u00f6b@team.test"},
        {"email": "bo\u212a@team.test"},
        {"email": ""},
        {"email": None},
        {"email": [ANN]},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None},
        {"is_logged_in": False},
        {"is_logged_in": "yes"},
        {"origin": "http://localhost:1"},
        {"origin": None},
    ],
)
def test_person_when_the_cookie_proves_too_little_then_not_in(server, cookies, claims):
    assert not is_in(server, cookies.of(BOB, **claims))


def test_person_when_the_cookie_is_no_cookie_of_the_server_then_not_in(server, cookies):
    good = cookies.of(ANN)
    user = {"is_logged_in": True, "origin": server.url, "email": ANN, "email_verified": True}
    forged = [
        {},
        {NAME: ""},
        {NAME: "x"},
        {NAME: json.dumps(user)},
        {NAME: cookies.signed(NAME, user, secret="another")},
        {NAME: cookies.signed(NAME, user, secret="s" * 32)},
        {NAME: cookies.signed("_streamlit_session", user)},
        {NAME: good[TOKENS], TOKENS: good[NAME]},
        {NAME: "x" + good[NAME]},
        {NAME: good[NAME][:-2]},
        {f"{NAME}_1": good[NAME]},
    ]
    assert [one for one in forged if is_in(server, one)] == []


@pytest.mark.parametrize("name", ["X-Screentest-Visitor", "x_screentest_visitor", "X-Forwarded-Email", "X-Email"])
def test_person_when_only_a_header_names_them_then_not_in(server, name):
    assert not is_in(server, {}, **{name: ANN, "X-Proxy-Secret": "", "X-Screentest-Session": "x"})


def test_routes_when_nobody_is_signed_in_then_the_page_and_what_balancers_ask_and_no_figures(server):
    assert {ask(server, path, {}).status_code for path in ("/", "/humo", "/healthz")} == {200}
    assert ask(server, "/metrics", {}).status_code == 404
    assert set(ask(server, "/readyz", {}).json()) == {"ready", "missing"}
    for method in ("PUT", "POST", "DELETE"):
        answer = requests.request(method, f"{server.url}/_stcore/upload_file/a/b", timeout=60)
        assert (answer.status_code, answer.text) == (403, "Sign in first.")


# --- links and sockets of somebody


def test_link_when_another_person_or_nobody_opens_it_then_404(server, settings, cookies):
    token = Links(settings, BOB).token(KEY)
    asked = {who: cookies.of(who) for who in (BOB, CEM, ANN, EVE)} | {"nobody": {}}
    got = {who: ask(server, f"/files/{token}/v.mp4", jar) for who, jar in asked.items()}
    assert {who: answer.status_code for who, answer in got.items()} == {
        BOB: 200,
        CEM: 404,
        ANN: 404,
        EVE: 404,
        "nobody": 404,
    }
    assert got[BOB].content == FILM
    assert len({got[who].text for who in (CEM, EVE, "nobody")}) == 1


def test_link_when_bent_or_signed_for_another_use_then_404(server, settings, cookies):
    token, bobs = Links(settings, BOB).token(KEY), cookies.of(BOB)
    bent = [token[:-1], "x" + token, token.replace(".", "..", 1), ListeningTokens(settings).issue(KEY), "x"]
    assert {ask(server, f"/files/{one}/v.mp4", bobs).status_code for one in bent} == {404}


def test_link_when_given_to_a_provider_then_it_opens_without_a_sign_in(server, settings):
    assert ask(server, f"/files/{Links(settings).token(KEY)}/v.mp4", {}).content == FILM


def test_socket_when_another_person_or_nobody_brings_the_pass_then_refused(server, settings, cookies):
    token = ListeningTokens(settings).issue(BOB)
    with listen(server, cookies.of(BOB), token):
        pass
    for jar in (cookies.of(CEM), cookies.of(ANN), cookies.of(EVE), {}):
        assert refused(server, jar, token)
    assert refused(server, cookies.of(BOB), ListeningTokens(settings).issue(""))


def test_socket_when_somebody_elses_work_changes_then_it_tells_nothing_of_it(server, settings, cookies, database):
    token = ListeningTokens(settings).issue(CEM)
    with listen(server, cookies.of(CEM), token) as socket:
        first = json.loads(socket.recv(timeout=60))
        for owner, name in ((BOB, "b" * 32), (CEM, "c" * 32)):
            rows = Generations(database, owner)
            with database.begin() as connection:
                rows.insert(connection, id=name, model="segmind/humo", parameters={"prompt": "x"}, sandbox=True)
        heard = json.loads(socket.recv(timeout=60))
        assert (first["underWay"], first["changes"]) == (0, [])
        assert (heard["underWay"], [one[0] for one in heard["changes"]]) == (1, ["c" * 32])


# --- what ends a sign-in


def test_sign_in_when_signed_out_then_no_copy_of_the_cookie_however_bent_signs_in_again(server, settings, cookies):
    jar, other = cookies.of(BOB), cookies.of(BOB)
    token = Links(settings, BOB).token(KEY)
    assert is_in(server, jar)
    ask(server, "/auth/logout", jar)
    copies = [
        jar,
        {NAME: jar[NAME]},
        {**jar, TOKENS: other[TOKENS]},
        {**jar, f"{NAME}_9": "x"},
        {**jar, f"{NAME}x": "x"},
        {**jar, NAME: bend(jar[NAME])},
        {**jar, NAME: f'"{jar[NAME]}"'},
    ]
    assert [number for number, copy in enumerate(copies) if is_in(server, copy)] == []
    assert {ask(server, f"/files/{token}/v.mp4", copy).status_code for copy in copies} == {404}
    assert refused(server, copies[3], ListeningTokens(settings).issue(BOB))
    assert is_in(server, other)


def test_visit_when_signed_out_then_nobody_goes_on_with_it(server, cookies):
    jar = cookies.of(BOB)
    begun = visit(server, jar)
    assert visit(server, jar, begun) == begun
    ask(server, "/auth/logout", jar)
    assert visit(server, jar, begun) != begun
    assert visit(server, {}, begun) != begun


def test_sockets_when_a_person_is_taken_out_then_they_are_closed(server, settings, cookies, database):
    jar, token = cookies.of(CEM), ListeningTokens(settings).issue(CEM)
    with listen(server, jar, token) as socket:
        People(database).set(CEM, "out")
        assert code_of_end(socket) == 1008
    assert not is_in(server, jar)
    People(database).forget(CEM)
    until(lambda: is_still_in(server, jar), 30)


def test_browsers_when_a_person_is_signed_out_everywhere_then_each_is_out_soon(server, cookies, database):
    jars = [cookies.of(VIC), cookies.of(VIC)]
    assert all(is_in(server, jar) for jar in jars)
    began = time.monotonic()
    assert Sessions(database).end_all(VIC) >= 2
    until(lambda: not any(is_still_in(server, jar) for jar in jars), 60)
    assert time.monotonic() - began < 60
