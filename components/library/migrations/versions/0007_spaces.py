"""Spaces: what its owner shares with the team; at first nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns that a worker of the release before does not name, and need not."""
    for table in ("generation", "asset"):
        op.add_column(table, sa.Column("shared", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_index("ix_generation_shared_created_at", "generation", ["shared", "created_at"])


def downgrade() -> None:
    """Back to each their own."""
    op.drop_index("ix_generation_shared_created_at", "generation")
    for table in ("generation", "asset"):
        op.drop_column(table, "shared")
