"""The socket of live status: who may listen, what arrives and what does not, and that it always ends well."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

import pytest
import sqlalchemy as sa
import uvicorn
from starlette.applications import Starlette
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from components.library import links
from components.library.listening import ListeningTokens
from components.routes import ROUTES, events, hub
from components.settings import Settings
from components.studio import LOCAL, Studio, open_studio
from tests.sandbox_server import until
from tests.ui.rows import add_generation

PERIOD = 0.05
CROWD = 50


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("events") / "data", public_url="https://studio.example")
    with open_studio(settings) as running:
        yield running


@pytest.fixture(autouse=True)
def own_hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[hub.Hub]:
    """A quick one that says nothing unasked; each test has its own, and leaves no listener behind."""
    monkeypatch.setattr(hub, "BEAT", 10**9)
    monkeypatch.setattr(events, "hub", own := hub.Hub(period=PERIOD))
    yield own
    until(lambda: len(own) == 0 and (own._watch is None or own._watch.done()))


@contextmanager
def serve() -> Iterator[tuple[int, Callable[[], None]]]:
    """The routes as Streamlit serves them; gives the port and what stops the server as Ctrl+C does."""
    config = uvicorn.Config(
        Starlette(routes=ROUTES), port=0, ws="websockets-sansio", lifespan="off", log_config=None
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: server.started)

    def stop() -> None:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()

    yield server.servers[0].sockets[0].getsockname()[1], stop
    stop()


@pytest.fixture(scope="module")
def socket_port() -> Iterator[int]:
    with serve() as (port, _):
        yield port


def open_socket(
    port: int, token: str, since: float | None = None, origin: str | None = None, protocols: tuple[str, ...] = ()
) -> ClientConnection:
    return connect(
        f"ws://localhost:{port}/api/events?since={time.time() if since is None else since}",
        origin=f"http://localhost:{port}" if origin is None else origin or None,
        subprotocols=list(protocols or (events.PROTOCOL, token)),
        proxy=None,
        open_timeout=60,
        close_timeout=5,
    )


@pytest.fixture
def listen(socket_port: int, studio: Studio) -> Iterator[Callable[..., ClientConnection]]:
    """A browser's socket, with a page's pass."""
    token = studio.live.token
    with ExitStack() as opened:
        yield lambda **how: opened.enter_context(open_socket(socket_port, **{"token": token, **how}))


@pytest.fixture
def add(studio: Studio) -> Callable[..., object]:
    return partial(add_generation, studio._engine.database)


def heard(socket: ClientConnection) -> dict:
    return json.loads(socket.recv(timeout=60))


def refused(listen: Callable[..., ClientConnection], **how: object) -> int:
    with pytest.raises(InvalidStatus) as answer:
        listen(**how)
    return answer.value.response.status_code


# --- who may listen


@pytest.mark.parametrize(
    "protocols",
    [("chat",), (events.PROTOCOL,), ("chat", "x"), (events.PROTOCOL, "x"), (events.PROTOCOL, "x", "y")],
)
def test_socket_when_it_has_no_pass_then_403(listen, protocols):
    assert refused(listen, protocols=protocols) == 403


def test_socket_when_its_pass_is_forged_then_403(listen, studio):
    token = studio.live.token
    assert refused(listen, token=token[:-2] + "xx") == 403


def test_socket_when_its_pass_is_a_link_to_a_file_then_403(listen, studio):
    assert refused(listen, token=studio.files._links.token(LOCAL)) == 403


def test_socket_when_its_pass_is_anothers_then_403(listen, studio):
    assert refused(listen, token=ListeningTokens(studio.settings).issue("somebody")) == 403


def test_socket_when_its_pass_has_expired_then_403(listen, studio, monkeypatch):
    later = time.time() + 3 * links.PERIOD
    monkeypatch.setattr(links, "time", type("Later", (), {"time": staticmethod(lambda: later)}))
    assert refused(listen) == 403


def test_pass_when_shown_then_its_words_fit_into_a_protocol_name(studio):
    token = studio.live.token
    assert token.isascii()
    assert not set(token) & set(' ",/:;<=>?@[]{}()\\')


@pytest.mark.parametrize("origin", ["", "null", "http://elsewhere.example", "http://localhost", "ftp://localhost"])
def test_socket_when_a_page_of_elsewhere_opens_it_then_403(listen, origin):
    assert refused(listen, origin=origin) == 403


def test_socket_when_a_page_of_the_public_address_opens_it_then_it_is_heard(listen):
    assert heard(listen(origin="https://studio.example"))["changes"] == []


def test_socket_when_there_are_too_many_then_the_next_is_refused(listen, monkeypatch):
    monkeypatch.setattr(hub, "MOST", 1)
    heard(listen())
    assert refused(listen) == 403


# --- what arrives


def test_change_when_it_happens_then_every_listener_hears_it_and_nothing_secret(listen, add):
    sockets = [listen(), listen()]
    for socket in sockets:
        heard(socket)
    made = add("running", prompt="a secret wish")
    for socket in sockets:
        # A slow machine sends what came before the last change in a message of its own.
        texts = iter(partial(socket.recv, 60), None)
        text = next(text for text in texts if made.changed_at in [one[3] for one in json.loads(text)["changes"]])
        told = json.loads(text)
        assert told["changes"][-1] == [made.id, made.model, "running", made.changed_at]
        assert told["underWay"] >= 1
        assert "secret" not in text


def test_change_when_it_came_between_the_page_and_the_socket_then_it_is_the_first_thing_heard(listen, add):
    rendered = time.time()
    made = add("running")
    assert made.id in [change[0] for change in heard(listen(since=rendered))["changes"]]


@pytest.mark.parametrize("since", [0.0, -1.0, "nan", "inf", "x", 1.0])
def test_page_when_too_old_then_it_is_told_to_read_again_and_no_list_is_sent(listen, since):
    told = heard(listen(since=since))
    assert (told["reset"], told["changes"]) == (True, [])


def test_under_way_when_one_ends_then_is_one_less(listen, add, studio):
    made = add("running")
    socket = listen()
    before = heard(socket)["underWay"]
    studio.generations._rows.move(made.id, "running", "failed", error=None)
    assert heard(socket)["underWay"] == before - 1


def test_burst_when_larger_than_a_look_then_pages_are_told_to_read_again(listen, add, monkeypatch):
    monkeypatch.setattr(hub, "PAGE", 1)
    monkeypatch.setattr(hub, "PAGES", 2)
    for _ in range(3):
        add("running")
    told = heard(listen())
    assert (told["reset"], told["changes"]) == (True, [])


# --- what it costs


@pytest.fixture
def queries(studio: Studio) -> Iterator[list[str]]:
    """Questions about generations that reached the database."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        if "FROM generation" in statement:
            asked.append(statement)

    sa.event.listen(studio._engine.database, "before_cursor_execute", note)
    yield asked
    sa.event.remove(studio._engine.database, "before_cursor_execute", note)


