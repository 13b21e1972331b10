"""The only place that fetches an address which came from outside, such as a link in a provider's answer.

It trusts nothing: only https on a public address, or the gateway's own origin, the same again after every
redirect; no credentials ever; a limit on size. It knows no provider and writes no file.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import select_proxy
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool
from urllib3.util.retry import Retry

from components.errors import ProviderTrouble, UnsafeAddress, UnsafeRedirect
from components.public_address import is_public, public_address_of, refuse_private_host

log = logging.getLogger(__name__)

MAX_REDIRECTS = 5
TIMEOUT = (10, 60)
CHUNK = 256 * 1024
LONGEST_PAUSE = 30
"""Seconds that a host may ask for in `Retry-After` within one call; the engine waits longer by itself."""
TRANSPORT = (requests.RequestException, OSError)


class _PublicConnection(HTTPSConnection):
    """Looks at the address that was really reached, so that no name can resolve to a private one later."""

    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        peer = ipaddress.ip_address(connection.getpeername()[0].split("%")[0])
        if not is_public(peer):
            connection.close()
            raise UnsafeAddress("The provider's link points into a private network.", "It was not fetched.")
        return connection


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicOnly(HTTPAdapter):
    """Reaches public addresses only, whether by itself or through the proxy of the environment."""

    def get_connection_with_tls_context(
        self,
        request: requests.PreparedRequest,
        verify: Any,
        proxies: Mapping[str, str] | None = None,
        cert: Any = None,
    ) -> Any:
        """Through a proxy the peer is the proxy: so the name is looked up here, and the proxy told the address."""
        proxy = select_proxy(str(request.url), proxies)
        if not proxy:
            return super().get_connection_with_tls_context(request, verify, proxies, cert)
        place, tls = self.build_connection_pool_key_attributes(request, verify, cert)
        named = {"server_hostname": place["host"], "assert_hostname": place["host"]}
        request.headers["Host"] = urlsplit(str(request.url)).netloc
        pinned = {**place, "host": public_address_of(str(place["host"]))}
        manager = self.proxy_manager_for(proxy if "://" in proxy else f"http://{proxy}")
        return manager.connection_from_host(**pinned, pool_kwargs={**tls, **named})

    def init_poolmanager(self, *args: object, **kwargs: object) -> None:
        super().init_poolmanager(*args, **kwargs)  # type: ignore[arg-type]
        self.poolmanager.pool_classes_by_scheme = {"https": _PublicPool}


def through_gateway(url: str, gateway: str | None) -> str:
    """`https://HOST/PATH` behind a gateway is `GATEWAY/HOST/PATH`; an address of the gateway stays."""
    if gateway is None or origin(url) == origin(gateway):
        return url
    parts = urlsplit(url)
    return f"{gateway}/{parts.netloc}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def origin(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port


class PlainSession(requests.Session):
    """A session that does only what it is told.

    It sends no credentials of the user's `.netrc` and does not look at where a redirect leads.
    """

    def __init__(self, gateway: str | None) -> None:
        super().__init__()
        # A loopback gateway must not be looked for behind the user's proxy.
        self.trust_env = gateway is None
        self.auth = _add_nothing

    def get_redirect_target(self, _: requests.Response) -> None:
        return None


def _add_nothing(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


class Chunks(Iterator[bytes]):
    """A body piece by piece, and what its host calls it."""

    def __init__(self, response: requests.Response) -> None:
        self.media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
        self._pieces = _chunks(response)

    def __next__(self) -> bytes:
        return next(self._pieces)


@contextmanager
def open_url(url: str, *, gateway: str | None) -> Iterator[Chunks]:
    """Chunks of the body behind an address from outside.

    Raises:
        UnsafeAddress: neither https on a public address nor of the gateway's own origin.
        UnsafeRedirect: it leads to such a place, or round and round.
        ProviderTrouble: the host did not answer as it should; asking again is safe.
    """
    with _session(gateway) as session:
        try:
            with _follow(session, url, gateway) as response:
                yield Chunks(response)
        except TRANSPORT as failure:
            log.info("fetching a video: %s", type(failure).__name__)
            raise ProviderTrouble("The video could not be fetched.", "The studio tries again.") from None


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """The whole body or an error: a connection that closes early must not pass for the end of the file."""
    expected = response.headers.get("Content-Length")
    received = 0
    for chunk in response.iter_content(CHUNK):
        received += len(chunk)
        yield chunk
    if expected and "Content-Encoding" not in response.headers and received != int(expected):
        raise ProviderTrouble("The video broke off while it was fetched.", "The studio tries again.")


def _session(gateway: str | None) -> requests.Session:
    session = PlainSession(gateway)
    retry = Retry(
        total=3,
        backoff_factor=0.5,
        status_forcelist=(429, 502, 503, 504),
        redirect=0,
        retry_after_max=LONGEST_PAUSE,
    )
    session.mount("http://", HTTPAdapter(max_retries=retry))
    session.mount("https://", HTTPAdapter(max_retries=retry) if gateway else _PublicOnly(max_retries=retry))
    return session


@contextmanager
def _follow(session: requests.Session, url: str, gateway: str | None) -> Iterator[requests.Response]:
    for redirects in range(MAX_REDIRECTS):
        with _ask(session, url, gateway, led=redirects > 0) as response:
            if response.is_redirect:
                url = _next(url, response.headers["Location"])
                continue
            if response.status_code != 200:
                raise ProviderTrouble(
                    f"The video could not be fetched (HTTP {response.status_code}).", "The studio tries again."
                )
            yield response
            return
    raise UnsafeRedirect("The provider's link leads from one address to the next.", "It was not fetched.")


def _next(url: str, location: str) -> str:
    """Where a redirect leads; what cannot be read leads nowhere, which is refused."""
    try:
        return urljoin(url, location)
    except ValueError:
        return ""


def _ask(session: requests.Session, url: str, gateway: str | None, *, led: bool) -> requests.Response:
    """One answer; `led` says that a redirect and not the provider named the address."""
    try:
        return session.get(_checked(url, gateway), stream=True, timeout=TIMEOUT, allow_redirects=False)
    except UnsafeAddress as unsafe:
        if led:
            raise UnsafeRedirect(unsafe.message, unsafe.hint) from None
        raise


def _checked(url: str, gateway: str | None) -> str:
    """The address to ask, or UnsafeAddress."""
    try:
        parts, own = urlsplit(url), origin(url)
    except ValueError:
        raise UnsafeAddress("The provider's link is not an address.", "It was not fetched.") from None
    if gateway and own == origin(gateway):
        return url
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password:
        raise UnsafeAddress("The provider's link is not an https address.", "It was not fetched.")
    refuse_private_host(parts.hostname)
    return through_gateway(url, gateway)
