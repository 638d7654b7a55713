"""Table of rendered papers: the bytes lie in storage under their SHA-256, the row says what they are."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference
from models.people import Person


class Document(Base):
    """One paper about one person; made once per kind and revision."""

    __tablename__ = "documents"
    __table_args__ = (UniqueConstraint("kind", "cycle_id", "subject_id", "revision"),)

    id: Mapped[Id]
    kind: Mapped[Code]
    """`evaluation`, `plan`, `certificate:<category>`."""
    cycle_id: Mapped[int] = reference("cycles.id")
    subject_id: Mapped[int] = reference("people.id")
    revision: Mapped[int] = mapped_column(default=1)
    code: Mapped[Code] = mapped_column(unique=True)
    filename: Mapped[Name]
    sha256: Mapped[Code] = mapped_column(index=True)
    size: Mapped[int]
    created_at: Mapped[datetime]

    subject: Mapped[Person] = relationship()
