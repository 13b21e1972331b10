"""With whose token a call goes to the studio: over stdio the one of this process, over HTTP each caller's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager

from pydantic import SecretStr

from components.client.remote import RemoteStudio, connected
from components.errors import NotConfigured, TokenRefused

WORDS = re.compile(r"[!-~]{1,200}")
"""What a token can be: whatever is more than that, no header takes."""
MAKE_ONE = "Make one on the studio's settings page, under Access for programs"


class Callers:
    """The studio as whoever calls has it.

    Args:
        url: where the studio answers.
        token: this process' own; None where each call brings one.
    """

    def __init__(self, url: str, token: SecretStr | None = None, *, each_its_own: bool = False) -> None:
        self._url, self._token, self._each_its_own = url, token, each_its_own

    def studio(self, headers: Mapping[str, str] | None) -> AbstractContextManager[RemoteStudio]:
        """The studio for one call; it is told nobody's token but the caller's.

        Args:
            headers: of the HTTP request that the call came in; None over stdio.

        Raises:
            TokenRefused: the request has none, or it cannot be one.
            NotConfigured: this process has none.
        """
        words = _brought(headers or {}) if self._each_its_own else self._own()
        if not WORDS.fullmatch(words):
            raise TokenRefused("This token is not good.", f"{MAKE_ONE}.")
        return connected(self._url, words)

    def _own(self) -> str:
        if self._token is None:
            raise NotConfigured(
                "This server has no token of the studio.", f"{MAKE_ONE}, and set STUDIO_TOKEN where it is started."
            )
        return self._token.get_secret_value().strip()


def _brought(headers: Mapping[str, str]) -> str:
    kind, _, words = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not words.strip():
        raise TokenRefused(
            "This server takes each caller's own token of the studio, as `Authorization: Bearer`.",
            f"{MAKE_ONE}, and give it to the assistant as that header.",
        )
    return words.strip()
