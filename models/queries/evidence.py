"""Questions about evidence: what belongs to an assignment, what handed-in answers name, and how much was sent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from forms.context import FileRef
from forms.fields import Evidence, Rows
from forms.fields.base import FieldBase
from forms.schema import FormSchema
from forms.text import Text
from models import clock
from models.assignments import Assignment, Draft, LogEntry, Submission
from models.evidence import EvidenceFile, FileState


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that answers name, and under which question: its label, or label and row number and column."""

    labels: tuple[Text | int, ...]
    file: FileRef


def references(session: Session, assignment: Assignment) -> dict[str, FileRef]:
    """The files of an assignment by token, as its answers may name them; infected ones are none."""
    found = session.scalars(
        select(EvidenceFile)
        .where(EvidenceFile.assignment_id == assignment.id, EvidenceFile.state != FileState.INFECTED)
        .order_by(EvidenceFile.id)
    )
    return {file.token: file.reference() for file in found}


def wants_evidence(schema: FormSchema) -> bool:
    """Whether a form asks for files at all."""
    return any(True for _ in _questions(schema.fields()))


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


def proofs(schema: FormSchema, answers: Mapping[str, Any]) -> list[Proof]:
    """Every file that stored answers name, in the order of the form."""
    return list(_proofs(schema.fields(), answers, ()))


def _proofs(fields: Any, answers: Mapping[str, Any], before: tuple[Text | int, ...]) -> Iterator[Proof]:
    for field in fields:
        stored = answers.get(field.key)
        if not stored:
            continue
        labels = (*before, field.label)
        if isinstance(field, Evidence):
            yield from (Proof(labels, file) for file in field.load(stored))
        elif isinstance(field, Rows):
            for number, row in enumerate(stored, 1):
                yield from _proofs(field.columns, row, (*labels, number))


def _questions(fields: Any) -> Iterator[FieldBase[Any]]:
    for field in fields:
        if isinstance(field, Evidence):
            yield field
        elif isinstance(field, Rows):
            yield from _questions(field.columns)
