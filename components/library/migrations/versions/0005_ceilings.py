"""Ceilings: what an owner may spend and have under way, and what counts until a cost is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds an empty column and an empty table: what is there counts by its cost only, and nobody has a ceiling."""
    op.add_column("generation", sa.Column("reserved_micros", sa.BigInteger))
    op.create_table(
        "ceiling",
        sa.Column("owner", sa.String(128), primary_key=True),
        sa.Column("day_micros", sa.BigInteger),
        sa.Column("month_micros", sa.BigInteger),
        sa.Column("in_flight", sa.Integer),
        sa.Column("zone", sa.String(64), nullable=False),
    )


def downgrade() -> None:
    """Back to no ceilings."""
    op.drop_table("ceiling")
    op.drop_column("generation", "reserved_micros")
