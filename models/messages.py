"""Table of messages to people: written by operations in the same transaction, sent afterwards by a flow."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference
from models.people import Person


class OutboxMessage(Base):
    """A message to one person, in the app at once and by mail as soon as it could be sent.

    The key makes the same message the same row, however often the operation is repeated.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("ix_messages_unsent", "sent_at", "next_try_at"),
        Index("ix_messages_person_read", "person_id", "read_at"),
    )

    id: Mapped[Id]
    key: Mapped[Name] = mapped_column(unique=True)
    person_id: Mapped[int] = reference("people.id", index=False)
    kind: Mapped[Code]
    params: Mapped[dict[str, Any]]
    path: Mapped[Name] = mapped_column(default="/")
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person] = relationship()
