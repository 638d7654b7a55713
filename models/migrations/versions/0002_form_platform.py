"""The form platform: edits of a draft design step by step, and the form version that drafts and ballots answer."""

import sqlalchemy as sa
from alembic import op

from models.columns import Identifier, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ANSWERED = {
    "drafts": "UPDATE drafts SET form_version_id = (SELECT stages.form_version_id FROM assignments "
    "JOIN stages ON stages.id = assignments.stage_id WHERE assignments.id = drafts.assignment_id)",
    "ballots": "UPDATE ballots SET form_version_id = "
    "(SELECT stages.form_version_id FROM stages WHERE stages.id = ballots.stage_id)",
    "survey_answers": "UPDATE survey_answers SET form_version_id = "
    "(SELECT stages.form_version_id FROM stages WHERE stages.id = survey_answers.stage_id)",
}
"""Table that gets to know its version → how it is told for the rows there already are."""
KEPT: dict[str, dict[str, bool]] = {
    "drafts": {},
    "ballots": {"sqlite_with_rowid": False},
    "survey_answers": {"sqlite_with_rowid": False},
}
"""Table → what SQLite must be told again when it makes the table anew."""


def upgrade() -> None:
    op.create_table(
        "design_edits",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("version_id", Identifier, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("definition", Json, nullable=False),
        sa.Column("summary", sa.String(length=400), nullable=False),
        sa.Column("actor_id", Identifier, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["design_versions.id"], name=op.f("fk_design_edits_version_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["people.id"], name=op.f("fk_design_edits_actor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_edits")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_design_edits_version_id_position")),
    )
    op.create_index(op.f("ix_design_edits_actor_id"), "design_edits", ["actor_id"])
    # Plain columns, the table is not made anew: on SQLite that would take its triggers away.
    op.add_column("design_versions", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("design_versions", sa.Column("edited_at", UtcDateTime(), nullable=True))
    # A reference needs the table made anew on SQLite; these three have no triggers and nothing refers to them.
    for table, told in ANSWERED.items():
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            batch.add_column(sa.Column("form_version_id", Identifier, nullable=True))
            batch.create_foreign_key(
                op.f(f"fk_{table}_form_version_id"),
                "design_versions",
                ["form_version_id"],
                ["id"],
                ondelete="RESTRICT",
            )
        op.execute(told)
    for table in ("ballots", "survey_answers"):
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            batch.alter_column("form_version_id", existing_type=Identifier, nullable=False)
    op.create_index(op.f("ix_drafts_form_version_id"), "drafts", ["form_version_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_drafts_form_version_id"), "drafts")
    for table in ANSWERED:
        with op.batch_alter_table(table, table_kwargs=KEPT[table]) as batch:
            batch.drop_constraint(op.f(f"fk_{table}_form_version_id"), type_="foreignkey")
            batch.drop_column("form_version_id")
    op.drop_column("design_versions", "edited_at")
    op.drop_column("design_versions", "position")
    op.drop_table("design_edits")
