"""What anybody may learn about a paper from its code or its file: valid, revoked, replaced, or unknown."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased, joinedload

from models import clock
from models.awards import Certificate
from models.cycles import Cycle
from models.documents import Document
from models.people import Person
from models.states import Certificate as State
from models.tokens import looks_like_token, read_token


@dataclass(frozen=True)
class Verdict:
    """The public face of a certificate or an evaluation; all but `state` is empty when it is unknown.

    The holder's name is masked, and only the last four digits of the employee number are given: the paper has the rest.
    """

    state: str
    """`valid`, `revoked` (a certificate), `replaced` (an evaluation, by a later one) or `unknown`."""
    kind: str = ""
    """`certificate` or `evaluation`."""
    number: str = ""
    category: str = ""
    cycle_title: str = ""
    holder: str = ""
    employee_number: str = ""
    agency: str = ""
    dated: date | None = None
    revoked_at: datetime | None = None
    revoked_reason: str = ""
    sha256: str = ""
    demo: bool = False


UNKNOWN = Verdict("unknown")


def by_code(session: Session, code: str) -> Verdict:
    """What stands behind a code; a certificate that is numbered but not issued is not known yet."""
    if not looks_like_token(code):
        return UNKNOWN
    token = read_token(code)
    return (
        _of_certificate(session, Certificate.code == token)
        or _of_evaluation(session, Document.code == token)
        or UNKNOWN
    )


def by_file(session: Session, content: bytes) -> Verdict:
    """What stands behind a file: it must be, to the byte, one that was issued."""
    same = Document.sha256 == hashlib.sha256(content).hexdigest()
    return _of_certificate(session, same) or _of_evaluation(session, same) or UNKNOWN


def _of_certificate(session: Session, condition: ColumnElement[bool]) -> Verdict | None:
    row = session.execute(
        select(Certificate, Document.sha256)
        .join(Document, Document.id == Certificate.document_id)
        .where(condition)
        .options(joinedload(Certificate.holder))
    ).first()
    if row is None:
        return None
    certificate, sha256 = row
    facts = certificate.facts
    return Verdict(
        state="revoked" if certificate.state == State.REVOKED else "valid",
        kind="certificate",
        number=certificate.number,
        category=facts["category"],
        cycle_title=facts["cycle_title"],
        holder=masked(facts["holder_name"]),
        employee_number=last_digits(certificate.holder),
        agency=facts["agency"],
        dated=certificate.dated,
        revoked_at=certificate.revoked_at,
        revoked_reason=certificate.revoked_reason,
        sha256=sha256,
        demo=bool(facts["demo"]),
    )


def _of_evaluation(session: Session, condition: ColumnElement[bool]) -> Verdict | None:
    """An evaluation says no rating in public: that it is genuine, whose it is, and whether it still counts."""
    later = aliased(Document)
    replaced = exists().where(
        later.kind == Document.kind,
        later.cycle_id == Document.cycle_id,
        later.subject_id == Document.subject_id,
        later.revision > Document.revision,
    )
    row = session.execute(
        select(Document, Cycle, replaced)
        .join(Cycle, Cycle.id == Document.cycle_id)
        .where(condition, Document.kind == "evaluation")
        .options(joinedload(Document.subject))
    ).first()
    if row is None:
        return None
    document, cycle, is_replaced = row
    return Verdict(
        state="replaced" if is_replaced else "valid",
        kind="evaluation",
        cycle_title=cycle.title,
        holder=masked(document.subject.name),
        employee_number=last_digits(document.subject),
        dated=clock.local_day(document.created_at, cycle.zone),
        sha256=document.sha256,
    )


def last_digits(person: Person) -> str:
    """The employee number with all but four digits hidden."""
    return "·" * 14 + person.employee_number[-4:]


def masked(name: str) -> str:
    """A name of which only first letters are left: `Siti Rahma` → `S*** R****`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
