"""Keeps whom an admin let in and which sign-ins have ended. Decides nothing and knows no words."""

from __future__ import annotations

import sqlalchemy as sa

from components.library.clock import moment
from components.library.database import INSERTS
from components.library.records import PersonRole, SignedIn
from components.library.tables import asset, ceiling, generation, member, notice_address, output, session, tag


class People:
    """Rows of `member`, by e-mail address in small letters."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def get(self, email: str) -> PersonRole | None:
        """What was set on the page; None where nothing was."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(member.c.role).where(member.c.email == email)).scalar()

    def all(self) -> dict[str, PersonRole]:
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(member.c.email, member.c.role).order_by(member.c.email))
            return {row.email: row.role for row in rows}

    def set(self, email: str, role: PersonRole) -> None:
        values = {"role": role, "changed_at": moment(self._engine)}
        new = INSERTS[self._engine.dialect.name](member).values(email=email, **values)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["email"], set_=values))

    def forget(self, email: str) -> None:
        """Back to what the settings say."""
        with self._engine.begin() as connection:
            connection.execute(sa.delete(member).where(member.c.email == email))


DAY = 86400.0
COOKIE_LIFE = 30 * DAY
"""Seconds; an older one signs nobody in (Streamlit 1.67, starlette_server_config.py)."""


class Sessions:
    """Rows of `session`: one a signed-in browser."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def begin(self, session_id: str, person: str) -> bool:
        """Notes a sign-in; whether it was a new one."""
        new = INSERTS[self._engine.dialect.name](session)
        new = new.values(id=session_id, person=person, began_at=moment(self._engine)).on_conflict_do_nothing()
        with self._engine.begin() as connection:
            # Of an INSERT that may do nothing, Postgres tells no count.
            return connection.execute(new.returning(session.c.id)).first() is not None

    def is_open(self, session_id: str, person: str) -> bool | None:
        """Whether this person's sign-in has not ended; None where it was never noted."""
        query = sa.select(session.c.person, session.c.ended_at).where(session.c.id == session_id)
        with self._engine.connect() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else row.person == person and row.ended_at is None

    def end(self, session_id: str, person: str) -> None:
        """Ends one, also one that was never noted: its cookie may come back."""
        self.begin(session_id, person)
        self._end(session.c.id == session_id)

    def end_all(self, person: str) -> int:
        """Ends all of a person's; how many these were."""
        return self._end(session.c.person == person)

    def open(self) -> list[SignedIn]:
        """Who is signed in, with how many browsers, and since when at the latest."""
        columns = (
            session.c.person,
            sa.func.count().label("browsers"),
            sa.func.max(session.c.began_at).label("at"),
        )
        alive = session.c.ended_at.is_(None) & (session.c.began_at > moment(self._engine) - COOKIE_LIFE)
        query = sa.select(*columns).where(alive).group_by(session.c.person)
        with self._engine.connect() as connection:
            return [SignedIn.model_validate(row) for row in connection.execute(query.order_by(session.c.person))]

    def forget_old(self) -> int:
        """Takes away the rows of cookies that are too old to sign in, ended or not; how many these were."""
        # A day and more beyond it: Streamlit grants one, and clocks differ.
        old = session.c.began_at < moment(self._engine) - COOKIE_LIFE - 2 * DAY
        with self._engine.begin() as connection:
            return connection.execute(sa.delete(session).where(old)).rowcount

    def _end(self, which: sa.ColumnElement[bool]) -> int:
        change = sa.update(session).where(which, session.c.ended_at.is_(None))
        with self._engine.begin() as connection:
            return connection.execute(change.values(ended_at=moment(self._engine))).rowcount


OWNED = (asset, generation, output, tag)
"""What a person makes. Switches and drafts are made anew; the ceiling that was for all ends, and so do notices."""


def hand_over(engine: sa.Engine, owner: str, new: str) -> int:
    """Gives all that one owner made to another; how many generations these were."""
    with engine.begin() as connection:
        moved = [
            connection.execute(sa.update(table).where(table.c.owner == owner).values(owner=new)).rowcount
            for table in OWNED
        ]
        for table in (ceiling, notice_address):
            connection.execute(sa.delete(table).where(table.c.owner == owner))
    return moved[OWNED.index(generation)]


def made_any(engine: sa.Engine, owner: str) -> bool:
    """Whether there is anything to hand over."""
    with engine.connect() as connection:
        return any(
            connection.execute(sa.select(table.c.owner).where(table.c.owner == owner).limit(1)).first()
            for table in (asset, generation)
        )
