"""Tables of the yearly award: candidates, certificates and the register their numbers come from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference
from models.cycles import Cycle
from models.people import Person


class Candidate(Base):
    """A person considered in one category of the award, with the reasons for and against."""

    __tablename__ = "candidates"
    __table_args__ = (
        UniqueConstraint("cycle_id", "category", "subject_id"),
        Index("ix_candidates_cycle_category_rank", "cycle_id", "category", "rank"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = reference("cycles.id", index=False)
    category: Mapped[Code]
    subject_id: Mapped[int] = reference("people.id")
    eligible: Mapped[bool]
    rank: Mapped[int | None]
    """Place among the eligible, 1 is first; null when not eligible."""
    reasons: Mapped[list[Any]]
    state: Mapped[Code] = mapped_column(default="proposed")
    decided_by_id: Mapped[int | None] = reference("people.id")
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(String(2000), default="")

    cycle: Mapped[Cycle] = relationship()
    subject: Mapped[Person] = relationship(foreign_keys=subject_id)


class Register(Base):
    """A running number per register and year; the row is the lock that keeps the numbers without gap or double."""

    __tablename__ = "registers"
    __table_args__ = (UniqueConstraint("key", "year"),)

    id: Mapped[Id]
    key: Mapped[Code]
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


class Certificate(Base):
    """A certificate with its number, the facts as they were when it was made, and whether it still stands."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("register", "year", "sequence"),
        UniqueConstraint("cycle_id", "category", "holder_id"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = reference("cycles.id")
    category: Mapped[Code]
    holder_id: Mapped[int] = reference("people.id")
    register: Mapped[Code]
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[Name]
    code: Mapped[Code] = mapped_column(unique=True)
    """Unguessable, printed as QR: opens the public verification page."""
    dated: Mapped[date]
    facts: Mapped[dict[str, Any]]
    state: Mapped[Code] = mapped_column(default="numbered")
    document_id: Mapped[int | None] = reference("documents.id")
    revoked_at: Mapped[datetime | None]
    revoked_reason: Mapped[str] = mapped_column(String(2000), default="")

    cycle: Mapped[Cycle] = relationship()
    holder: Mapped[Person] = relationship(foreign_keys=holder_id)