def test_crowd_when_nothing_changes_then_one_look_a_period_serves_all_and_nothing_is_sent(
    listen, queries, own_hub
):
    sockets = [listen() for _ in range(CROWD)]
    for socket in sockets:
        heard(socket)
    queries.clear()
    began = time.monotonic()
    for socket in sockets[:20]:
        with pytest.raises(TimeoutError):
            socket.recv(timeout=PERIOD)
    until(lambda: queries)
    looks, passed = len(queries), time.monotonic() - began
    assert len(own_hub) == CROWD
    assert looks <= passed / PERIOD + 2
    assert all("changed_at >=" in statement for statement in queries)


def test_database_when_nobody_listens_then_is_not_asked(listen, queries, own_hub):
    socket = listen()
    heard(socket)
    socket.close()
    until(lambda: len(own_hub) == 0 and own_hub._watch.done())
    queries.clear()
    threading.Event().wait(4 * PERIOD)
    assert queries == []


# --- how it ends


def test_listener_when_it_speaks_then_it_is_closed(listen, own_hub):
    socket = listen()
    heard(socket)
    socket.send("x" * 100_000)
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=60)
    assert closed.value.rcvd.code == events.SPOKE
    until(lambda: len(own_hub) == 0)


def test_listener_when_its_pass_ends_then_it_is_closed_and_may_come_back(listen, own_hub):
    socket = listen()
    heard(socket)
    for listener in own_hub._listeners:
        listener.until = 0
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=60)
    assert closed.value.rcvd.code == events.AGAIN
    assert heard(listen())["reset"] is False


def test_listener_when_it_vanishes_then_it_is_forgotten_without_a_word_in_the_log(listen, own_hub, caplog):
    sockets = [listen() for _ in range(5)]
    for socket in sockets:
        heard(socket)
        socket.socket.close()
    until(lambda: len(own_hub) == 0)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_server_when_stopped_with_open_sockets_then_ends_and_tells_them(studio, own_hub, caplog):
    token = studio.live.token
    with serve() as (port, stop), ExitStack() as opened:
        sockets = [opened.enter_context(open_socket(port, token)) for _ in range(5)]
        for socket in sockets:
            heard(socket)
        stop()
        for socket in sockets:
            with pytest.raises(ConnectionClosed) as closed:
                socket.recv(timeout=60)
            assert closed.value.rcvd.code == 1012
    assert len(own_hub) == 0
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
