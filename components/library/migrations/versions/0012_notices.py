"""Where each person is told of what has ended, and what they are still to be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds empty tables: nobody is told of anything, and a process of the release before need know of neither."""
    op.create_table(
        "notice_address",
        sa.Column("owner", sa.String(128), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("on_done", sa.Boolean, nullable=False),
        sa.Column("on_failed", sa.Boolean, nullable=False),
        sa.Column("on_uncertain", sa.Boolean, nullable=False),
        sa.Column("on_ceiling", sa.Boolean, nullable=False),
        sa.Column("words", sa.Boolean, nullable=False),
        sa.Column("saved_at", sa.Float, nullable=False),
        sa.Column("told_at", sa.Float),
        sa.Column("failed_at", sa.Float),
        sa.Column("tested_at", sa.Float),
        sa.Column("ceiling_at", sa.Float),
        sa.Column("trouble", sa.String(16)),
    )
    op.create_table(
        "notice",
        sa.Column("about", sa.String(32), primary_key=True),
        sa.Column("event", sa.String(16), primary_key=True),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.Column("claimed_at", sa.Float),
    )
    op.create_index("ix_notice_owner_claimed_at", "notice", ["owner", "claimed_at"])
    op.create_index("ix_notice_claimed_at_at", "notice", ["claimed_at", "at"])


def downgrade() -> None:
    """Back to telling nobody."""
    op.drop_table("notice")
    op.drop_table("notice_address")
