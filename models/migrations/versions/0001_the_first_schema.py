"""The first schema."""

import sqlalchemy as sa
from alembic import op

from models.columns import ExactDecimal, Identifier, Json, UtcDateTime
from models.migrations import guards_0001

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "designs",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_designs")),
        sa.UniqueConstraint("kind", "key", name=op.f("uq_designs_kind_key")),
    )
    op.create_table(
        "people",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("employee_number", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("status", sa.String(length=64), nullable=False),
        sa.Column("rank", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(employee_number) = 18", name=op.f("ck_people_employee_number_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("employee_number", name=op.f("uq_people_employee_number")),
    )
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_name"), ["name"], unique=False)

    op.create_table(
        "rate_counters",
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_rate_counters")),
    )
    with op.batch_alter_table("rate_counters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rate_counters_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "registers",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registers")),
        sa.UniqueConstraint("key", "year", name=op.f("uq_registers_key_year")),
    )
    op.create_table(
        "units",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("parent_id", Identifier, nullable=True),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("name", name=op.f("uq_units_name")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "accounts",
        sa.Column("person_id", Identifier, nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("activation_digest", sa.String(length=64), nullable=True),
        sa.Column("activation_expires_at", UtcDateTime(), nullable=True),
        sa.Column("language", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_accounts_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("activation_digest", name=op.f("uq_accounts_activation_digest")),
    )
    op.create_table(
        "design_versions",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("design_id", Identifier, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("definition", Json, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["design_id"], ["designs.id"], name=op.f("fk_design_versions_design_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_design_versions")),
        sa.UniqueConstraint("design_id", "number", name=op.f("uq_design_versions_design_id_number")),
    )
    with op.batch_alter_table("design_versions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_design_versions_design_id"), ["design_id"], unique=False)

    op.create_table(
        "journal",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor_id", Identifier, nullable=True),
        sa.Column("actor_name", sa.String(length=64), nullable=False),
        sa.Column("on_behalf_of_id", Identifier, nullable=True),
        sa.Column("verb", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=64), nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("details", Json, nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_journal_actor_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["people.id"], name=op.f("fk_journal_on_behalf_of_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_on_behalf_of_id"), ["on_behalf_of_id"], unique=False)
        batch_op.create_index("ix_journal_subject", ["subject_kind", "subject_id"], unique=False)

    op.create_table(
        "messages",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("person_id", Identifier, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("path", sa.String(length=255), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("next_try_at", UtcDateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_messages_person_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("key", name=op.f("uq_messages_key")),
    )
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.create_index("ix_messages_person_read", ["person_id", "read_at"], unique=False)
        batch_op.create_index("ix_messages_unsent", ["sent_at", "next_try_at"], unique=False)

    op.create_table(
        "posts",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("person_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("grade", sa.String(length=255), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_posts_dates")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_posts_person_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_posts_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posts")),
    )
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_posts_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_posts_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("ix_posts_unit_present", ["unit_id", "ends_on"], unique=False)

    op.create_table(
        "role_grants",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("person_id", Identifier, nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("unit_id", Identifier, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_role_grants_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_role_grants_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grants")),
        sa.UniqueConstraint("person_id", "role", "unit_id", name=op.f("uq_role_grants_person_id_role_unit_id")),
    )
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grants_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_role_grants_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "supervisions",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("person_id", Identifier, nullable=False),
        sa.Column("supervisor_id", Identifier, nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_supervisions_dates")),
        sa.CheckConstraint("person_id <> supervisor_id", name=op.f("ck_supervisions_not_oneself")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_supervisions_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["supervisor_id"], ["people.id"], name=op.f("fk_supervisions_supervisor_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supervisions")),
    )
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_supervisions_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_supervisions_supervisor_id"), ["supervisor_id"], unique=False)

    op.create_table(
        "web_sessions",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", Identifier, nullable=True),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_web_sessions_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_web_sessions")),
    )
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_web_sessions_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_web_sessions_seen_at"), ["seen_at"], unique=False)

    op.create_table(
        "cycles",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("design_version_id", Identifier, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["design_version_id"], ["design_versions.id"], name=op.f("fk_cycles_design_version_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycles")),
        sa.UniqueConstraint("key", name=op.f("uq_cycles_key")),
    )
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cycles_design_version_id"), ["design_version_id"], unique=False)

    op.create_table(
        "candidates",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reasons", Json, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("decided_by_id", Identifier, nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_candidates_cycle_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name=op.f("fk_candidates_decided_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["people.id"], name=op.f("fk_candidates_subject_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidates")),
        sa.UniqueConstraint(
            "cycle_id", "category", "subject_id", name=op.f("uq_candidates_cycle_id_category_subject_id")
        ),
    )
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.create_index("ix_candidates_cycle_category_rank", ["cycle_id", "category", "rank"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidates_decided_by_id"), ["decided_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidates_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "documents",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_documents_cycle_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["people.id"], name=op.f("fk_documents_subject_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("code", name=op.f("uq_documents_code")),
        sa.UniqueConstraint(
            "kind", "cycle_id", "subject_id", "revision", name=op.f("uq_documents_kind_cycle_id_subject_id_revision")
        ),
    )
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_documents_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_documents_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "scores",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("steps", Json, nullable=False),
        sa.Column("inputs_digest", sa.String(length=64), nullable=False),
        sa.Column("computed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_scores_cycle_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_scores_subject_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_scores_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scores")),
        sa.UniqueConstraint("cycle_id", "subject_id", "version", name=op.f("uq_scores_cycle_id_subject_id_version")),
    )
    with op.batch_alter_table("scores", schema=None) as batch_op:
        batch_op.create_index("ix_scores_cycle_outcome", ["cycle_id", "current", "outcome"], unique=False)
        batch_op.create_index(batch_op.f("ix_scores_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_scores_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "stages",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("opens_at", UtcDateTime(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("form_version_id", Identifier, nullable=True),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_stages_cycle_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["form_version_id"], ["design_versions.id"], name=op.f("fk_stages_form_version_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stages")),
        sa.UniqueConstraint("cycle_id", "key", name=op.f("uq_stages_cycle_id_key")),
    )
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stages_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index("ix_stages_due", ["state", "opens_at", "closes_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_stages_form_version_id"), ["form_version_id"], unique=False)

    op.create_table(
        "unit_ratings",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("rating", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("set_by_id", Identifier, nullable=True),
        sa.Column("set_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_unit_ratings_cycle_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["people.id"], name=op.f("fk_unit_ratings_set_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_unit_ratings_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_ratings")),
        sa.UniqueConstraint("cycle_id", "unit_id", name=op.f("uq_unit_ratings_cycle_id_unit_id")),
    )
    with op.batch_alter_table("unit_ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_ratings_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_ratings_set_by_id"), ["set_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_ratings_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "assignments",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("stage_id", Identifier, nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("respondent_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("signer_id", Identifier, nullable=True),
        sa.Column("sign_off_step", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("state_since", UtcDateTime(), nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["people.id"], name=op.f("fk_assignments_respondent_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"], ["people.id"], name=op.f("fk_assignments_signer_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_assignments_stage_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["people.id"], name=op.f("fk_assignments_subject_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_assignments_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "stage_id", "subject_id", "respondent_id", name=op.f("uq_assignments_stage_id_subject_id_respondent_id")
        ),
    )
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.create_index("ix_assignments_respondent_state", ["respondent_id", "state"], unique=False)
        batch_op.create_index("ix_assignments_signer_state", ["signer_id", "state"], unique=False)
        batch_op.create_index("ix_assignments_stage_state", ["stage_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignments_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assignments_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "ballots",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("stage_id", Identifier, nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("rater_group", sa.String(length=64), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_ballots_stage_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(["subject_id"], ["people.id"], name=op.f("fk_ballots_subject_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.create_index("ix_ballots_stage_subject", ["stage_id", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ballots_subject_id"), ["subject_id"], unique=False)

    op.create_table(
        "certificates",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("cycle_id", Identifier, nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("holder_id", Identifier, nullable=False),
        sa.Column("register", sa.String(length=64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("facts", Json, nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("document_id", Identifier, nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_reason", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycles.id"], name=op.f("fk_certificates_cycle_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_certificates_document_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["holder_id"], ["people.id"], name=op.f("fk_certificates_holder_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificates")),
        sa.UniqueConstraint("code", name=op.f("uq_certificates_code")),
        sa.UniqueConstraint(
            "cycle_id", "category", "holder_id", name=op.f("uq_certificates_cycle_id_category_holder_id")
        ),
        sa.UniqueConstraint("register", "year", "sequence", name=op.f("uq_certificates_register_year_sequence")),
    )
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificates_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificates_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "measurements",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("stage_id", Identifier, nullable=False),
        sa.Column("subject_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", ExactDecimal(4), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("source_id", Identifier, nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stages.id"], name=op.f("fk_measurements_stage_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["people.id"], name=op.f("fk_measurements_subject_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_measurements_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measurements")),
    )
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.create_index("ix_measurements_source", ["source", "source_id"], unique=False)
        batch_op.create_index("ix_measurements_stage_key", ["stage_id", "key", "subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurements_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_measurements_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "runs",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("flow", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("cycle_id", Identifier, nullable=True),
        sa.Column("stage_id", Identifier, nullable=True),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("requested_by_id", Identifier, nullable=True),
        sa.Column("requested_at", UtcDateTime(), nullable=False),
        sa.Column("launched_at", UtcDateTime(), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("problem", sa.String(length=2000), nullable=False),
        sa.Column("result", Json, nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycles.id"], name=op.f("fk_runs_cycle_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["requested_by_id"], ["people.id"], name=op.f("fk_runs_requested_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name=op.f("fk_runs_stage_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("key", name=op.f("uq_runs_key")),
    )
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runs_cycle_id"), ["cycle_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_runs_requested_by_id"), ["requested_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_runs_stage_id"), ["stage_id"], unique=False)
        batch_op.create_index("ix_runs_state_requested_at", ["state", "requested_at"], unique=False)

    op.create_table(
        "survey_answers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("stage_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stages.id"], name=op.f("fk_survey_answers_stage_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_survey_answers_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answers")),
        sa.UniqueConstraint("request_key", name=op.f("uq_survey_answers_request_key")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.create_index("ix_survey_answers_stage_unit", ["stage_id", "unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_answers_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "survey_links",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("stage_id", Identifier, nullable=False),
        sa.Column("unit_id", Identifier, nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["stage_id"], ["stages.id"], name=op.f("fk_survey_links_stage_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_survey_links_unit_id"), ondelete="RESTRICT"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_links")),
        sa.UniqueConstraint("token", name=op.f("uq_survey_links_token")),
    )
    with op.batch_alter_table("survey_links", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_survey_links_stage_id"), ["stage_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_survey_links_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index("uq_survey_links_stage_unit", ["stage_id", "unit_id"], unique=True)

    op.create_table(
        "drafts",
        sa.Column("assignment_id", Identifier, nullable=False),
        sa.Column("raw", Json, nullable=False),
        sa.Column("lock", sa.Integer(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_drafts_assignment_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_drafts")),
    )
    op.create_table(
        "log_entries",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("assignment_id", Identifier, nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("form_version_id", Identifier, nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("entered_by_id", Identifier, nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column("struck_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_log_entries_assignment_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["people.id"], name=op.f("fk_log_entries_entered_by_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["design_versions.id"],
            name=op.f("fk_log_entries_form_version_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_log_entries")),
        sa.UniqueConstraint("assignment_id", "request_key", name=op.f("uq_log_entries_assignment_id_request_key")),
    )
    with op.batch_alter_table("log_entries", schema=None) as batch_op:
        batch_op.create_index("ix_log_entries_assignment_day", ["assignment_id", "occurred_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_entries_entered_at"), ["entered_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_entries_entered_by_id"), ["entered_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_log_entries_form_version_id"), ["form_version_id"], unique=False)

    op.create_table(
        "submissions",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("assignment_id", Identifier, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("form_version_id", Identifier, nullable=False),
        sa.Column("submitted_by_id", Identifier, nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("request_key", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_submissions_assignment_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["form_version_id"],
            ["design_versions.id"],
            name=op.f("fk_submissions_form_version_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["people.id"], name=op.f("fk_submissions_submitted_by_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("assignment_id", "request_key", name=op.f("uq_submissions_assignment_id_request_key")),
        sa.UniqueConstraint("assignment_id", "round", name=op.f("uq_submissions_assignment_id_round")),
        sa.UniqueConstraint("receipt", name=op.f("uq_submissions_receipt")),
    )
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submissions_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_form_version_id"), ["form_version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submissions_submitted_by_id"), ["submitted_by_id"], unique=False)

    op.create_table(
        "sign_offs",
        sa.Column("id", Identifier, nullable=False),
        sa.Column("submission_id", Identifier, nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=64), nullable=False),
        sa.Column("decision", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("signer_id", Identifier, nullable=False),
        sa.Column("on_behalf_of_id", Identifier, nullable=True),
        sa.Column("comment", sa.String(length=4000), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["people.id"], name=op.f("fk_sign_offs_on_behalf_of_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(["signer_id"], ["people.id"], name=op.f("fk_sign_offs_signer_id"), ondelete="RESTRICT"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_sign_offs_submission_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_offs")),
        sa.UniqueConstraint("submission_id", "step", name=op.f("uq_sign_offs_submission_id_step")),
    )
    with op.batch_alter_table("sign_offs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_offs_on_behalf_of_id"), ["on_behalf_of_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_offs_signer_id"), ["signer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sign_offs_submission_id"), ["submission_id"], unique=False)
    guards_0001.install()


def downgrade() -> None:
    guards_0001.remove()
    with op.batch_alter_table("sign_offs", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_offs_submission_id"))
        batch_op.drop_index(batch_op.f("ix_sign_offs_signer_id"))
        batch_op.drop_index(batch_op.f("ix_sign_offs_on_behalf_of_id"))

    op.drop_table("sign_offs")
    with op.batch_alter_table("submissions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submissions_submitted_by_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_form_version_id"))
        batch_op.drop_index(batch_op.f("ix_submissions_assignment_id"))

    op.drop_table("submissions")
    with op.batch_alter_table("log_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_log_entries_form_version_id"))
        batch_op.drop_index(batch_op.f("ix_log_entries_entered_by_id"))
        batch_op.drop_index(batch_op.f("ix_log_entries_entered_at"))
        batch_op.drop_index("ix_log_entries_assignment_day")

    op.drop_table("log_entries")
    op.drop_table("drafts")
    with op.batch_alter_table("survey_links", schema=None) as batch_op:
        batch_op.drop_index("uq_survey_links_stage_unit")
        batch_op.drop_index(batch_op.f("ix_survey_links_unit_id"))
        batch_op.drop_index(batch_op.f("ix_survey_links_stage_id"))

    op.drop_table("survey_links")
    with op.batch_alter_table("survey_answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_survey_answers_unit_id"))
        batch_op.drop_index("ix_survey_answers_stage_unit")

    op.drop_table("survey_answers")
    with op.batch_alter_table("runs", schema=None) as batch_op:
        batch_op.drop_index("ix_runs_state_requested_at")
        batch_op.drop_index(batch_op.f("ix_runs_stage_id"))
        batch_op.drop_index(batch_op.f("ix_runs_requested_by_id"))
        batch_op.drop_index(batch_op.f("ix_runs_cycle_id"))

    op.drop_table("runs")
    with op.batch_alter_table("measurements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measurements_unit_id"))
        batch_op.drop_index(batch_op.f("ix_measurements_subject_id"))
        batch_op.drop_index("ix_measurements_stage_key")
        batch_op.drop_index("ix_measurements_source")

    op.drop_table("measurements")
    with op.batch_alter_table("certificates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificates_holder_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_document_id"))
        batch_op.drop_index(batch_op.f("ix_certificates_cycle_id"))

    op.drop_table("certificates")
    with op.batch_alter_table("ballots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ballots_subject_id"))
        batch_op.drop_index("ix_ballots_stage_subject")

    op.drop_table("ballots")
    with op.batch_alter_table("assignments", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_assignments_unit_id"))
        batch_op.drop_index(batch_op.f("ix_assignments_subject_id"))
        batch_op.drop_index("ix_assignments_stage_state")
        batch_op.drop_index("ix_assignments_signer_state")
        batch_op.drop_index("ix_assignments_respondent_state")

    op.drop_table("assignments")
    with op.batch_alter_table("unit_ratings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_ratings_unit_id"))
        batch_op.drop_index(batch_op.f("ix_unit_ratings_set_by_id"))
        batch_op.drop_index(batch_op.f("ix_unit_ratings_cycle_id"))

    op.drop_table("unit_ratings")
    with op.batch_alter_table("stages", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stages_form_version_id"))
        batch_op.drop_index("ix_stages_due")
        batch_op.drop_index(batch_op.f("ix_stages_cycle_id"))

    op.drop_table("stages")
    with op.batch_alter_table("scores", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_scores_unit_id"))
        batch_op.drop_index(batch_op.f("ix_scores_subject_id"))
        batch_op.drop_index("ix_scores_cycle_outcome")

    op.drop_table("scores")
    with op.batch_alter_table("documents", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_documents_subject_id"))
        batch_op.drop_index(batch_op.f("ix_documents_sha256"))
        batch_op.drop_index(batch_op.f("ix_documents_cycle_id"))

    op.drop_table("documents")
    with op.batch_alter_table("candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidates_subject_id"))
        batch_op.drop_index(batch_op.f("ix_candidates_decided_by_id"))
        batch_op.drop_index("ix_candidates_cycle_category_rank")

    op.drop_table("candidates")
    with op.batch_alter_table("cycles", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cycles_design_version_id"))

    op.drop_table("cycles")
    with op.batch_alter_table("web_sessions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_web_sessions_seen_at"))
        batch_op.drop_index(batch_op.f("ix_web_sessions_person_id"))

    op.drop_table("web_sessions")
    with op.batch_alter_table("supervisions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_supervisions_supervisor_id"))
        batch_op.drop_index(batch_op.f("ix_supervisions_person_id"))

    op.drop_table("supervisions")
    with op.batch_alter_table("role_grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grants_unit_id"))
        batch_op.drop_index(batch_op.f("ix_role_grants_person_id"))

    op.drop_table("role_grants")
    with op.batch_alter_table("posts", schema=None) as batch_op:
        batch_op.drop_index("ix_posts_unit_present")
        batch_op.drop_index(batch_op.f("ix_posts_unit_id"))
        batch_op.drop_index(batch_op.f("ix_posts_person_id"))

    op.drop_table("posts")
    with op.batch_alter_table("messages", schema=None) as batch_op:
        batch_op.drop_index("ix_messages_unsent")
        batch_op.drop_index("ix_messages_person_read")

    op.drop_table("messages")
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.drop_index("ix_journal_subject")
        batch_op.drop_index(batch_op.f("ix_journal_on_behalf_of_id"))
        batch_op.drop_index(batch_op.f("ix_journal_at"))
        batch_op.drop_index(batch_op.f("ix_journal_actor_id"))

    op.drop_table("journal")
    with op.batch_alter_table("design_versions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_design_versions_design_id"))

    op.drop_table("design_versions")
    op.drop_table("accounts")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    op.drop_table("registers")
    with op.batch_alter_table("rate_counters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rate_counters_expires_at"))

    op.drop_table("rate_counters")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_name"))

    op.drop_table("people")
    op.drop_table("designs")
