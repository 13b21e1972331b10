"""Who somebody is: by the settings, and by what admins set on the page. Knows no request and no session."""

from __future__ import annotations

import re

import sqlalchemy as sa

from components.library.people import People
from components.library.records import LONGEST_EMAIL, PersonRole
from components.settings import Settings

EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
MAKERS = ("admin", "member")


class Roles:
    """What each person may do, asked of the database each time."""

    def __init__(self, database: sa.Engine, settings: Settings) -> None:
        self._rows, self._sign_in = People(database), settings.sign_in
        self.by_settings: tuple[tuple[PersonRole, tuple[str, ...]], ...] = (
            ("admin", tuple(map(tidy, settings.admins))),
            ("member", tuple(map(tidy, settings.members))),
            ("viewer", tuple(map(tidy, settings.viewers))),
        )

    def get(self, email: str) -> PersonRole | None:
        """By name in the settings, which cannot lock everybody out; else as set on the page; else by domain.

        None where nobody has let them in.
        """
        if not is_email(email):
            return None
        return self.named(email) or self._rows.get(email) or self.named(email[email.rfind("@") :])

    def named(self, name: str) -> PersonRole | None:
        """The same by an address' or a domain's own name in the settings."""
        return next((role for role, names in self.by_settings if name in names), None)

    def may_make(self, owner: str) -> bool:
        """Whether an owner is one of the people and makes things; without sign-in that is the one person."""
        return self._sign_in == "off" if not is_email(owner) else self.get(owner) in MAKERS


def tidy(email: str) -> str:
    """In small letters. What is not of ASCII stays: the small letter of a Kelvin sign is another person's k."""
    return email.strip().lower() if email.isascii() else email


def is_email(email: str) -> bool:
    """Whether it can name a person; what is not of ASCII names nobody."""
    plain = email.isascii() and email.isprintable() and len(email) <= LONGEST_EMAIL
    return plain and bool(EMAIL.fullmatch(email))
