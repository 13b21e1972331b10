"""Tokens of programs, what each was sent with, and under which key, so that a repeat is no second generation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds empty tables, and a column that a server or worker of the release before need not name."""
    op.create_table(
        "token",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("last_used_at", sa.Float),
        sa.Column("expires_at", sa.Float),
        sa.Column("revoked_at", sa.Float),
        sa.UniqueConstraint("sha256", name="uq_token_sha256"),
    )
    op.create_index("ix_token_owner", "token", ["owner"])
    op.create_table(
        "submission",
        sa.Column("owner", sa.String(128), primary_key=True),
        sa.Column("key", sa.String(128), primary_key=True),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("generation_id", sa.String(32), nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
    )
    op.add_column("generation", sa.Column("token", sa.String(32)))
    op.create_index("ix_generation_token_created_at", "generation", ["token", "created_at"])


def downgrade() -> None:
    """Back to no programs; what they made stays."""
    op.drop_index("ix_generation_token_created_at", "generation")
    op.drop_column("generation", "token")
    op.drop_table("submission")
    op.drop_table("token")
