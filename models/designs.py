"""Tables of what HR configures: designs of forms and cycles, and their versions."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Code, Id, Name, reference


class Design(Base):
    """Something HR configures under one key: a form or a cycle. Its content is in the versions."""

    __tablename__ = "designs"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[Id]
    kind: Mapped[Code]
    """`form` or `cycle`."""
    key: Mapped[Code]

    versions: Mapped[list["DesignVersion"]] = relationship(back_populates="design", order_by="DesignVersion.number")


class DesignVersion(Base):
    """One version of a design; its definition is frozen once it was published (by a listener and by a trigger)."""

    __tablename__ = "design_versions"
    __table_args__ = (UniqueConstraint("design_id", "number"),)

    id: Mapped[Id]
    design_id: Mapped[int] = reference("designs.id")
    number: Mapped[int]
    state: Mapped[Code] = mapped_column(default="draft")
    title: Mapped[Name]
    definition: Mapped[dict[str, Any]] = mapped_column(active_history=True)
    digest: Mapped[Code]
    lock: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(default=0, server_default="0")
    """Which of the draft's edits is the present one; going back keeps the later ones until the next edit."""
    edited_at: Mapped[datetime | None]

    design: Mapped[Design] = relationship(back_populates="versions")

    __mapper_args__ = {"version_id_col": lock}


class DesignEdit(Base):
    """The definition of a draft version as it was after one step of editing, so that steps can be taken back."""

    __tablename__ = "design_edits"
    __table_args__ = (UniqueConstraint("version_id", "position"),)

    id: Mapped[Id]
    version_id: Mapped[int] = reference("design_versions.id", index=False)
    position: Mapped[int]
    definition: Mapped[dict[str, Any]]
    summary: Mapped[str] = mapped_column(String(400))
    actor_id: Mapped[int | None] = reference("people.id")
    at: Mapped[datetime]
