"""Evidence comes and goes with a form that is still being filled in; what answers were handed in with stays."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forms.text import Message, msg
from models import clock
from models.assignments import Assignment
from models.errors import Conflict, Invalid
from models.evidence import EvidenceFile, FileState
from models.operations.moves import hold, record
from models.permissions import Action, Actor, Organisation, needs
from models.queries import evidence as questions
from models.states import OPEN_ASSIGNMENT
from models.states import Stage as StageState
from models.storage import Store, Stored
from models.tokens import new_token
from models.uploads.examining import Examined

MOST_FILES = 20
"""Of one form."""
MOST_FILES_OF_LOG = 200
"""Of one log, which lasts a year."""
MOST_BYTES_A_YEAR = 200 * 1024 * 1024
"""Of one person."""
UNUSED_AFTER = timedelta(days=1)
"""A file that no draft and no answer names is thrown away after this."""
LEFT_OVER_AFTER = timedelta(hours=1)
"""Bytes may lie there so long before their row is written."""
SEARCHED_AT_ONCE = 50

FULL_YEAR = msg(
    "Berkas yang Anda unggah tahun ini telah mencapai %(limit)s MB. Hapus berkas yang tidak diperlukan atau hubungi "
    "pengelola kinerja unit Anda.",
    limit=MOST_BYTES_A_YEAR // (1024 * 1024),
)


@needs(Action.EVIDENCE_UPLOAD)
def check_upload(session: Session, actor: Actor, assignment: Assignment, *, size: int) -> None:
    """Refuse a file of this size before anybody has looked into it. Raises `Conflict` or `Invalid` with what to do."""
    _must_take_files(assignment)
    limit = MOST_FILES_OF_LOG if assignment.stage.mode == "log" else MOST_FILES
    if questions.files_of(session, assignment) >= limit:
        raise Invalid(msg("Formulir ini sudah memuat %(limit)s berkas. Hapus salah satu lebih dahulu.", limit=limit))
    if questions.sent_this_year(session, actor.person, assignment.stage.cycle.zone) + size > MOST_BYTES_A_YEAR:
        raise Invalid(FULL_YEAR)


@needs(Action.EVIDENCE_UPLOAD)
def upload(
    session: Session, actor: Actor, assignment: Assignment, *, file: Examined, stored: Stored, searched: bool
) -> EvidenceFile:
    """Take a file whose bytes have been examined and stored; the same file sent twice is one.

    One that has not been `searched` for malware waits, and until then only who sent it may open it.
    """
    hold(session, assignment)  # two uploads at once are counted one after the other
    known = session.scalar(
        select(EvidenceFile).where(
            EvidenceFile.assignment_id == assignment.id,
            EvidenceFile.sha256 == stored.sha256,
            EvidenceFile.name == file.name,
            EvidenceFile.state != FileState.INFECTED,
        )
    )
    if known is not None:
        _must_take_files(assignment)
        return known
    check_upload(session, actor, assignment, size=stored.size)
    row = EvidenceFile(
        token=new_token(),
        assignment_id=assignment.id,
        name=file.name,
        type=file.type,
        size=stored.size,
        sha256=stored.sha256,
        state=FileState.READY if searched else FileState.CHECKING,
        uploaded_by_id=actor.person,
        uploaded_at=clock.now(),
    )
    session.add(row)
    session.flush()
    details = {"assignment": assignment.id, "sha256": stored.sha256, "size": stored.size}
    record(session, actor, "upload", "evidence_file", row.id, after=row.state, details=details)
    return row


@needs(Action.EVIDENCE_REMOVE)
def remove(session: Session, actor: Actor, file: EvidenceFile) -> bool:
    """Take a file back while the form is open; false when earlier answers name it, so that it stays with those."""
    hold(session, file.assignment)  # it is not being handed in at this moment
    _must_take_files(file.assignment)
    if questions.is_handed_in(session, file):
        return False
    record(session, actor, "remove", "evidence_file", file.id, before=file.state, details={"sha256": file.sha256})
    session.execute(delete(EvidenceFile).where(EvidenceFile.id == file.id))
    session.expunge(file)
    return True


@needs(Action.EVIDENCE_SEARCH)
def record_search(session: Session, actor: Actor, file: EvidenceFile, *, clean: bool) -> None:
    """Note that a waiting file has been searched for malware: it may be opened now, or never again."""
    if file.state != FileState.CHECKING:
        return
    file.state = FileState.READY if clean else FileState.INFECTED
    record(session, actor, "search", "evidence_file", file.id, before=FileState.CHECKING, after=file.state)


@needs(Action.EVIDENCE_DISCARD)
def discard_unused(session: Session, actor: Actor, organisation: Organisation) -> int:
    """Throw away files of yesterday that neither a draft nor handed-in answers name; gives their number."""
    found = session.scalars(
        select(EvidenceFile).where(
            EvidenceFile.uploaded_at < clock.now() - UNUSED_AFTER, ~questions.handed_in(), ~questions.in_draft()
        )
    ).all()
    for file in found:
        record(session, actor, "discard", "evidence_file", file.id, before=file.state)
        session.delete(file)
    session.flush()
    return len(found)


def waiting(session: Session) -> list[EvidenceFile]:
    """Files that wait to be searched, the oldest first, as many as one turn may take."""
    found = select(EvidenceFile).where(EvidenceFile.state == FileState.CHECKING).order_by(EvidenceFile.id)
    return list(session.scalars(found.limit(SEARCHED_AT_ONCE)))


def clear_left_over(session: Session, store: Store) -> int:
    """Delete bytes that no row names any more, or that a broken upload left; gives their number."""
    gone = 0
    for name in store.older(clock.now() - LEFT_OVER_AFTER):
        if len(name) == 64 and not session.scalar(select(EvidenceFile.id).where(EvidenceFile.sha256 == name).limit(1)):
            store.delete(name)
            gone += 1
    return gone


def _must_take_files(assignment: Assignment) -> None:
    """Files belong to a form that its respondent may still change, in a stage that takes files."""
    stage = assignment.stage
    if stage.mode not in ("once", "log"):
        raise Conflict(msg("Untuk tahap ini berkas tidak dapat dilampirkan."))
    open_ = stage.state == StageState.OPEN if stage.mode == "log" else assignment.state in OPEN_ASSIGNMENT
    if not open_ or clock.now() >= assignment.due_at:
        raise Conflict(_closed())


def _closed() -> Message:
    return msg("Formulir ini sudah diajukan atau ditutup, sehingga berkasnya tidak dapat diubah lagi.")
