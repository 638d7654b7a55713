"""Evidence: the files that respondents sent to prove their answers."""

import sqlalchemy as sa
from alembic import op

from models.columns import Identifier, UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_files",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("assignment_id", Identifier, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("uploaded_by_id", Identifier, nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_evidence_files_assignment_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["people.id"], name=op.f("fk_evidence_files_uploaded_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_files")),
        sa.UniqueConstraint("token", name=op.f("uq_evidence_files_token")),
    )
    op.create_index(op.f("ix_evidence_files_assignment_id"), "evidence_files", ["assignment_id"])
    op.create_index(op.f("ix_evidence_files_sha256"), "evidence_files", ["sha256"])
    op.create_index("ix_evidence_files_uploader_time", "evidence_files", ["uploaded_by_id", "uploaded_at"])
    _freeze()


def _freeze() -> None:
    """What a file is does not change: only whether it has been searched."""
    columns = ("token", "assignment_id", "name", "type", "size", "sha256", "uploaded_by_id", "uploaded_at")
    sqlite = op.get_bind().dialect.name == "sqlite"
    differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
    changed = " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)
    if sqlite:
        op.execute(
            f"CREATE TRIGGER evidence_files_frozen BEFORE UPDATE ON evidence_files FOR EACH ROW WHEN {changed} "
            "BEGIN SELECT RAISE(ABORT, 'evidence_files are frozen'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION evidence_files_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'evidence_files are frozen'; END $$"
    )
    op.execute(
        "CREATE TRIGGER evidence_files_frozen BEFORE UPDATE ON evidence_files FOR EACH ROW "
        f"WHEN ({changed}) EXECUTE FUNCTION evidence_files_frozen()"
    )


def downgrade() -> None:
    op.drop_table("evidence_files")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION evidence_files_frozen()")
