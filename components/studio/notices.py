"""Where a person is told of what has ended, beside the studio's own pages: kept here, tried and taken away."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from components.engine.delivery import Verdict, deliver, look_at
from components.engine.notice_words import TEST
from components.engine.notices import PURPOSE
from components.errors import InvalidRequest, NotDelivered, NotFound
from components.library.notices import EVENTS, NoticeAddresses
from components.library.records import NoticeAddress, NoticeEvent
from components.library.seals import CannotOpen, Seals
from components.settings import Settings
from components.studio.person import Person

REFUSALS: dict[Verdict, str] = {
    "kind": "No such address is known here. It begins with ntfys://, mailtos://, slack://, discord://, tgram://, "
    "workflows://, pover://, gotifys:// or jsons://; of ntfy, Slack, Discord and Teams the web address works too.",
    "option": "This address says more than is taken here. Leave out what stands behind its question mark.",
    "address": "This address is not whole. Copy it again.",
    "private": "This address leads into a network of its own; notices go to public ones.",
    "failed": "The address could not be looked at. Try again.",
}
ALLOW = " Hosts of your own network are named in STUDIO_NOTICE_HOSTS."
NONE = NotFound("There is no address to tell you at.", "Paste one first.")


class Notices:
    """One person's address; what it says never leaves the studio but to be used."""

    def __init__(self, database: sa.Engine, settings: Settings, person: Person) -> None:
        self._rows, self._seals = NoticeAddresses(database, person.owner), Seals(settings, PURPOSE)
        self._person, self._hosts = person, settings.notice_hosts

    def get(self) -> NoticeAddress | None:
        """What is known of it; `lost` where the studio's secret has changed. None where there is none."""
        kept = self._rows.get()
        if kept is None:
            return None
        return kept.shown.model_copy(update={"lost": self._address() is None})

    def keep(self, address: str, events: Collection[NoticeEvent], words: bool = False) -> NoticeAddress:
        """Tells them at this address from now on.

        Args:
            address: as apprise writes it; empty leaves the one that is kept.
            events: of what.
            words: whether a notice may hold the prompt and a link.

        Raises:
            InvalidRequest: it is no address that notices go to, or nothing is chosen.
        """
        wanted = [event for event in EVENTS if event in events]
        if not wanted:
            raise InvalidRequest({"events": "Choose what you want to be told of."})
        if address.strip():
            found = look_at(address.strip(), self._hosts)
            if found.verdict != "ok":
                raise InvalidRequest({"address": self._refusal(found.verdict)})
            self._rows.save(found.kind, self._seals.seal(self._person.owner, address.strip()), wanted, words)
        elif self._address() is None:
            raise InvalidRequest({"address": "Paste the address at which you want to be told."})
        else:
            self._rows.change(wanted, words)
        return self.get() or NoticeAddress(kind="", events=(), words=False)

    def test(self) -> None:
        """Sends a notice that says that it is a test.

        Raises:
            NotFound: there is no address, or none that can still be read.
            NotDelivered: it did not arrive, or one left a moment ago.
        """
        address = self._address()
        if address is None:
            raise NONE
        if not self._rows.may_test():
            raise NotDelivered("A test left a moment ago.", "Wait ten seconds for the next one.")
        verdict = deliver(address, self._hosts, TEST).verdict
        if verdict == "ok":
            self._rows.delivered()
            return
        if verdict == "private":
            self._rows.not_delivered("private")
            raise NotDelivered("The test was not sent.", self._refusal("private"))
        self._rows.not_delivered("failed")
        raise NotDelivered("The test was not delivered.", "See whether the address is right and its place up.")

    def remove(self) -> None:
        """They are told of nothing more, of what waits neither; without an address nothing changes."""
        if self.get() is not None:
            self._rows.remove()

    def _refusal(self, verdict: Verdict) -> str:
        return REFUSALS[verdict] + (ALLOW if verdict == "private" and self._person.knows_keys else "")

    def _address(self) -> str | None:
        """None where there is none, or none that this process can read."""
        kept = self._rows.get()
        try:
            return self._seals.open(self._person.owner, kept.sealed) if kept else None
        except CannotOpen:
            return None
