"""What the gallery keeps: marks on outputs, tags, preferences, and columns to sort, search and push by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds columns with defaults, fills them from what is there, then the indexes."""
    op.add_column("generation", sa.Column("changed_at", sa.Float, nullable=False, server_default="0"))
    op.add_column("generation", sa.Column("deleted_at", sa.Float))
    op.add_column("generation", sa.Column("words", sa.String(400), nullable=False, server_default=""))
    op.add_column("output", sa.Column("seconds", sa.Float, nullable=False, server_default="0"))
    op.add_column("output", sa.Column("favourite", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("output", sa.Column("rating", sa.Integer))
    op.add_column("output", sa.Column("note", sa.Text, nullable=False, server_default=""))
    op.add_column("output", sa.Column("deleted_at", sa.Float))
    op.add_column("output", sa.Column("examined", sa.JSON))
    op.add_column("output", sa.Column("words", sa.String(400), nullable=False, server_default=""))
    _fill()
    op.create_index(
        "ix_generation_gallery",
        "generation",
        ["owner", "created_at", "state", "deleted_at", "id", "model", "cost_micros", "words"],
    )
    op.create_index(
        "ix_output_gallery",
        "output",
        ["generation_id", "position", "deleted_at", "favourite", "rating", "seconds", "id", "words"],
    )
    op.create_index("ix_generation_owner_changed_at", "generation", ["owner", "changed_at"])
    op.create_table(
        "tag",
        sa.Column("output_id", sa.String(40), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("owner", sa.String(128), nullable=False),
        sa.PrimaryKeyConstraint("output_id", "name", name="pk_tag"),
        sa.ForeignKeyConstraint(["output_id"], ["output.id"], name="fk_tag_output_id_output", ondelete="CASCADE"),
    )
    op.create_index("ix_tag_owner_name", "tag", ["owner", "name"])
    op.create_table(
        "preference",
        sa.Column("owner", sa.String(128), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name="pk_preference"),
    )


def _fill() -> None:
    connection = op.get_bind()
    connection.execute(
        sa.text("UPDATE generation SET changed_at = coalesce(finished_at, submitted_at, created_at)")
    )
    generation = sa.table("generation", sa.column("id"), sa.column("parameters", sa.JSON), sa.column("words"))
    for key, parameters in connection.execute(sa.select(generation.c.id, generation.c.parameters)).all():
        words = _searched(parameters.get("prompt"))
        connection.execute(sa.update(generation).where(generation.c.id == key).values(words=words))
    output = sa.table("output", *map(sa.column, ("id", "seconds", "words")), sa.column("facts", sa.JSON))
    for key, facts in connection.execute(sa.select(output.c.id, output.c.facts)).all():
        told = {
            "seconds": float(facts.get("seconds") or 0),
            "words": _searched(facts.get("label")),
        }
        connection.execute(sa.update(output).where(output.c.id == key).values(**told))


def _searched(text: object) -> str:
    return str(text or "").replace("\0", " ")[:400].casefold()[:400]


def downgrade() -> None:
    """Back to the first tables; marks and tags are gone then."""
    op.drop_table("preference")
    op.drop_table("tag")
    op.drop_index("ix_output_gallery", "output")
    for name in ("gallery", "owner_changed_at"):
        op.drop_index(f"ix_generation_{name}", "generation")
    for name in ("words", "examined", "deleted_at", "note", "rating", "favourite", "seconds"):
        op.drop_column("output", name)
    for name in ("words", "deleted_at", "changed_at"):
        op.drop_column("generation", name)
