"""What a person can do with a generation of which nobody can prove what became of it. Nothing sends by itself.

Look again, take what was found by hand, close it, or send the same request anew; and stop the asking.
"""

from __future__ import annotations

import time
from typing import Any

from components import providers
from components.catalog import model
from components.catalog.price import estimate
from components.engine.runtime import Engine
from components.engine.save import receive_found
from components.errors import CannotSettle, ErrorInfo, NotFound, RecordMissing
from components.library.assets import Assets
from components.library.records import NOT_MADE, Generation, State
from components.library.sight import HeldGenerations, Sight
from components.providers.base import Operation, Provider
from components.studio.generations import Generations

OPEN: tuple[State, ...] = ("uncertain", "failed")
SAME_PRESS = 10.0
"""Seconds within which sending again counts as the same press, whatever became of the first."""
STOPPED = ErrorInfo(
    code="stopped",
    message="You stopped the asking; its number is kept.",
    hint="Look again whenever you like: what is ready by then is brought home.",
)
CLOSED = ErrorInfo(
    code=NOT_MADE,
    message="You found that it was not made, and closed it.",
    hint="Send it again whenever you like.",
)
ANEW: dict[str, Any] = {
    "error": None,
    "finished_at": None,
    "troubled_since": None,
    "missing_since": None,
    "settled_at": None,
    "webhook": None,
}


class WaysOut:
    """Generations that wait for a person: their own, of an admin everybody's."""

    def __init__(self, engine: Engine, sight: Sight, generations: Generations, assets: Assets) -> None:
        self._runtime, self._generations, self._assets = engine, generations, assets
        self._rows, self._owner = HeldGenerations(engine.database, sight), sight.owner
        self._connections = engine.context.connections

    def stop_asking(self, generation_id: str) -> Generation:
        """Asks no more for now; the number stays, and `look_again` goes on.

        Raises:
            CannotSettle: it is not under way at a provider, or has no number there to come back with.
        """
        numbered = self._rows.get(generation_id).operation is not None
        if not numbered or not self._rows.move(generation_id, "running", "uncertain", error=STOPPED.model_dump()):
            raise CannotSettle("The studio is not asking for this generation.", "There is nothing to stop.")
        return self._rows.get(generation_id)

    def can_look(self, generation: Generation) -> bool:
        """Whether the provider can be asked: by the number that is known, or by what was sent."""
        return generation.operation is not None or self._kind(generation).finds

    def look_again(self, generation_id: str) -> Generation:
        """Asks the provider once more; where it knows the generation, the studio collects it like any other.

        Raises:
            CannotSettle: it is open no more, or nothing was found.
            ProviderError: the provider could not be asked.
        """
        job = self._open(generation_id)
        operation = job.operation
        if operation is None:
            sent_at = job.submitted_at or job.created_at
            found = self._connections.provider_of(job).find(model(job.model), job.parameters, job.id, sent_at)
            operation = found.operation if found else None
        if operation is None or self._is_anothers(job, operation):
            name = self._kind(job).name
            raise CannotSettle(
                f"{name} shows no such generation at the moment.",
                f"Look at your history at {name} too. If it is not there either, say that it was not made.",
            )
        by_search = job.operation is None and not self._kind(job).chooses_ids
        return self._collect(job, operation, searched=by_search)

    def accept(self, generation_id: str, given: str) -> Generation:
        """What a person found at the provider: the generation's id there, or the https link of its video.

        Raises:
            CannotSettle: it is open no more, or the provider does not know that id.
            InvalidRequest: it can be no id of this provider.
            ProviderError: nothing, or something that is no video, lies there.
        """
        job, given = self._open(generation_id), given.strip()
        if "://" in given:
            receive_found(self._runtime.context, job, given)
            return self._collect(job, (job.operation or {}) | {"taken": True}, searched=False)
        kind = self._kind(job)
        operation = kind.operation_of(model(job.model), job.parameters, given)
        if self._is_anothers(job, operation):
            raise CannotSettle("That id is another generation's of this studio.", "Copy the id of this one.")
        try:
            self._connections.provider_of(job).check(operation)
        except RecordMissing:
            raise CannotSettle(
                f"{kind.name} does not know this id.", "Copy it again, or paste the video's link."
            ) from None
        return self._collect(job, operation, searched=False)

    def not_made(self, generation_id: str) -> Generation:
        """Closes it.

        Raises:
            CannotSettle: it is open no more.
        """
        job = self._open(generation_id)
        error = CLOSED if job.state == "uncertain" else job.error or CLOSED
        self._rows.move(job.id, job.state, "failed", error=error.model_dump(), settled_at=time.time())
        return self._rows.get(generation_id)

    def send_again(self, generation_id: str) -> Generation:
        """A new generation with the same request: paid for by itself, linked to the one in whose place it is.

        Raises:
            CannotSettle: it was sent again already, and that one has not ended yet; or it is somebody else's.
            InvalidRequest: the request does not fit any more, e.g. because a file is gone.
        """
        job = self._open(generation_id)
        if job.owner != self._owner:
            raise CannotSettle("Only its owner can send it again.", "Use its settings to make one of your own.")
        if self._rows.followed(job.id, time.time() - SAME_PRESS):
            raise CannotSettle("It was sent again already.", "Wait for that one's end.")
        return self._generations.submit(job.model, job.parameters, follows=job.id)

    def estimate(self, generation: Generation) -> float | None:
        """US dollars that sending it again costs, where that can be told."""
        spec = model(generation.model)
        try:
            voice = self._assets.get(str(spec.value(generation.parameters, "voice") or ""))
        except NotFound:
            return estimate(spec, generation.parameters, None)
        return estimate(spec, generation.parameters, float(voice.facts["seconds"]))

    def _open(self, generation_id: str) -> Generation:
        job = self._rows.get(generation_id)
        if not job.doubtful:
            raise CannotSettle("There is nothing left to decide about this generation.", "Load the page anew.")
        return job

    def _collect(self, job: Generation, operation: Operation, *, searched: bool) -> Generation:
        key = self._kind(job).id_key
        if not self._runtime.resume(self._rows, job.id, OPEN, operation, key, searched=searched, **ANEW):
            raise CannotSettle("Somebody else was quicker with this generation.", "Load the page anew.")
        return self._rows.get(job.id)

    def _is_anothers(self, job: Generation, operation: Operation) -> bool:
        """Two generations that share an id would be one video, told twice."""
        return self._rows.has_operation(operation, self._kind(job).id_key, but=job.id)

    def _kind(self, job: Generation) -> type[Provider]:
        return providers.provider(model(job.model).provider)
