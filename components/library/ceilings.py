"""Keeps an owner's, a token's or the team's ceilings and what counts under them. Decides nothing, knows no words.

A generation counts on the day on which it was enqueued, by the clock that stamps the rows and in the zone of the
ceiling: at its cost where that is known, else at what was reserved for it, until nothing can be charged any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import ROUND_CEILING, Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from components.library.database import INSERTS
from components.library.generation_queries import UNDER_WAY
from components.library.records import Ceiling
from components.library.spending import nothing_charged
from components.library.tables import ceiling, generation

MICROS = 1_000_000


@dataclass(frozen=True)
class Counted:
    """What counts under an owner's ceilings at a moment."""

    day: Decimal
    """US dollars since the day began."""
    month: Decimal
    under_way: int


TEAM = "team"
"""Whose ceiling holds for everybody together; no person's name, because theirs are e-mail addresses."""
OF_TOKEN = "token:"  # noqa: S105 - no secret
"""How the owner of a token's ceiling begins, before the token's id; no e-mail address either: that has an @."""


class Ceilings:
    """One owner's row of `ceiling`, a token's or the team's, and the sums that belong to it."""

    def __init__(self, engine: sa.Engine, owner: str) -> None:
        self._engine, self._owner = engine, owner
        self.is_team, self.of_token = owner == TEAM, owner.startswith(OF_TOKEN) and "@" not in owner

    def get(self) -> Ceiling | None:
        """None where there is no ceiling."""
        with self._engine.connect() as connection:
            return self._read(connection)

    def set(self, wanted: Ceiling | None) -> None:
        """Puts it in place of the one before; None takes it away."""
        change: sa.Executable = sa.delete(ceiling).where(ceiling.c.owner == self._owner)
        if wanted:
            # Never deleted and added: whoever waits for the row at that moment would find no ceiling.
            new = INSERTS[self._engine.dialect.name](ceiling).values(owner=self._owner, **_row(wanted))
            change = new.on_conflict_do_update(index_elements=["owner"], set_=_row(wanted))
        with self._engine.begin() as connection:
            connection.execute(change)

    def hold(self, connection: sa.Connection) -> Ceiling | None:
        """The ceiling, which no other transaction can hold until the caller's has ended.

        An UPDATE, because it is the one statement that locks in both: the row on Postgres, the file on SQLite,
        where Python begins a transaction at the first statement that writes and not at a SELECT.
        """
        mine = sa.update(ceiling).where(ceiling.c.owner == self._owner)
        if not connection.execute(mine.values(zone=ceiling.c.zone)).rowcount:
            return None
        return self._read(connection)

    def count(self, connection: sa.Connection, since: Periods) -> Counted:
        """What counts now; on Postgres only what had been committed when `hold` came back."""
        day, month = since.day.timestamp(), since.month.timestamp()
        began, counts = generation.c.created_at, _counts()
        mine = (self._is_mine(), self._is_paid())
        sums = sa.select(
            sa.func.coalesce(sa.func.sum(sa.case((began >= day, counts))), 0),
            sa.func.coalesce(sa.func.sum(counts), 0),
        ).where(*mine, began >= month)
        # By state first, as the lists of what is under way do: of an owner's rows there may be many.
        open_yet = sa.select(sa.func.count()).where(
            self._is_mine(plainly=False), mine[1], generation.c.state.in_(UNDER_WAY)
        )
        today, this_month = connection.execute(sums).one()
        return Counted(_dollars(today), _dollars(this_month), connection.execute(open_yet).scalar_one())

    def count_now(self, since: Periods) -> Counted:
        """The same to be shown: the next moment may know better."""
        with self._engine.connect() as connection:
            return self.count(connection, since)

    def _is_mine(self, *, plainly: bool = True) -> sa.ColumnElement[bool]:
        """What counts here; not asked plainly, no index of whose it is answers."""
        if self.is_team:
            return sa.true()
        column, value = generation.c.owner, self._owner
        if self.of_token:
            column, value = generation.c.token, self._owner.removeprefix(OF_TOKEN)
        return (column if plainly else sa.func.coalesce(column, "")) == value

    def _is_paid(self) -> sa.ColumnElement[bool]:
        """What a person pays themselves is not the team's money; a token's ceiling holds for that too."""
        live = generation.c.sandbox.is_(False)
        return live if self.of_token else live & generation.c.own_key.is_(False)

    def _read(self, connection: sa.Connection) -> Ceiling | None:
        row = connection.execute(sa.select(ceiling).where(ceiling.c.owner == self._owner)).one_or_none()
        if row is None:
            return None
        day, month = (None if n is None else _dollars(n) for n in (row.day_micros, row.month_micros))
        return Ceiling(day=day, month=month, in_flight=row.in_flight, zone=row.zone)


@dataclass(frozen=True)
class Periods:
    """The day and the month of a moment, where the ceiling counts them."""

    day: datetime
    month: datetime

    @property
    def next_day(self) -> datetime:
        return self.day + timedelta(days=1)

    @property
    def next_month(self) -> datetime:
        return (self.month + timedelta(days=32)).replace(day=1)


def periods(zone: str, now: float) -> Periods:
    """The first moments of this day and month (`now` in unix seconds), in UTC where the zone is not known here."""
    day = datetime.fromtimestamp(now, _zone(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Periods(day, day.replace(day=1))


def micros(dollars: Decimal) -> int:
    """Whole millionths of a dollar, never less than asked for."""
    return int((dollars * MICROS).to_integral_value(ROUND_CEILING))


def _counts() -> sa.ColumnElement[int]:
    """Millionths of a dollar that a generation of the provider's counts at."""
    failed = generation.c.state == "failed"
    free = generation.c.submitted_at.is_(None) | generation.c.settled_at.is_not(None) | nothing_charged()
    return sa.case(
        (generation.c.cost_micros.is_not(None), generation.c.cost_micros),
        ((generation.c.state == "cancelled") | (failed & free), 0),
        else_=sa.func.coalesce(generation.c.reserved_micros, 0),
    )


def _row(wanted: Ceiling) -> dict[str, int | str | None]:
    day, month = (None if each is None else micros(each) for each in (wanted.day, wanted.month))
    return {"day_micros": day, "month_micros": month, "in_flight": wanted.in_flight, "zone": wanted.zone}


def _dollars(amount: int | Decimal) -> Decimal:
    return Decimal(int(amount)) / MICROS


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
