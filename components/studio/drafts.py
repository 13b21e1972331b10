"""What a person has put into a model's form and not sent yet, so that a reload loses none of it."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from components.catalog import model
from components.catalog.carry import fitting
from components.library.preferences import Preferences as Rows

log = logging.getLogger(__name__)

MOST_LETTERS = 1_000_000
"""A table of two thousand people has a tenth of it; what is larger is not kept."""


class Drafts:
    """One owner's drafts, one a model."""

    def __init__(self, database: sa.Engine, owner: str) -> None:
        self._rows = Rows(database, owner)

    def keep(self, model_id: str, values: Mapping[str, Any]) -> None:
        """Keeps the form's values by documented name. It is a comfort: a full disk does not stop the page."""
        given = {"at": time.time(), "values": dict(values)}
        if len(json.dumps(given)) > MOST_LETTERS:
            return
        try:
            self._rows.set(_name(model_id), given)
        except sa.exc.SQLAlchemyError as trouble:
            log.warning("a draft was not kept: %s", type(trouble).__name__)

    def find(self, model_id: str, since: float = 0.0) -> dict[str, Any] | None:
        """The draft, if it is younger than `since`: of what the model does not take any more, the default."""
        kept = self._rows.get(_name(model_id), None)
        if not isinstance(kept, dict) or kept.get("at", 0.0) <= since:
            return None
        spec, values = model(model_id), kept["values"]
        return {name: value for name, value in fitting(spec, values).items() if name in values}


def _name(model_id: str) -> str:
    return f"draft:{model(model_id).page}"[:40]
