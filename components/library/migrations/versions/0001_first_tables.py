"""The first tables: asset, generation, output."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Spelled out, not taken from `tables.py`: a migration must not change when the tables do."""
    op.create_table(
        "asset",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("media_type", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_asset"),
    )
    op.create_index("ix_asset_owner_kind_created_at", "asset", ["owner", "kind", "created_at"])
    op.create_table(
        "generation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("sandbox", sa.Boolean, nullable=False),
        sa.Column("parameters", sa.JSON, nullable=False),
        sa.Column("operation", sa.JSON),
        sa.Column("cost_micros", sa.BigInteger),
        sa.Column("error", sa.JSON),
        sa.Column("tries", sa.Integer, server_default="0", nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.Column("submitted_at", sa.Float),
        sa.Column("finished_at", sa.Float),
        sa.PrimaryKeyConstraint("id", name="pk_generation"),
    )
    op.create_index("ix_generation_owner_model_created_at", "generation", ["owner", "model", "created_at"])
    op.create_index("ix_generation_state", "generation", ["state"])
    op.create_table(
        "output",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("generation_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("media_type", sa.String(64), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("poster_key", sa.String(255)),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("created_at", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_output"),
        sa.ForeignKeyConstraint(
            ["generation_id"],
            ["generation.id"],
            name="fk_output_generation_id_generation",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("generation_id", "position", name="uq_output_generation_id_position"),
    )


def downgrade() -> None:
    for table in ("output", "generation", "asset"):
        op.drop_table(table)
