"""Turns: when a generation may be sent, at a provider that takes only so many."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds an empty column: what a worker of the release before sends counts by its state only."""
    op.add_column("generation", sa.Column("turn_at", sa.Float))
    op.create_index("ix_generation_turn_at", "generation", ["turn_at"])


def downgrade() -> None:
    """Back to no turns."""
    op.drop_index("ix_generation_turn_at", "generation")
    op.drop_column("generation", "turn_at")
