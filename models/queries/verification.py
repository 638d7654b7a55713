"""What anybody may learn about a certificate from its code or its file: valid, revoked, not yet issued or unknown."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.awards import Certificate
from models.documents import Document
from models.states import Certificate as State
from models.tokens import looks_like_token, read_token


@dataclass(frozen=True)
class Verdict:
    """The public face of a certificate; `state` is `valid`, `revoked` or `unknown`, the rest is empty when unknown.

    The holder's name is masked, and only the last four digits of the employee number are given: the paper has the rest.
    """

    state: str
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
    return _verdict(session, Certificate.code == read_token(code)) if looks_like_token(code) else UNKNOWN


def by_file(session: Session, content: bytes) -> Verdict:
    """What stands behind a file: it must be, to the byte, one that was issued."""
    return _verdict(session, Document.sha256 == hashlib.sha256(content).hexdigest())


def _verdict(session: Session, condition: object) -> Verdict:
    row = session.execute(
        select(Certificate, Document.sha256)
        .join(Document, Document.id == Certificate.document_id)
        .where(condition)  # type: ignore[arg-type]
        .options(joinedload(Certificate.holder))
    ).first()
    if row is None:
        return UNKNOWN
    certificate, sha256 = row
    facts = certificate.facts
    return Verdict(
        state="revoked" if certificate.state == State.REVOKED else "valid",
        number=certificate.number,
        category=facts["category"],
        cycle_title=facts["cycle_title"],
        holder=masked(facts["holder_name"]),
        employee_number="·" * 14 + certificate.holder.employee_number[-4:],
        agency=facts["agency"],
        dated=certificate.dated,
        revoked_at=certificate.revoked_at,
        revoked_reason=certificate.revoked_reason,
        sha256=sha256,
        demo=bool(facts["demo"]),
    )


def masked(name: str) -> str:
    """A name of which only first letters are left: `Siti Rahma` → `S*** R****`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())
