"""What a log holds: its entries by month, its figures added up, and what was logged lately to log it again."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forms.schema import FormSchema
from forms.text import Text
from models.assignments import Assignment, LogEntry, Measurement
from models.queries.designs import forms_by_version

LATEST_READ = 40
"""Among so many latest entries the different ones are looked for."""


@dataclass(frozen=True)
class Month:
    """One month of a log: how many entries stand, and the figures added up in the order of the form."""

    first_day: date
    entries: int
    totals: tuple[tuple[Text, Decimal], ...]

    @property
    def key(self) -> str:
        return f"{self.first_day:%Y-%m}"


def months(session: Session, assignment: Assignment, schema: FormSchema) -> list[Month]:
    """The months in which something was logged (struck entries aside), the latest first."""
    days = session.execute(
        select(LogEntry.occurred_on, func.count())
        .where(LogEntry.assignment_id == assignment.id, LogEntry.struck_at.is_(None))
        .group_by(LogEntry.occurred_on)
    )
    counts: dict[date, int] = defaultdict(int)
    for day, count in days:
        counts[day.replace(day=1)] += count
    sums: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    for day, key, value in session.execute(
        _figures(assignment)
        .add_columns(Measurement.occurred_on, Measurement.key, func.sum(Measurement.value))
        .group_by(Measurement.occurred_on, Measurement.key)
    ):
        sums[day.replace(day=1), key] += value
    named = _named(session, assignment, schema)
    return [
        Month(first, counts[first], tuple((label, sums[first, key]) for key, label in named.items()))
        for first in sorted(counts, reverse=True)
    ]


def totals(session: Session, assignment: Assignment, schema: FormSchema) -> list[tuple[Text, Decimal]]:
    """All figures of a log added up, in the order of the form."""
    rows = session.execute(
        _figures(assignment).add_columns(Measurement.key, func.sum(Measurement.value)).group_by(Measurement.key)
    )
    sums: dict[str, Decimal] = dict(rows.all())
    return [(label, sums[key]) for key, label in _named(session, assignment, schema).items() if key in sums]


def entries(assignment: Assignment, month: date | None = None) -> Select[LogEntry]:
    """The entries of a log, the latest first, struck ones among them; of one month when its first day is given."""
    found = (
        select(LogEntry)
        .where(LogEntry.assignment_id == assignment.id)
        .order_by(LogEntry.occurred_on.desc(), LogEntry.id.desc())
    )
    if month is None:
        return found
    after = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return found.where(LogEntry.occurred_on >= month, LogEntry.occurred_on < after)


def to_repeat(session: Session, assignment: Assignment, keys: list[str], limit: int = 3) -> list[LogEntry]:
    """The latest entries that differ in these answers: what somebody does often is logged again with one tap."""
    rows = session.scalars(
        select(LogEntry)
        .where(LogEntry.assignment_id == assignment.id, LogEntry.struck_at.is_(None))
        .order_by(LogEntry.id.desc())
        .limit(LATEST_READ)
    )
    found: dict[tuple[Any, ...], LogEntry] = {}
    for entry in rows:
        found.setdefault(tuple(entry.answers.get(key) for key in keys), entry)
    return list(found.values())[:limit]


def figures(*schemas: FormSchema) -> dict[str, Text]:
    """The figures that versions of a form measure, with the words of the question in the first that has it."""
    found: dict[str, Text] = {}
    for schema in schemas:
        for field in schema.fields():
            if field.measure:
                found.setdefault(field.measure, field.label)
    return found


def _named(session: Session, assignment: Assignment, schema: FormSchema) -> dict[str, Text]:
    """The figures of a log: those of the form as it is now, then those that only earlier entries were asked for."""
    answered = session.scalars(
        select(LogEntry.form_version_id).where(LogEntry.assignment_id == assignment.id).distinct()
    ).all()
    return figures(schema, *forms_by_version(session, answered).values())


def _figures(assignment: Assignment) -> Select[Any]:
    return select().where(
        Measurement.source == "log_entry",
        Measurement.stage_id == assignment.stage_id,
        Measurement.subject_id == assignment.subject_id,
    )
