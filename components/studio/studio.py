"""Puts the subjects of the studio together for one owner, and opens it for a process."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from components.engine.housekeeping import Housekeeping
from components.engine.runtime import Engine, run_engine
from components.errors import NotConfigured
from components.library.assets import Assets as AssetRows
from components.library.bin import Bin
from components.library.derived import Derived
from components.library.links import Links
from components.library.marks import Marks
from components.media import gate
from components.settings import Settings
from components.studio.accounts import Accounts
from components.studio.assets import Assets
from components.studio.ceilings import Ceilings
from components.studio.cleaning import Cleaning
from components.studio.comparisons import Comparisons
from components.studio.drafts import Drafts
from components.studio.figures import Figures
from components.studio.files import Files
from components.studio.gallery import Gallery
from components.studio.generations import Generations
from components.studio.health import Health
from components.studio.live import Live
from components.studio.outputs import Outputs, Subjects
from components.studio.pictures import Pictures
from components.studio.preferences import Preferences
from components.studio.readiness import Readiness
from components.studio.rehearsal import Rehearsal
from components.studio.spending import Spending
from components.studio.tables import Tables
from components.studio.ways_out import WaysOut
from components.studio.webhooks import Webhooks
from components.version import VERSION

log = logging.getLogger(__name__)

LOCAL = "local"
RUN = secrets.token_hex(4)
"""Names this run of the server: what an earlier one drew in a browser does not answer any more."""


class Studio:
    """One owner's view of the running studio, by subject; safe to use from any thread."""

    def __init__(self, settings: Settings, engine: Engine, owner: str = LOCAL) -> None:
        self.settings, self._engine = settings, engine
        database, storage, connections = engine.database, engine.context.storage, engine.context.connections
        rows = AssetRows(database, owner)
        self.accounts = Accounts(engine.context.keys, connections)
        self.assets = Assets(rows, storage)
        self.ceilings = Ceilings(database, owner, rows)
        self.generations = Generations(engine, owner, rows, self.accounts, self.ceilings)
        self.ways_out = WaysOut(engine, owner, self.generations, rows)
        derived = Derived(self.generations, storage)
        self.files = Files(derived, Links(settings))
        self.gallery = Gallery(database, owner)
        self.preferences = Preferences(database, owner)
        self.drafts = Drafts(database, owner)
        neighbours = Subjects(self.generations, self.gallery, self.assets, self.preferences, self.files)
        self.outputs = Outputs(neighbours, Marks(database, owner), derived, storage)
        self.comparisons = Comparisons(self.generations, storage)
        self.spending = Spending(database, owner)
        self.health = Health(database, owner)
        self.live = Live(settings, owner)
        self.pictures = Pictures(connections, self.accounts)
        self.tables = Tables()
        self.rehearsal = Rehearsal(connections)
        self.figures = Figures(engine)
        self.readiness = Readiness(engine)
        self.cleaning = Cleaning(Bin(database, owner), derived, storage)
        self.webhooks = Webhooks(settings, engine.context.webhooks)
        self.has_workers = engine.has_workers
        # What a script needs most stands one step nearer.
        self.add_asset = self.assets.add
        self.submit = self.generations.submit
        self.wait = self.generations.wait
        self.copy_output = self.outputs.copy


@contextmanager
def open_studio(settings: Settings, *, works: bool = True) -> Iterator[Studio]:
    """A studio with its engine running inside; one a process, and with SQLite one a data folder.

    Args:
        settings: of this process.
        works: False on a shared database where other processes do the work, and this one only shows and enqueues.
    """
    with run_engine(settings, works=works) as engine:
        gate.warm()
        studio = Studio(settings, engine)
        cleaning = Housekeeping(studio.cleaning.run, lambda: engine.forget_finished(time.time()))
        _open.append(studio)
        log.info("the studio is open, version %s", VERSION)
        try:
            yield studio
        finally:
            log.info("the studio closes")
            _open.remove(studio)
            studio.comparisons.close()
            cleaning.close()


_open: list[Studio] = []


def current() -> Studio:
    """The studio of this server, for pages and routes.

    Raises:
        NotConfigured: the pages were started without `app.py`.
    """
    if not _open:
        raise NotConfigured(
            "The studio's engine is not running.", "Start it with `make run` or `streamlit run app.py`."
        )
    return _open[-1]
