"""Table of what happened: every move of every thing, by whom, when, on whose behalf."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, reference
from models.columns import Identifier
from models.people import Person


class JournalEntry(Base):
    """One line of the journal; rows are only ever added (trigger)."""

    __tablename__ = "journal"
    __table_args__ = (Index("ix_journal_subject", "subject_kind", "subject_id"),)

    id: Mapped[Id]
    at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None] = reference("people.id")
    actor_name: Mapped[Code]
    """Name of the system actor when no person acted; empty otherwise."""
    on_behalf_of_id: Mapped[int | None] = reference("people.id")
    verb: Mapped[Code]
    subject_kind: Mapped[Code]
    subject_id: Mapped[int] = mapped_column(Identifier)
    before: Mapped[str] = mapped_column(String(64), default="")
    after: Mapped[str] = mapped_column(String(64), default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)

    actor: Mapped[Person | None] = relationship(foreign_keys=actor_id)
