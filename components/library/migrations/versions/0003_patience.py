"""What a generation is waited for with: the next try, how long only trouble was met, what a person settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENTS = ("next_try_at", "troubled_since", "missing_since", "settled_at")


def upgrade() -> None:
    """Adds columns that are empty for all that is there."""
    for name in MOMENTS:
        op.add_column("generation", sa.Column(name, sa.Float))
    op.add_column("generation", sa.Column("follows", sa.String(32)))


def downgrade() -> None:
    """Back to what only knew the last word."""
    for name in (*MOMENTS, "follows"):
        op.drop_column("generation", name)
