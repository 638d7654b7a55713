"""Every table, so that whoever needs the whole schema imports one module."""

from models import (
    assignments,
    awards,
    cycles,
    designs,
    documents,
    evidence,
    feedback,
    journal,
    messages,
    people,
    scores,
)
from models.base import Base

metadata = Base.metadata

__all__ = [
    "assignments",
    "awards",
    "cycles",
    "designs",
    "documents",
    "evidence",
    "feedback",
    "journal",
    "messages",
    "metadata",
    "people",
    "scores",
]
