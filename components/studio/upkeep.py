"""What a server has whoever looks at it: who comes in, its figures, whether it is ready, its daily cleaning."""

from __future__ import annotations

from components.engine.runtime import Engine
from components.library.bin import Bin
from components.library.derived import Derived
from components.library.generation_queries import GenerationQueries
from components.library.people import Sessions
from components.settings import Settings
from components.studio.cleaning import Cleaning
from components.studio.figures import Figures
from components.studio.people import Admission
from components.studio.readiness import Readiness
from components.studio.webhooks import Webhooks


class Upkeep:
    """Of everybody's; no page shows anything of it to a person but through their own studio."""

    def __init__(self, settings: Settings, engine: Engine, admission: Admission | None) -> None:
        self.everyone = GenerationQueries(engine.database, None)
        self.admission = admission or Admission(engine.database, settings)
        self.figures = Figures(engine)
        self.readiness = Readiness(engine)
        storage = engine.context.storage
        derived, sessions = Derived(self.everyone, storage), Sessions(engine.database)
        self.cleaning = Cleaning(Bin(engine.database, None), derived, storage, sessions)
        self.webhooks = Webhooks(settings, engine.context.webhooks)
        self.has_workers = engine.has_workers
