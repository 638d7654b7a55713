"""Table of the files that respondents sent to prove their answers."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forms.context import FileRef
from models.assignments import Assignment
from models.base import Base, Code, Id, reference
from models.people import Person


class FileState(StrEnum):
    """Whether a file may be opened by others than its sender."""

    READY = "ready"
    CHECKING = "checking"
    """Waits to be searched for malware."""
    INFECTED = "infected"
    """Nobody opens it any more; the row tells that it was there."""


class EvidenceFile(Base):
    """One file as it was examined; its bytes lie in the store of evidence under their SHA-256.

    Answers name it by `token`, together with its digest. A row that handed-in answers name is never removed.
    """

    __tablename__ = "evidence_files"
    __table_args__ = (Index("ix_evidence_files_uploader_time", "uploaded_by_id", "uploaded_at"),)

    id: Mapped[Id]
    token: Mapped[Code] = mapped_column(unique=True)
    assignment_id: Mapped[int] = reference("assignments.id")
    name: Mapped[str] = mapped_column(String(120))
    type: Mapped[Code]
    size: Mapped[int]
    sha256: Mapped[Code] = mapped_column(index=True)
    state: Mapped[Code]
    uploaded_by_id: Mapped[int] = reference("people.id", index=False)
    uploaded_at: Mapped[datetime]

    assignment: Mapped[Assignment] = relationship()
    uploaded_by: Mapped[Person] = relationship()

    def reference(self) -> FileRef:
        """The file as answers know it."""
        return FileRef(self.token, self.name, self.size, self.sha256, self.type, checking=self.state != FileState.READY)
