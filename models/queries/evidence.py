"""Questions about evidence: what belongs to an assignment, what handed-in answers name, and how much was sent."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from forms.context import FileRef
from models import clock
from models.assignments import Assignment, Draft, LogEntry, Submission
from models.evidence import EvidenceFile, FileState


def references(session: Session, assignment: Assignment) -> dict[str, FileRef]:
    """The files of an assignment by token, as its answers may name them; infected ones are none."""
    found = session.scalars(
        select(EvidenceFile)
        .where(EvidenceFile.assignment_id == assignment.id, EvidenceFile.state != FileState.INFECTED)
        .order_by(EvidenceFile.id)
    )
    return {file.token: file.reference() for file in found}


def handed_in() -> ColumnElement[bool]:
    """Whether answers that were handed in, in any round, name the file: then it is kept for ever."""
    return or_(_named_by(Submission, Submission.answers), _named_by(LogEntry, LogEntry.answers))


def in_draft() -> ColumnElement[bool]:
    """Whether the draft names the file."""
    return _named_by(Draft, Draft.raw)


def _named_by(table: Any, answers: Any) -> ColumnElement[bool]:
    # Tokens are 130 random bits and stand in JSON as they are, so looking for the text is looking for the reference.
    return exists().where(
        table.assignment_id == EvidenceFile.assignment_id, cast(answers, String).contains(EvidenceFile.token)
    )


def is_handed_in(session: Session, file: EvidenceFile) -> bool:
    """Whether answers that were handed in name this file."""
    return session.scalar(select(EvidenceFile.id).where(EvidenceFile.id == file.id, handed_in())) is not None


def files_of(session: Session, assignment: Assignment) -> int:
    """How many files an assignment has."""
    count = select(func.count()).select_from(EvidenceFile).where(EvidenceFile.assignment_id == assignment.id)
    return session.scalar(count) or 0


def sent_this_year(session: Session, person_id: int, zone: str) -> int:
    """How many bytes a person has sent since the first of January."""
    since = clock.start_of(date(clock.today(zone).year, 1, 1), zone)
    total = select(func.sum(EvidenceFile.size)).where(
        EvidenceFile.uploaded_by_id == person_id, EvidenceFile.uploaded_at >= since
    )
    return int(session.scalar(total) or 0)
