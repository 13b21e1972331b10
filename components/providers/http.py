"""The one way out to a provider: `requests` with a gateway, timeouts, retries of questions, and no leaks.

A POST that costs money leaves on a fresh connection, follows no redirect and is never repeated. It knows no
provider's words; it only tells "never left", "no telling" and "an answer" apart.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, ProxyManager
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError, ProxyError
from urllib3.util.retry import Retry

from components.errors import NotConfigured, OutcomeUnknown, ProviderTrouble, Unreachable
from components.fetch import CHUNK, LONGEST_PAUSE, TRANSPORT, PlainSession, through_gateway
from components.providers.wording import SHORTEST_KEY, redacted

log = logging.getLogger(__name__)

CONNECT, READ = 10.0, 60.0
LARGEST = 512 * 1024**2
"""Bytes of an answer that are read; a video of a blocking answer has tens of millions."""
NEVER_LEFT = (NewConnectionError, ConnectTimeoutError, ProxyError)


@dataclass(frozen=True)
class Answer:
    """What came back, read once and whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    secrets: tuple[str, ...] = field(default=(), repr=False)
    """The key's parts, which no text of the answer may carry on."""

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON whatever its declared type, without our own key; None where it is none."""
        try:
            return redacted(json.loads(self.content), self.secrets)
        except (ValueError, RecursionError):
            return None

    def text(self, most: int = 500) -> str:
        """The first so many bytes of the body as text, without our own key."""
        return str(redacted(self.content.decode("utf-8", "replace"), self.secrets))[:most]


class _Connection(HTTPSConnection):
    """Tells a handshake that failed, before which nothing is sent, from a request that was cut off."""

    def connect(self) -> None:
        try:
            super().connect()
        except OSError as failure:
            raise NewConnectionError(self, f"no secure connection: {type(failure).__name__}") from failure


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


class _Adapter(HTTPAdapter):
    _POOLS: ClassVar = {"http": HTTPConnectionPool, "https": _Pool}

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self._POOLS
        return manager


class Http:
    """Speaks to a provider's own hosts, and only to them, with its key in one header.

    Args:
        name: the provider as people write it, for sentences.
        hosts: its own hosts; the key goes nowhere else.
        headers: the headers that carry the key.
        key: its parts, where a header carries them in another form.
        gateway: a base address that stands in front, e.g. the sandbox's.

    Raises:
        NotConfigured: the key cannot be sent in a header.
    """

    def __init__(
        self,
        name: str,
        *,
        hosts: frozenset[str],
        headers: Mapping[str, SecretStr],
        gateway: str | None,
        key: Sequence[SecretStr] = (),
    ) -> None:
        self._name, self._hosts, self._gateway = name, hosts, gateway
        self._secret = {header: value.get_secret_value() for header, value in headers.items()}
        if not all(value.isascii() and value.isprintable() for value in self._secret.values()):
            raise NotConfigured(f"{name}'s API key holds characters that no key has.", "Copy and paste it again.")
        # A header's last word: what stands before it names the way it is written, e.g. `Bearer`.
        written = (value.split()[-1] for value in self._secret.values() if value.strip())
        found = [part for part in written if len(part) >= SHORTEST_KEY]
        found += [part.get_secret_value() for part in key]
        self._parts = tuple(dict.fromkeys(found))
        self._session = self._new_session(
            Retry(total=3, backoff_factor=0.5, status_forcelist=(502, 503, 504), allowed_methods=("GET", "POST"))
        )
        self._session.headers["Accept"] = "application/json"

    def _new_session(self, retry: Retry) -> requests.Session:
        session = PlainSession(self._gateway)
        retry.raise_on_status = False
        retry.retry_after_max = LONGEST_PAUSE
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Adapter(max_retries=retry))
        return session

    def get(self, url: str, *, read: float = READ) -> Answer:
        """Asks; asks again by itself where the network failed.

        Raises:
            ProviderTrouble: no answer.
        """
        return self._question("GET", url, None, read)

    def ask(self, url: str, body: Any, *, read: float = READ) -> Answer:
        """A question that a provider wants as POST; never for what costs money, because it may be repeated.

        Raises:
            ProviderTrouble: no answer.
        """
        return self._question("POST", url, body, read)

    def _question(self, method: str, url: str, body: Any, read: float) -> Answer:
        try:
            response = self._session.request(
                method,
                self._address(url),
                json=body,
                headers=self._secret,
                timeout=(CONNECT, read),
                allow_redirects=False,
                stream=True,
            )
            # Of many questions only a refused one is news.
            level = logging.DEBUG if response.ok else logging.INFO
            log.log(level, "%s: %s %s: %s", self._name, method, _path(url), response.status_code)
            return self._answer(method, url, response)
        except TRANSPORT as failure:
            log.info("%s: %s %s: %s", self._name, method, _path(url), type(failure).__name__)
            raise ProviderTrouble(f"{self._name} did not answer.", "The studio asks again.") from None

    def post(self, url: str, body: Any, *, read: float = READ) -> Answer:
        """Sends once, on a connection of its own: a reused one may be dead and leave the outcome open.

        Raises:
            Unreachable: the request never left.
            OutcomeUnknown: it left, and nothing tells what became of it.
        """
        with self._new_session(Retry(0, redirect=0, raise_on_redirect=False)) as session:
            try:
                response = session.post(
                    self._address(url),
                    json=body,
                    headers=self._secret,
                    timeout=(CONNECT, read),
                    allow_redirects=False,
                    stream=True,
                )
                log.info("%s: POST %s: %s", self._name, _path(url), response.status_code)
                return self._answer("POST", url, response)
            except TRANSPORT as failure:
                log.info("%s: POST %s: %s", self._name, _path(url), type(failure).__name__)
                raise self._unanswered(failure) from None

    def _unanswered(self, failure: BaseException) -> Unreachable | OutcomeUnknown:
        reason = failure.args[0] if failure.args else None
        if isinstance(reason, MaxRetryError):
            reason = reason.reason
        if isinstance(failure, requests.ConnectTimeout) or isinstance(reason, NEVER_LEFT):
            return Unreachable(
                f"{self._name} could not be reached.",
                "Nothing was sent and nothing was charged. Check the connection and generate again.",
            )
        return OutcomeUnknown(
            f"The request reached {self._name}, but no answer came back.",
            f"It may have been made and charged: look at your history at {self._name} before you generate again.",
        )

    def _address(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.scheme != "https" or parts.netloc not in self._hosts:
            raise ValueError(f"{self._name} is not spoken to at {parts.netloc}")
        return through_gateway(url, self._gateway)

    def _answer(self, method: str, url: str, response: requests.Response) -> Answer:
        with response:
            headers = {name: redacted(value, self._parts) for name, value in response.headers.items()}
            return Answer(response.status_code, CaseInsensitiveDict(headers), _whole(response), self._parts)


def _whole(response: requests.Response) -> bytes:
    """The body; what does not end is cut off like a broken line."""
    content = bytearray()
    for chunk in response.iter_content(CHUNK):
        content += chunk
        if len(content) > LARGEST:
            raise OSError("the answer is too large")
    return bytes(content)


def _path(url: str) -> str:
    """Host and path for the log; a query may carry a signature."""
    parts = urlsplit(url)
    return parts.netloc + parts.path
