"""Checks of the database itself: its guards stand, its references lead somewhere, its ballots name nobody."""

from collections.abc import Iterable, Iterator

from sqlalchemy import func, inspect, select, text

from forms.text import msg
from models.doctor.base import Examination, Finding, finding
from models.feedback import Ballot

GUARDS = frozenset(
    {f"{table}_no_{verb}" for table in ("journal", "sign_offs", "submissions") for verb in ("update", "delete")}
    | {"evidence_files_frozen"}
    | {f"{table}_{kind}" for table in ("design_versions", "certificates") for kind in ("frozen", "kept")}
)
"""Triggers without which signed answers, the journal or numbers could be rewritten."""
COLUMNS = {
    "ballots": {"id", "stage_id", "subject_id", "rater_group", "answers", "form_version_id"},
    "survey_answers": {"id", "stage_id", "unit_id", "answers", "answered_on", "form_version_id", "request_key"},
}
"""All that may be kept of an anonymous answer; one more column could be the one that leads to its author."""


def guards_stand(examination: Examination) -> Iterator[Finding]:
    """I2: the database still refuses changes of what may never change."""
    sqlite = examination.session.get_bind().dialect.name == "sqlite"
    question = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if sqlite
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    standing = set(examination.session.scalars(text(question)))
    message = msg("Basis data menolak perubahan atas jurnal, jawaban, tanda tangan, dan piagam.")
    yield finding("I2", message, (f"trigger {name}" for name in sorted(GUARDS - standing)))


def references_lead_somewhere(examination: Examination) -> Iterator[Finding]:
    """I10: no row points to one that is not there, and the file of the database is sound."""
    session = examination.session
    if session.get_bind().dialect.name == "sqlite":
        orphans: Iterable[str] = (f"{row[0]} {row[1]}" for row in session.execute(text("PRAGMA foreign_key_check")))
        sound = session.scalars(text("PRAGMA integrity_check")).all()
        damage: Iterable[str] = (line[:80] for line in sound if line != "ok")
    else:
        orphans = session.scalars(text("SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"))
        damage = session.scalars(text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"))
    yield finding("I10", msg("Setiap rujukan antardata mengarah ke data yang ada."), orphans)
    yield finding("I10", msg("Berkas basis data tidak rusak."), damage)


def ballots_name_nobody(examination: Examination) -> Iterator[Finding]:
    """No column of an anonymous answer leads to who gave it."""
    inspector = inspect(examination.session.connection())
    more = (
        f"{table}.{column['name']}"
        for table, known in COLUMNS.items()
        for column in inspector.get_columns(table)
        if column["name"] not in known
    )
    yield finding("anonymity", msg("Umpan balik rahasia dan survei tidak menyimpan apa pun tentang pengisinya."), more)
    boxes = (
        select(Ballot.stage_id)
        .group_by(Ballot.stage_id)
        .having(func.min(Ballot.form_version_id) != func.max(Ballot.form_version_id))
    )
    mixed = (f"stage {stage}" for stage in examination.session.scalars(boxes))
    yield finding(
        "anonymity", msg("Semua umpan balik rahasia dalam satu tahap memakai versi formulir yang sama."), mixed
    )
