"""Tables of results: each score with the whole derivation it came from."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, reference
from models.cycles import Cycle
from models.people import Person, Unit


class Score(Base):
    """The result of one person in one cycle, with every step from the inputs to the outcome.

    A new version replaces an older one; the older one is kept. `outcome` is null when an input is missing.
    """

    __tablename__ = "scores"
    __table_args__ = (
        UniqueConstraint("cycle_id", "subject_id", "version"),
        Index("ix_scores_cycle_outcome", "cycle_id", "current", "outcome"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = reference("cycles.id", index=False)
    subject_id: Mapped[int] = reference("people.id")
    unit_id: Mapped[int] = reference("units.id")
    version: Mapped[int] = mapped_column(default=1)
    current: Mapped[bool] = mapped_column(default=True)
    outcome: Mapped[Code | None]
    steps: Mapped[list[Any]]
    inputs_digest: Mapped[Code]
    computed_at: Mapped[datetime]

    cycle: Mapped[Cycle] = relationship()
    subject: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship()
