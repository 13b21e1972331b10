"""Puts the subjects of the studio together for one owner, and opens it for a process."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import overload

from components.client.remote import RemoteStudio, connected
from components.engine.housekeeping import Housekeeping
from components.engine.runtime import Engine, run_engine
from components.errors import NotConfigured
from components.library.assets import Assets as AssetRows
from components.library.audit import Audit
from components.library.derived import Derived
from components.library.links import Links
from components.library.marks import Marks
from components.library.notices import Outbox
from components.library.sight import SeenGenerations, Sight
from components.media import gate
from components.settings import Settings
from components.studio.accounts import Accounts
from components.studio.assets import Assets
from components.studio.ceilings import Ceilings
from components.studio.comparisons import Comparisons
from components.studio.drafts import Drafts
from components.studio.files import Files
from components.studio.gallery import Gallery
from components.studio.generations import Generations
from components.studio.health import Health
from components.studio.live import Live
from components.studio.notices import Notices
from components.studio.outputs import Outputs, Subjects
from components.studio.people import Admission, People
from components.studio.person import Person, guard, local
from components.studio.pictures import Pictures
from components.studio.preferences import Preferences
from components.studio.rehearsal import Rehearsal
from components.studio.rights import RIGHTS
from components.studio.room import Rooms
from components.studio.spending import Spending
from components.studio.tables import Tables
from components.studio.tokens import Door, Tokens
from components.studio.upkeep import Upkeep
from components.studio.ways_out import WaysOut
from components.version import VERSION

log = logging.getLogger(__name__)

MOST_PROGRAMS = 500
"""Views that are kept for programs; one more, and all are made anew."""
RUN = secrets.token_hex(4)
"""Names this run of the server: what an earlier one drew in a browser does not answer any more."""


class Studio(Upkeep):
    """One person's view of the running studio, by subject; safe to use from any thread.

    Args:
        settings: of this process.
        engine: that runs in it.
        person: whose it is; without sign-in there is one, who may do everything.
        admission: the server's, which knows who comes in.
    """

    def __init__(
        self,
        settings: Settings,
        engine: Engine,
        person: Person | None = None,
        admission: Admission | None = None,
    ) -> None:
        super().__init__(settings, engine, admission)
        self.settings, self._engine, self.person = settings, engine, person or local()
        owner = self.person.owner
        database, storage, connections = engine.database, engine.context.storage, engine.context.connections
        sight = Sight(owner, lambda: self.person.sees_all)
        rows, self.seen = AssetRows(database, owner, sight), SeenGenerations(database, sight)
        self.accounts = Accounts(engine.context.keys, connections, owner)
        self.assets = Assets(rows, storage)
        token = self.person.token
        self.ceilings = Ceilings(database, owner, rows, self.accounts.has_own_key, token.id if token else None)
        self.generations = Generations(engine, sight, rows, self.accounts, self.ceilings)
        self.ways_out = WaysOut(engine, sight, self.generations, rows)
        derived = Derived(self.seen, storage)
        self.files = Files(derived, Links(settings, "" if self.person.is_local else owner))
        self.gallery = Gallery(database, sight)
        self.preferences, self.drafts = Preferences(database, owner), Drafts(database, owner)
        neighbours = Subjects(self.seen, self.gallery, self.assets, self.preferences, self.files)
        self.outputs = Outputs(neighbours, Marks(database, owner), derived, storage)
        self.comparisons = Comparisons(self.seen, storage)
        self.spending, self.health = Spending(database, owner), Health(database, owner)
        self.room = Rooms(database, lambda: None if self.person.sees_all else owner, storage)
        self.pictures, self.tables = Pictures(connections, self.accounts), Tables()
        self.rehearsal = Rehearsal(connections, owner)
        self.people = People(database, self.admission, owner)
        self.live, self.tokens = Live(settings, owner), Tokens(database, self.person)
        self.notices = Notices(database, settings, self.person)
        guard(self, RIGHTS, self.person, Audit(database))
        # What a script needs most stands one step nearer.
        self.add_asset = self.assets.add
        self.submit = self.generations.submit
        self.wait = self.generations.wait
        self.copy_output = self.outputs.copy


class Studios:
    """All views of one running studio: the server's own, and one for each person who signed in."""

    def __init__(self, settings: Settings, engine: Engine) -> None:
        self.own = Studio(settings, engine)
        self._settings, self._engine = settings, engine
        self._others: dict[str, Studio] = {}
        self._programs: dict[str, Studio] = {}
        self._opening = threading.Lock()
        self._door = Door(engine.database, settings, self.own.admission)

    def of(self, email: str) -> Studio:
        """The studio as this person has it, the same one each time; also of one who may do nothing."""
        with self._opening:
            if email not in self._others:
                admission = self.own.admission
                person = Person(email, lambda: admission.role(email))
                self._others[email] = Studio(self._settings, self._engine, person, admission)
            return self._others[email]

    def of_program(self, words: str) -> Studio:
        """The studio as a program has it that says these words; raises TokenRefused."""
        person = self._door.admit(words)
        token_id = person.token.id if person.token else ""
        with self._opening:
            if len(self._programs) >= MOST_PROGRAMS:
                self._programs.clear()
            if token_id not in self._programs:
                self._programs[token_id] = Studio(self._settings, self._engine, person, self.own.admission)
            return self._programs[token_id]

    def close(self) -> None:
        """Ends what runs beside the engine."""
        for studio in (*self._others.values(), *self._programs.values(), self.own):
            studio.comparisons.close()


@overload
def open_studio(settings: Settings, *, works: bool = True) -> AbstractContextManager[Studio]: ...
@overload
def open_studio(*, url: str, token: str) -> AbstractContextManager[RemoteStudio]: ...
def open_studio(
    settings: Settings | None = None, *, works: bool = True, url: str = "", token: str = ""
) -> AbstractContextManager[Studio] | AbstractContextManager[RemoteStudio]:
    """A studio with its engine running inside, one a process, and with SQLite one a data folder; or one elsewhere.

    Args:
        settings: of this process.
        works: False on a shared database where other processes do the work, and this one only shows and enqueues.
        url: in place of settings, where the server of a running studio answers.
        token: what a token says that was made there on the settings page.
    """
    return connected(url, token) if settings is None else _opened(settings, works=works)


@contextmanager
def _opened(settings: Settings, *, works: bool) -> Iterator[Studio]:
    with run_engine(settings, works=works) as engine:
        gate.warm()
        studios = Studios(settings, engine)
        forgetting = (lambda: engine.forget_finished(time.time()), Outbox(engine.database).forget_old)
        cleaning = Housekeeping(studios.own.cleaning.run, *forgetting)
        _open.append(studios)
        log.info("the studio is open, version %s", VERSION)
        try:
            yield studios.own
        finally:
            log.info("the studio closes")
            _open.remove(studios)
            studios.close()
            cleaning.close()


_open: list[Studios] = []


def current() -> Studio:
    """The studio of this server, for routes and the frame; a page has that of its visitor.

    Raises:
        NotConfigured: the pages were started without `app.py`.
    """
    if not _open:
        raise NotConfigured(
            "The studio's engine is not running.", "Start it with `make run` or `streamlit run app.py`."
        )
    return _open[-1].own


def of(email: str) -> Studio:
    """The same as a person has it who signed in."""
    current()
    return _open[-1].of(email)


def of_program(words: str) -> Studio:
    """The same as a program has it, by what its token says.

    Raises:
        TokenRefused: no token says so, or it has ended, or its owner is not one of the people any more.
    """
    current()
    return _open[-1].of_program(words)
