"""Keeps a person's secrets unreadable in the database: sealed with a key that the studio's own secret gives.

A row that is handed to another owner, or outlives the secret, opens no more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

from cryptography.fernet import Fernet, InvalidToken

from components.library.links import secret
from components.settings import Settings


class CannotOpen(Exception):
    """Sealed with another secret, or for somebody else, or damaged."""


class Seals:
    """Seals of one purpose; those of another one do not open.

    Args:
        settings: hold the secret.
        purpose: what is sealed.
    """

    def __init__(self, settings: Settings, purpose: str) -> None:
        # The secret has 128 bits and more, so one HMAC makes a key of it. Fernet: AES-128-CBC and HMAC-SHA256
        # (cryptography 50, fernet.py).
        key = hmac.digest(secret(settings).encode(), f"seals.{purpose}".encode(), hashlib.sha256)
        self._fernet = Fernet(base64.urlsafe_b64encode(key))

    def seal(self, owner: str, text: str) -> str:
        return self._fernet.encrypt(json.dumps([owner, text]).encode()).decode("ascii")

    def open(self, owner: str, sealed: str) -> str:
        """What was sealed for this owner.

        Raises:
            CannotOpen: it was not, or not with this secret.
        """
        try:
            whose, text = json.loads(self._fernet.decrypt(sealed.encode()))
        except (InvalidToken, ValueError):
            raise CannotOpen from None
        if whose != owner:
            raise CannotOpen
        return str(text)
