"""The one way out to a provider: `requests` with a gateway, timeouts, retries of questions, and no leaks.

A POST that costs money leaves on a fresh connection, follows no redirect and is never repeated. It knows no
provider's words; it only tells "never left", "no telling" and "an answer" apart.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from pydantic import SecretStr
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError
from urllib3.exceptions import SSLError as TlsError
from urllib3.util.retry import Retry

from components.errors import OutcomeUnknown, ProviderTrouble, Unreachable
from components.fetch import TRANSPORT, through_gateway

log = logging.getLogger(__name__)

CONNECT, READ = 10.0, 60.0
NEVER_LEFT = (NewConnectionError, ConnectTimeoutError, TlsError)


@dataclass(frozen=True)
class Answer:
    """What came back, read once and whole."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON whatever its declared type, or None where it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None


class Http:
    """Speaks to a provider's own hosts, and only to them, with its key in one header.

    Args:
        name: the provider as people write it, for sentences.
        hosts: its own hosts; the key goes nowhere else.
        header: the name of the header that carries the key.
        gateway: a base address that stands in front, e.g. the sandbox's.
    """

    def __init__(
        self, name: str, *, hosts: frozenset[str], header: str, key: SecretStr, gateway: str | None
    ) -> None:
        self._name, self._hosts, self._gateway = name, hosts, gateway
        self._secret = {header: key.get_secret_value()}
        self._session = self._new_session(
            Retry(total=3, backoff_factor=0.5, status_forcelist=(502, 503, 504), allowed_methods=("GET",))
        )
        self._session.headers["Accept"] = "application/json"

    def _new_session(self, retry: Retry) -> requests.Session:
        session = requests.Session()
        # A loopback gateway must not be looked for behind the user's proxy.
        session.trust_env = self._gateway is None
        retry.raise_on_status = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        return session

    def get(self, url: str, *, read: float = READ) -> Answer:
        """Asks; asks again by itself where the network failed.

        Raises:
            ProviderTrouble: no answer.
        """
        try:
            response = self._session.get(
                self._address(url), headers=self._secret, timeout=(CONNECT, read), allow_redirects=False
            )
        except TRANSPORT as failure:
            log.info("%s: GET %s: %s", self._name, _path(url), type(failure).__name__)
            raise ProviderTrouble(f"{self._name} did not answer.", "The studio asks again.") from None
        return self._answer("GET", url, response)

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
                )
            except TRANSPORT as failure:
                log.info("%s: POST %s: %s", self._name, _path(url), type(failure).__name__)
                raise self._unanswered(failure) from None
            return self._answer("POST", url, response)

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
        log.info("%s: %s %s: %s", self._name, method, _path(url), response.status_code)
        return Answer(response.status_code, response.headers, response.content)


def _path(url: str) -> str:
    """Host and path for the log; a query may carry a signature."""
    parts = urlsplit(url)
    return parts.netloc + parts.path
