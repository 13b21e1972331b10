"""A browser's cookies as Streamlit signs them, and requests with any of them, bent in any way."""

from __future__ import annotations

import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import requests
from joserfc import jwt
from joserfc.jwk import OctKey
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.sync.client import ClientConnection, connect

from components.routes.events import PROTOCOL
from components.settings import Settings
from components.ui.frame.sign_in import _cookie_secret
from tests.studio_server import StudioServer

NAME, TOKENS = "_streamlit_user", "_streamlit_user_tokens"
CLOSED = ("/media/none.mp4", "/component/none/index.html", "/_stcore/upload_file/a/b", "/api/none")
"""What is for those only who are in."""


@dataclass(frozen=True)
class Cookies:
    """Makes what a provider's sign-in leaves in a browser."""

    settings: Settings
    origin: str

    @property
    def secret(self) -> str:
        return _cookie_secret(self.settings)

    def of(self, email: str, /, **claims: Any) -> dict[str, str]:
        user = {
            "is_logged_in": True,
            "origin": self.origin,
            "email": email,
            "email_verified": True,
            "nonce": uuid.uuid4().hex,
        } | claims
        return {NAME: self.signed(NAME, user), TOKENS: self.signed(TOKENS, {"id_token": email})}

    def signed(self, name: str, value: Mapping[str, Any], secret: str | None = None) -> str:
        return create_signed_value(secret or self.secret, name, requests.compat.json.dumps(value)).decode()

    def start_of_a_sign_in(self) -> str:
        """The address to which the button leads: Streamlit signs in it which provider is meant."""
        claims = {"provider": "default", "exp": int(time.time()) + 60}
        return f"/auth/login?provider={jwt.encode({'alg': 'HS256'}, claims, OctKey.import_key(self.secret))}"


def line(cookies: Mapping[str, str]) -> dict[str, str]:
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}


def ask(server: StudioServer, path: str, cookies: Mapping[str, str], **headers: str) -> requests.Response:
    asked = line(cookies) if cookies else {}
    return requests.get(f"{server.url}{path}", headers=asked | headers, timeout=60, allow_redirects=False)


def is_in(server: StudioServer, cookies: Mapping[str, str], **headers: str) -> bool:
    """Whether the server takes them for one of its people: all that is for those alone, or nothing of it."""
    refused = {ask(server, path, cookies, **headers).text == "Sign in first." for path in CLOSED}
    assert len(refused) == 1
    return refused == {False}


def is_still_in(server: StudioServer, cookies: Mapping[str, str], **headers: str) -> bool:
    """The same by one question, while it changes."""
    return ask(server, CLOSED[0], cookies, **headers).status_code != 403


def listen(server: StudioServer, cookies: Mapping[str, str], token: str, **headers: str) -> ClientConnection:
    return connect(
        f"ws://localhost:{server.port}/api/events?since={time.time()}",
        origin=server.url,
        subprotocols=[PROTOCOL, token],
        additional_headers=(line(cookies) if cookies else {}) | headers,
        proxy=None,
        open_timeout=60,
    )


def visit(server: StudioServer, cookies: Mapping[str, str], earlier: str = "", **headers: str) -> str:
    """Opens a page, going on with an earlier visit if one is named; gives the id of the visit that it is."""
    protocols = ["streamlit", "none", earlier] if earlier else ["streamlit"]
    with connect(
        f"ws://localhost:{server.port}/_stcore/stream",
        origin=server.url,
        subprotocols=protocols,
        additional_headers=(line(cookies) if cookies else {}) | headers,
        proxy=None,
        open_timeout=60,
    ) as socket:
        asked = BackMsg()
        asked.rerun_script.SetInParent()
        socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(socket.recv(timeout=60))
            if told.WhichOneof("type") == "new_session":
                return told.new_session.initialize.session_id
