"""Tables of cycles in progress: a cycle, its stages, and the work that flows do on it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference
from models.designs import DesignVersion


class Cycle(Base):
    """One run of a cycle design over a period; keeps the version it was made from for ever."""

    __tablename__ = "cycles"

    id: Mapped[Id]
    key: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Name]
    design_version_id: Mapped[int] = reference("design_versions.id")
    state: Mapped[Code] = mapped_column(default="draft")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    zone: Mapped[Code]
    created_at: Mapped[datetime]

    design_version: Mapped[DesignVersion] = relationship()
    stages: Mapped[list["Stage"]] = relationship(back_populates="cycle", order_by="Stage.position")


class Stage(Base):
    """One stage of a cycle with its window and the form version it was opened with."""

    __tablename__ = "stages"
    __table_args__ = (UniqueConstraint("cycle_id", "key"), Index("ix_stages_due", "state", "opens_at", "closes_at"))

    id: Mapped[Id]
    cycle_id: Mapped[int] = reference("cycles.id")
    key: Mapped[Code]
    position: Mapped[int]
    mode: Mapped[Code]
    state: Mapped[Code] = mapped_column(default="planned")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    form_version_id: Mapped[int | None] = reference("design_versions.id")

    cycle: Mapped[Cycle] = relationship(back_populates="stages")
    form_version: Mapped[DesignVersion | None] = relationship()


class UnitRating(Base):
    """The achievement of a unit as an organisation in a cycle, set before people are rated."""

    __tablename__ = "unit_ratings"
    __table_args__ = (UniqueConstraint("cycle_id", "unit_id"),)

    id: Mapped[Id]
    cycle_id: Mapped[int] = reference("cycles.id")
    unit_id: Mapped[int] = reference("units.id")
    rating: Mapped[Code]
    reason: Mapped[str] = mapped_column(String(2000), default="")
    set_by_id: Mapped[int | None] = reference("people.id")
    set_at: Mapped[datetime]


class Run(Base):
    """A piece of work for a flow, asked for once under its key; the table, not the engine, knows whether it is done."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_state_requested_at", "state", "requested_at"),)

    id: Mapped[Id]
    key: Mapped[Name] = mapped_column(unique=True)
    flow: Mapped[Code]
    action: Mapped[Code] = mapped_column(default="")
    cycle_id: Mapped[int | None] = reference("cycles.id")
    stage_id: Mapped[int | None] = reference("stages.id")
    state: Mapped[Code] = mapped_column(default="requested")
    requested_by_id: Mapped[int | None] = reference("people.id")
    requested_at: Mapped[datetime]
    launched_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    attempt: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str] = mapped_column(String(2000), default="")
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)

    cycle: Mapped[Cycle | None] = relationship()
    stage: Mapped[Stage | None] = relationship()
