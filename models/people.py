"""Tables of people and organisation: units, people, posts and supervisors with dates, roles, accounts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference


class Unit(Base):
    """A work unit in the tree of the organisation.

    `path` lists the ids from the root down to this unit (`/1/4/9/`), so that a subtree is one prefix.
    """

    __tablename__ = "units"

    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = reference("units.id")
    path: Mapped[str] = mapped_column(String(255), index=True, default="")
    zone: Mapped[Code] = mapped_column(default="Asia/Jakarta")

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")


class Person(Base):
    """A member of staff, known by the 18-digit employee number (NIP, or NI PPPK)."""

    __tablename__ = "people"
    __table_args__ = (CheckConstraint("length(employee_number) = 18", name="employee_number_length"),)

    id: Mapped[Id]
    employee_number: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[Name] = mapped_column(index=True)
    status: Mapped[Code]
    """`pns` or `pppk`."""
    rank: Mapped[Code] = mapped_column(default="")
    """Golongan: `III/d` for PNS, a Roman numeral for PPPK."""
    email: Mapped[Name] = mapped_column(default="")
    active: Mapped[bool] = mapped_column(default=True)

    posts: Mapped[list["Post"]] = relationship(back_populates="person", order_by="Post.starts_on")


class Post(Base):
    """A position that a person holds in a unit from one day to another; the open end is the present."""

    __tablename__ = "posts"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
        Index("ix_posts_unit_present", "unit_id", "ends_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = reference("people.id")
    unit_id: Mapped[int] = reference("units.id")
    kind: Mapped[Code]
    """Kind of position: `leader`, `administrator`, `supervisor`, `functional`, `general`."""
    title: Mapped[Name]
    grade: Mapped[Name] = mapped_column(default="")
    """Functional or echelon grade (jenjang)."""
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="posts")
    unit: Mapped[Unit] = relationship()


class Supervision(Base):
    """Who supervises whom, from one day to another."""

    __tablename__ = "supervisions"
    __table_args__ = (
        CheckConstraint("person_id <> supervisor_id", name="not_oneself"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = reference("people.id")
    supervisor_id: Mapped[int] = reference("people.id")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    supervisor: Mapped[Person] = relationship(foreign_keys=supervisor_id)


class RoleGrant(Base):
    """A role given to a person, for the whole organisation or for one unit and what is below it."""

    __tablename__ = "role_grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "unit_id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = reference("people.id")
    role: Mapped[Code]
    unit_id: Mapped[int | None] = reference("units.id")

    person: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()


class Account(Base):
    """How a person signs in; made with a one-time activation token, never with a password chosen by somebody else."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = reference("people.id", index=False, primary_key=True)
    password_hash: Mapped[Name | None]
    activation_digest: Mapped[Code | None] = mapped_column(unique=True)
    activation_expires_at: Mapped[datetime | None]
    language: Mapped[Code] = mapped_column(default="id")

    person: Mapped[Person] = relationship()


class WebSession(Base):
    """One signed-in browser; the cookie holds a random id, this table its SHA-256."""

    __tablename__ = "web_sessions"

    digest: Mapped[Code] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = reference("people.id")
    data: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime] = mapped_column(index=True)


class RateCounter(Base):
    """How often something happened in a window of time; shared by all web processes."""

    __tablename__ = "rate_counters"

    key: Mapped[Name] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
