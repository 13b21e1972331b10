"""Calls of providers: the secret in an address tells which generation is meant, a column that it is to be checked.

    expected --call--> called --check--> heard --call--> called ...

A call says nothing but "look": whoever takes it marks the row, and the process that asks after it finds the mark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

import sqlalchemy as sa
from itsdangerous import BadSignature, Signer

from components.errors import NotFound
from components.library.links import secret
from components.library.records import ENDED
from components.library.tables import generation
from components.settings import Settings


class WebhookSecrets:
    """The last part of an address that a provider calls, good for one generation at one provider."""

    def __init__(self, settings: Settings) -> None:
        self._secret = secret(settings)

    def issue(self, provider: str, generation_id: str) -> str:
        """It has no end: a provider may take days, and all that it opens is a question."""
        return self._signer(provider).sign(generation_id).decode("ascii")

    def read(self, provider: str, given: str) -> str:
        """The generation's id.

        Raises:
            NotFound: forged, or issued for another provider.
        """
        try:
            return self._signer(provider).unsign(given).decode("ascii")
        except (BadSignature, UnicodeError):
            raise NotFound("There is nothing at this address.") from None

    def _signer(self, provider: str) -> Signer:
        # It compares in constant time (itsdangerous 2.2, signer.py).
        salt = f"webhooks.{provider}"
        return Signer(self._secret, salt=salt, key_derivation="hmac", digest_method=hashlib.sha256)


class Webhooks:
    """The column `webhook` of the generations, whoever's they are."""

    def __init__(self, database: sa.Engine) -> None:
        self._database = database

    def came(self, generation_id: str) -> None:
        """A provider called; where it was not asked to, after the end, or twice at once, nothing changes."""
        mark = sa.update(generation).where(
            generation.c.id == generation_id,
            generation.c.webhook.in_(("expected", "heard")),
            generation.c.state.not_in(ENDED),
        )
        with self._database.begin() as connection:
            connection.execute(mark.values(webhook="called"))

    def pick_up(self, asked_after: Collection[str]) -> set[str]:
        """Those of the given that are to be checked now; their marks go before the check begins."""
        marked = sa.select(generation.c.id).where(
            generation.c.state.in_(("running", "saving")), generation.c.webhook == "called"
        )
        with self._database.connect() as connection:
            found = set(connection.execute(marked).scalars()).intersection(asked_after)
        if found:
            with self._database.begin() as connection:
                of_these = sa.update(generation).where(generation.c.id.in_(found))
                connection.execute(of_these.values(webhook="heard"))
        return found
