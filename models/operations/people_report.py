"""What an import of people says: the rows as read, what is wrong or remarkable in them, and how many were changed."""

from dataclasses import dataclass, field
from datetime import date

from forms.text import Message


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong (or remarkable) in a row of the file and column of the header, and what to do."""

    row: int
    column: str
    message: Message


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One person as the file says, every value readable; `supervisor` is an employee number or empty."""

    number: int
    employee_number: str
    name: str
    status: str
    rank: str
    kind: str
    title: str
    grade: str
    unit: str
    parent: str
    supervisor: str
    email: str
    starts_on: date


@dataclass(slots=True)
class CheckedSheet:
    """The rows that could be read, and what has to be said about the others."""

    rows: list[CheckedRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)


@dataclass(slots=True)
class ImportReport:
    """What an import did; with errors it did nothing."""

    rows: int
    """Rows of the file below its header."""
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    errors: list[RowError] = field(default_factory=list)
    warnings: list[RowError] = field(default_factory=list)
