"""Keys of providers that were typed, the team's and each person's own, and what was made with one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds an empty table, and a column that a server or worker of the release before need not name."""
    op.create_table(
        "provider_key",
        sa.Column("owner", sa.String(128), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.Column("changed_at", sa.Float, nullable=False),
    )
    op.add_column("generation", sa.Column("own_key", sa.Boolean, nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Back to the environment's keys alone; typed ones are gone."""
    op.drop_column("generation", "own_key")
    op.drop_table("provider_key")
