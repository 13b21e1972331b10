"""Sign-in by Streamlit's own means: what it is told at the start, what its cookie proves, and the page that asks.

Sources: the measurements of 2026-11-25 with Streamlit 1.67. It signs in anybody whom the provider knows; who comes
in is ours to decide (`studio.admission`). No public function reads its cookie, so three of its own are used here,
and the version is pinned.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from streamlit import config
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.runtime.secrets import SecretsValue
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from components.settings import ROOT, Settings
from components.studio import Claim, Studio, session_id, signing_secret
from components.ui.frame import notices, visitor

COOKIE_SECRET = "STREAMLIT_SERVER_COOKIE_SECRET"  # noqa: S105 - its name
ROLES = {"admin": "Admin", "member": "Member", "viewer": "Viewer", "out": "Out"}
CALLBACK = "/oauth2callback"
DISCOVERY = "/.well-known/openid-configuration"


def prepare() -> dict[str, SecretsValue] | None:
    """Tells Streamlit how people sign in, before it builds its server; None where they do not.

    Settings that do not fit are the server's to report, once it starts.
    """
    try:
        settings = Settings()
    except ValueError:
        return None
    if settings.sign_in != "oidc" or settings.oidc_client_secret is None:
        return None
    secret = _cookie_secret(settings)
    # Streamlit signs the state of a sign-in with this one, and the cookie too: with one of each process, a sign-in
    # that ends at another server never does. `app.run` reads the variable; `streamlit run` has done so by now.
    os.environ[COOKIE_SECRET] = secret
    config.set_option("server.cookieSecret", secret)
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url}{CALLBACK}",
            "cookie_secret": secret,
            "client_id": settings.oidc_client_id or "",
            "client_secret": settings.oidc_client_secret.get_secret_value(),
            "server_metadata_url": f"{settings.oidc_url}{DISCOVERY}",
        }
    }


def read_cookie(headers: Mapping[str, str], settings: Settings) -> Claim | None:
    """Who a browser's cookie says that it is; None without one that Streamlit signed for this address."""
    lines = headers.getlist("cookie") if isinstance(headers, Headers) else [headers.get("cookie", "")]
    cookies = cookie_parser("; ".join(lines))
    secret, signed = get_cookie_secret(), []

    def one(name: str) -> bytes | None:
        raw = cookies.get(name, "")
        # Without the signature: its last letter can be written in several ways. What it signs cannot.
        signed.append(f"{name}={raw.rpartition('.')[0]}")
        return decode_signed_value(secret, name, raw.encode("latin-1", "replace"))

    user = _parsed(get_cookie_with_chunks(one, USER_COOKIE_NAME))
    # Other services on this machine share the browser's cookies: the origin in it says for whom it was made.
    if user.get("is_logged_in") is not True or user.get("origin") != settings.public_url:
        return None
    # Where anybody can write any address into their account, an address that nobody confirmed is no proof.
    verified = settings.oidc_trust_email or user.get("email_verified") in (True, "true")
    return Claim(str(user.get("email") or ""), session_id(*signed), verified)


def show() -> None:
    """The page for whoever is not in: what to press, or why it does not help."""
    refusal, email = visitor.refusal(), visitor.email()
    by_proxy = visitor.way_in() == "proxy"
    with st.container(key="sign-in", horizontal_alignment="center"):
        st.html(f'<img src="{_wordmark(str(st.context.theme.type))}" alt="Screentest">')
        st.title("Your team's studio", anchor=False)
        if refusal == "ended":
            notices.quiet("You are signed out. Sign in again to go on; what you made is kept.")
        elif refusal == "unverified":
            notices.careful(
                f"Your provider does not confirm that {email} is your address. Confirm it there first."
            )
        elif refusal == "unlisted":
            notices.careful(f"You are {email}, and nobody has let you in yet. Ask an admin of this studio.")
        else:
            notices.quiet("Compare human video models side by side. Sign in to see your own work.")
        if by_proxy:
            notices.quiet("Open the studio by your team's address: signing in happens there.")
        elif refusal in ("unverified", "unlisted"):
            st.button("Use another account", on_click=st.logout, type="primary")
        else:
            st.button("Sign in", on_click=st.login, type="primary")


@cache
def _wordmark(theme: str) -> str:
    """In the page itself: the server's files are for those who are in."""
    file = ROOT / "assets" / f"wordmark-{'dark' if theme == 'dark' else 'light'}.svg"
    return f"data:image/svg+xml;base64,{b64encode(file.read_bytes()).decode()}"


def who(studio: Studio) -> None:
    """At the foot of the navigation: who is signed in, as what, and the way out."""
    if studio.person.is_local:
        return
    with st.sidebar, st.container(key="who"):
        notices.quiet(f"{studio.person.owner} · {ROLES[studio.person.role or 'out']}")
        if visitor.way_in() == "oidc":
            st.button("Sign out", on_click=st.logout, key="sign-out", type="tertiary")


def _parsed(told: bytes | None) -> dict[str, Any]:
    try:
        found = json.loads(told or b"{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _cookie_secret(settings: Settings) -> str:
    """One for all servers of a studio, from which nobody can tell the studio's own."""
    return hmac.new(signing_secret(settings).encode(), b"cookies", hashlib.sha256).hexdigest()
