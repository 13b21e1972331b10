"""Webhooks: whether a provider was asked to call when a generation has ended, and whether it has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds an empty column: nobody was asked to call for what is there."""
    op.add_column("generation", sa.Column("webhook", sa.String(16)))


def downgrade() -> None:
    """Back to asking alone."""
    op.drop_column("generation", "webhook")
