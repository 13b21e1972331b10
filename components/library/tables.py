"""The studio's own tables; the engine's stand beside them in the same database.

Times are unix seconds (UTC), money is millionths of a US dollar. Rows hold storage keys, never paths or
URLs, and nothing secret that is not sealed. Migrations in `migrations/` bring a database to this shape.
"""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

SEARCHED = 400
"""Letters of a prompt that the gallery's search sees."""


def searched(text: object) -> str:
    """What a search compares: the beginning, without capitals."""
    # Postgres takes no NUL in a text; a video must not be lost for one in a name.
    return str(text or "").replace("\0", " ")[:SEARCHED].casefold()[:SEARCHED]


asset = sa.Table(
    "asset",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("media_type", sa.String(64), nullable=False),
    sa.Column("key", sa.String(255), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index(None, "owner", "kind", "created_at"),
)

generation = sa.Table(
    "generation",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Column("model", sa.String(64), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("sandbox", sa.Boolean, nullable=False),
    sa.Column("parameters", sa.JSON, nullable=False),
    sa.Column("operation", sa.JSON),
    sa.Column("cost_micros", sa.BigInteger),
    sa.Column("error", sa.JSON),
    sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("submitted_at", sa.Float),
    sa.Column("finished_at", sa.Float),
    sa.Column("changed_at", sa.Float, nullable=False, server_default="0"),
    sa.Column("deleted_at", sa.Float),
    sa.Column("words", sa.String(SEARCHED), nullable=False, server_default=""),
    sa.Column("next_try_at", sa.Float),
    sa.Column("troubled_since", sa.Float),
    sa.Column("missing_since", sa.Float),
    sa.Column("settled_at", sa.Float),
    sa.Column("follows", sa.String(32)),
    # What it counts under a ceiling for as long as its cost is not known; of the sandbox's, none.
    sa.Column("reserved_micros", sa.BigInteger),
    # When it was its turn to be sent, at a provider that has a limit.
    sa.Column("turn_at", sa.Float),
    sa.Index(None, "turn_at"),
    # Whether the team may look at it.
    sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()),
    # With which token a program sent it; None where a person did.
    sa.Column("token", sa.String(32)),
    sa.Index(None, "shared", "created_at"),
    sa.Index(None, "token", "created_at"),
    sa.Column("webhook", sa.String(16)),
    # Whether it goes to an account of its owner's own: then nothing of it counts under the team's limits.
    sa.Column("own_key", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Index(None, "owner", "model", "created_at"),
    # Holds all that the gallery filters and sorts by, so that 10,000 rows are filtered without being read.
    sa.Index(
        "ix_generation_gallery",
        *("owner", "created_at", "state", "deleted_at", "id", "model", "cost_micros", "words"),
    ),
    sa.Index(None, "owner", "changed_at"),
    sa.Index(None, "changed_at"),
    sa.Index(None, "state"),
)

output = sa.Table(
    "output",
    metadata,
    sa.Column("id", sa.String(40), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Column("generation_id", sa.ForeignKey("generation.id", ondelete="CASCADE"), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("media_type", sa.String(64), nullable=False),
    sa.Column("key", sa.String(255), nullable=False),
    sa.Column("poster_key", sa.String(255)),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("facts", sa.JSON, nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False, server_default="0"),
    sa.Column("favourite", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("rating", sa.Integer),
    sa.Column("note", sa.Text, nullable=False, server_default=""),
    sa.Column("deleted_at", sa.Float),
    sa.Column("examined", sa.JSON),
    sa.Column("words", sa.String(SEARCHED), nullable=False, server_default=""),
    sa.UniqueConstraint("generation_id", "position"),
    sa.Index(
        "ix_output_gallery",
        *("generation_id", "position", "deleted_at", "favourite", "rating", "seconds", "id", "words"),
    ),
)

tag = sa.Table(
    "tag",
    metadata,
    sa.Column("output_id", sa.ForeignKey("output.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Index(None, "owner", "name"),
)

preference = sa.Table(
    "preference",
    metadata,
    sa.Column("owner", sa.String(128), primary_key=True),
    sa.Column("name", sa.String(40), primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)

worker = sa.Table(
    "worker",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("started_at", sa.Float, nullable=False),
    sa.Column("beat_at", sa.Float, nullable=False),
)

# Those whom an admin has let in, or taken out, on the page; whom the settings name has none.
member = sa.Table(
    "member",
    metadata,
    sa.Column("email", sa.String(128), primary_key=True),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)

# A signed-in browser, by a hash of its cookie. Streamlit's cookie cannot be taken back; an ended row refuses it.
session = sa.Table(
    "session",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("person", sa.String(128), nullable=False),
    sa.Column("began_at", sa.Float, nullable=False),
    sa.Column("ended_at", sa.Float),
    sa.Index(None, "person"),
)

# Append-only: the database itself refuses to change or remove a row (see the migration).
audit = sa.Table(
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("person", sa.String(128), nullable=False),
    sa.Column("action", sa.String(40), nullable=False),
    sa.Column("about", sa.String(200), nullable=False),
    sa.Index(None, "at"),
)

# One row an owner that has a ceiling; who enqueues holds it, so that two at once are counted one after the other.
ceiling = sa.Table(
    "ceiling",
    metadata,
    sa.Column("owner", sa.String(128), primary_key=True),
    sa.Column("day_micros", sa.BigInteger),
    sa.Column("month_micros", sa.BigInteger),
    sa.Column("in_flight", sa.Integer),
    sa.Column("zone", sa.String(64), nullable=False),
)

# Keys of providers that were typed, sealed: the team's (no owner), or one person's for their own work.
provider_key = sa.Table(
    "provider_key",
    metadata,
    sa.Column("owner", sa.String(128), primary_key=True),
    sa.Column("name", sa.String(64), primary_key=True),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("changed_at", sa.Float, nullable=False),
)

# With which programs come in, each by a hash of its words; a revoked one stays, because generations name it.
token = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
    sa.Column("last_used_at", sa.Float),
    sa.Column("expires_at", sa.Float),
    sa.Column("revoked_at", sa.Float),
    sa.UniqueConstraint("sha256"),
    sa.Index(None, "owner"),
)

# Under which key a program of this owner sent what: the same again is the same generation, for good.
submission = sa.Table(
    "submission",
    metadata,
    sa.Column("owner", sa.String(128), primary_key=True),
    sa.Column("key", sa.String(128), primary_key=True),
    sa.Column("request", sa.String(64), nullable=False),
    sa.Column("generation_id", sa.String(32), nullable=False),
    sa.Column("created_at", sa.Float, nullable=False),
)

# Where a person is told of what has ended. The address is a secret, so it is sealed with the studio's own.
notice_address = sa.Table(
    "notice_address",
    metadata,
    sa.Column("owner", sa.String(128), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("sealed", sa.Text, nullable=False),
    sa.Column("on_done", sa.Boolean, nullable=False),
    sa.Column("on_failed", sa.Boolean, nullable=False),
    sa.Column("on_uncertain", sa.Boolean, nullable=False),
    sa.Column("on_ceiling", sa.Boolean, nullable=False),
    # Whether a notice may hold the prompt and a link.
    sa.Column("words", sa.Boolean, nullable=False),
    sa.Column("saved_at", sa.Float, nullable=False),
    sa.Column("told_at", sa.Float),
    sa.Column("failed_at", sa.Float),
    sa.Column("tested_at", sa.Float),
    sa.Column("ceiling_at", sa.Float),
    sa.Column("trouble", sa.String(16)),
)

# What they are to be told, once for each end of a generation: who sends it has claimed it before.
notice = sa.Table(
    "notice",
    metadata,
    # The generation; of a ceiling's notice an id of its own.
    sa.Column("about", sa.String(32), primary_key=True),
    sa.Column("event", sa.String(16), primary_key=True),
    sa.Column("owner", sa.String(128), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("claimed_at", sa.Float),
    sa.Index(None, "owner", "claimed_at"),
    sa.Index(None, "claimed_at", "at"),
)
