"""Tables of feedback that must not be traced: ballots of colleagues and answers of the public."""

from datetime import date
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Code, Id, reference


class Ballot(Base):
    """What somebody answered about a person, without who, when or in which order.

    That a colleague has answered is known from the assignment; nothing joins the two. The random key is the order
    in which rows lie on SQLite, and it carries no time.
    """

    __tablename__ = "ballots"
    __table_args__ = (
        Index("ix_ballots_stage_subject", "stage_id", "subject_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Code] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = reference("stages.id", index=False)
    subject_id: Mapped[int] = reference("people.id")
    group: Mapped[Code] = mapped_column("rater_group")
    answers: Mapped[dict[str, Any]]
    form_version_id: Mapped[int] = reference("design_versions.id", index=False)
    """The version that was answered: the same for all ballots of a stage, since two would tell who voted earlier."""


class SurveyLink(Base):
    """The address (and QR code) under which the public answers a survey about one unit."""

    __tablename__ = "survey_links"
    __table_args__ = (Index("uq_survey_links_stage_unit", "stage_id", "unit_id", unique=True),)

    id: Mapped[Id]
    stage_id: Mapped[int] = reference("stages.id")
    unit_id: Mapped[int] = reference("units.id")
    token: Mapped[Code] = mapped_column(unique=True)


class SurveyAnswer(Base):
    """One answer of the public about a unit; the day only, no address, no device."""

    __tablename__ = "survey_answers"
    __table_args__ = (
        Index("ix_survey_answers_stage_unit", "stage_id", "unit_id"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[Code] = mapped_column(primary_key=True)
    stage_id: Mapped[int] = reference("stages.id", index=False)
    unit_id: Mapped[int] = reference("units.id")
    answers: Mapped[dict[str, Any]]
    answered_on: Mapped[date]
    form_version_id: Mapped[int] = reference("design_versions.id", index=False)
    request_key: Mapped[str] = mapped_column(String(64), unique=True)
