"""Tables of who has to fill in what: assignments, drafts, submissions, signatures, log entries, measured figures."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, reference
from models.columns import ExactDecimal, Identifier
from models.cycles import Stage
from models.designs import DesignVersion
from models.people import Person, Unit


class Assignment(Base):
    """One form that one person (the respondent) has to answer about one person (the subject) in a stage.

    `signer_id` is who must act on the submitted answers now; null while nobody must.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("stage_id", "subject_id", "respondent_id"),
        Index("ix_assignments_respondent_state", "respondent_id", "state"),
        Index("ix_assignments_signer_state", "signer_id", "state"),
        Index("ix_assignments_stage_state", "stage_id", "state"),
    )

    id: Mapped[Id]
    stage_id: Mapped[int] = reference("stages.id", index=False)
    subject_id: Mapped[int] = reference("people.id")
    respondent_id: Mapped[int] = reference("people.id", index=False)
    unit_id: Mapped[int] = reference("units.id")
    """The subject's unit when the stage opened."""
    state: Mapped[Code] = mapped_column(default="waiting")
    round: Mapped[int] = mapped_column(default=1)
    signer_id: Mapped[int | None] = reference("people.id", index=False)
    sign_off_step: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    state_since: Mapped[datetime]
    lock: Mapped[int] = mapped_column(default=1)

    stage: Mapped[Stage] = relationship()
    subject: Mapped[Person] = relationship(foreign_keys=subject_id)
    respondent: Mapped[Person] = relationship(foreign_keys=respondent_id)
    signer: Mapped[Person | None] = relationship(foreign_keys=signer_id)
    unit: Mapped[Unit] = relationship()


class Draft(Base):
    """What a respondent has typed so far, as it was typed; `lock` grows with each save."""

    __tablename__ = "drafts"

    assignment_id: Mapped[int] = reference("assignments.id", index=False, primary_key=True)
    raw: Mapped[dict[str, Any]]
    lock: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    form_version_id: Mapped[int | None] = reference("design_versions.id")
    """The version of the form it was typed for; the stage may meanwhile have gone on to a newer one."""


class Submission(Base):
    """Answers as they were submitted in one round; never changed afterwards (trigger), signed by their digest."""

    __tablename__ = "submissions"
    __table_args__ = (UniqueConstraint("assignment_id", "round"), UniqueConstraint("assignment_id", "request_key"))

    id: Mapped[Id]
    assignment_id: Mapped[int] = reference("assignments.id")
    round: Mapped[int]
    answers: Mapped[dict[str, Any]]
    digest: Mapped[Code]
    form_version_id: Mapped[int] = reference("design_versions.id")
    submitted_by_id: Mapped[int] = reference("people.id")
    submitted_at: Mapped[datetime]
    request_key: Mapped[Code]
    """Given by the page, so that the same click sent twice is one submission."""
    receipt: Mapped[Code] = mapped_column(unique=True)

    assignment: Mapped[Assignment] = relationship()
    form_version: Mapped[DesignVersion] = relationship()
    submitted_by: Mapped[Person] = relationship()


class SignOff(Base):
    """A signature on, or the return of, exactly one digest by one person at one step of the chain."""

    __tablename__ = "sign_offs"
    __table_args__ = (UniqueConstraint("submission_id", "step"),)

    id: Mapped[Id]
    submission_id: Mapped[int] = reference("submissions.id")
    step: Mapped[int]
    role: Mapped[Code]
    decision: Mapped[Code]
    """`signed` or `returned`."""
    digest: Mapped[Code]
    signer_id: Mapped[int] = reference("people.id")
    on_behalf_of_id: Mapped[int | None] = reference("people.id")
    comment: Mapped[str] = mapped_column(String(4000), default="")
    decided_at: Mapped[datetime]

    submission: Mapped[Submission] = relationship()
    signer: Mapped[Person] = relationship(foreign_keys=signer_id)


class LogEntry(Base):
    """One entry of a log stage: something done on a day, seen by the supervisor at once."""

    __tablename__ = "log_entries"
    __table_args__ = (
        UniqueConstraint("assignment_id", "request_key"),
        Index("ix_log_entries_assignment_day", "assignment_id", "occurred_on"),
    )

    id: Mapped[Id]
    assignment_id: Mapped[int] = reference("assignments.id", index=False)
    answers: Mapped[dict[str, Any]]
    form_version_id: Mapped[int] = reference("design_versions.id")
    occurred_on: Mapped[date]
    entered_at: Mapped[datetime] = mapped_column(index=True)
    entered_by_id: Mapped[int] = reference("people.id")
    request_key: Mapped[Code]
    struck_at: Mapped[datetime | None]
    """Set when the author takes the entry back; it stays readable."""

    assignment: Mapped[Assignment] = relationship()
    form_version: Mapped[DesignVersion] = relationship()


class Measurement(Base):
    """A figure marked as a measure in a form, as a row of its own, so that boards and scores read no JSON."""

    __tablename__ = "measurements"
    __table_args__ = (
        Index("ix_measurements_stage_key", "stage_id", "key", "subject_id"),
        Index("ix_measurements_source", "source", "source_id"),
    )

    id: Mapped[Id]
    stage_id: Mapped[int] = reference("stages.id", index=False)
    subject_id: Mapped[int] = reference("people.id")
    unit_id: Mapped[int] = reference("units.id")
    key: Mapped[Code]
    value: Mapped[Decimal] = mapped_column(ExactDecimal(4))
    occurred_on: Mapped[date]
    source: Mapped[Code]
    """`submission` or `log_entry`."""
    source_id: Mapped[int] = mapped_column(Identifier)
