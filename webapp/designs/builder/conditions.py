"""Conditions on the page: composed from menus (“field – operator – value”), or written as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any, Literal

from forms.context import AnswerContext
from forms.editing.scopes import Named
from forms.errors import Invalid
from forms.expressions import Kind, Scope
from forms.expressions.clauses import (
    OPERATORS_BY_TYPE,
    Clause,
    Clauses,
    ClauseValue,
    Operator,
    from_clauses,
    read_value,
    to_clauses,
)
from forms.expressions.types import Type
from forms.fields.date import Date
from forms.fields.number import read_decimal
from forms.text import Message, Text, msg
from forms.wording import plain
from webapp.i18n import say

MOST_ROWS = 30
_SEVERAL = ";"
_DAY = Date(key="day", label=Text(id="day"))
_ANY_DAY = AnswerContext(today=date(2000, 1, 1))


@dataclass(frozen=True)
class Row:
    """One line of the menus as it stands in the page."""

    name: str = ""
    operator: str = ""
    value: str = ""


@dataclass
class Condition:
    """A condition or formula as it is shown, with what it may ask about."""

    source: str
    named: Sequence[Named]
    mode: Literal["always", "menus", "written"] = "always"
    join: str = "all"
    rows: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, source: str | None, named: Sequence[Named]) -> "Condition":
        """The condition of a text; menus show it where they can."""
        found = cls(source or "", named)
        if source:
            found.mode = "written"
            clauses = to_clauses(source, Scope({one.name: one.type for one in named}))
            known = {one.name for one in found.subjects}
            if clauses is not None and clauses.clauses and all(one.field in known for one in clauses.clauses):
                found.mode, found.join = "menus", clauses.join
                found.rows = [
                    Row(one.field, one.operator, found.written(one.field, one.value)) for one in clauses.clauses
                ]
        found.rows.append(Row())
        return found

    @property
    def subjects(self) -> list[Named]:
        """The questions the menus can ask about."""
        return [one for one in self.named if OPERATORS_BY_TYPE.get(one.type.kind)]

    def subject(self, name: str) -> Named | None:
        return next((one for one in self.subjects if one.name == name), None)

    def groups(self, row: Row) -> list[tuple[str, Message, tuple[Operator, ...]]]:
        """The operators of a line: those of its question, or of every kind there is as long as none is chosen."""
        subject = self.subject(row.name)
        kinds = [subject.type.kind] if subject else list(dict.fromkeys(one.type.kind for one in self.subjects))
        return [(kind.value, Type(kind).label, OPERATORS_BY_TYPE[kind]) for kind in kinds]

    def values(self, name: str) -> list[str]:
        """The labels a value can be chosen from."""
        subject = self.subject(name)
        return [say(label) for _, label in subject.options] if subject else []

    def written(self, name: str, value: ClauseValue) -> str:
        """A value as people write it."""
        match value:
            case None:
                return ""
            case Decimal():
                return plain(value).replace(".", ",")
            case date():
                return f"{value:%d/%m/%Y}"
            case time():
                return f"{value:%H.%M}"
            case tuple():
                return f"{_SEVERAL} ".join(self.written(name, one) for one in value)
        subject = self.subject(name)
        options = dict(subject.options) if subject else {}
        return say(options[value]) if isinstance(value, str) and value in options else str(value)


def sent_condition(name: str, sent: Any, named: Sequence[Named]) -> Condition:
    """What was sent for a condition, as it stands there: to be shown again when it was refused."""
    found = Condition(str(sent.get(name, "")).strip(), named, sent.get(f"{name}.mode", "always"))
    found.join = "any" if sent.get(f"{name}.join") == "any" else "all"
    found.rows = [*_rows(name, sent), Row()]
    return found


def read_condition(name: str, sent: Any, named: Sequence[Named]) -> str | None:
    """The text of a condition that was sent; None for one that always holds. Raises Invalid for an unfit line."""
    mode = sent.get(f"{name}.mode")
    if mode == "always":
        return None
    if mode != "menus":
        return str(sent.get(name, "")).strip() or None
    found = sent_condition(name, sent, named)
    clauses = [_clause(number, row, found) for number, row in enumerate(found.rows[:-1], 1)]
    if not clauses:
        return None
    return from_clauses(Clauses("any" if found.join == "any" else "all", tuple(clauses)))


def _rows(name: str, sent: Any) -> Iterable[Row]:
    for number in range(MOST_ROWS):
        subject = str(sent.get(f"{name}.{number}.name", "")).strip()
        if subject:
            yield Row(
                subject,
                str(sent.get(f"{name}.{number}.operator", "")),
                str(sent.get(f"{name}.{number}.value", "")).strip(),
            )


def _clause(number: int, row: Row, found: Condition) -> Clause:
    subject = found.subject(row.name)
    operators = OPERATORS_BY_TYPE[subject.type.kind] if subject else ()
    operator = next((one for one in operators if one.key == row.operator), None)
    if subject is None or operator is None:
        raise Invalid(msg("Syarat %(n)s: hubungan ini tidak berlaku untuk isian yang dipilih.", n=number))
    if operator.takes == "nothing":
        return Clause(subject.name, operator.key)
    try:
        typed = _typed(operator, subject, row.value)
        value = tuple(typed) if isinstance(typed, list) else read_value(subject.type, operator.key, typed)
    except (ValueError, Invalid) as wrong:
        raise Invalid(_unfit(number, operator, subject)) from wrong
    return Clause(subject.name, operator.key, value)


def _typed(operator: Operator, subject: Named, text: str) -> str | list[str]:
    """A value as people write it, in the form the menus of expressions read."""
    if operator.takes == "values":
        parts = [part.strip() for part in text.split(_SEVERAL) if part.strip()]
        if not parts:
            raise ValueError("no value")
        return [_option(subject, part) for part in parts]
    kind = subject.type.kind
    if operator.takes == "number" or kind == Kind.NUMBER:
        return plain(read_decimal(text, 6))
    if kind == Kind.DATE:
        return _DAY.parse(text, _ANY_DAY).isoformat()
    if kind == Kind.TIME:
        return text.replace(".", ":")
    return _option(subject, text)


def _option(subject: Named, text: str) -> str:
    """The value of an option from its label or value; a text that is no option is one only where there are none."""
    if not subject.options:
        return text
    wanted = text.casefold()
    for value, label in subject.options:
        if wanted in (value.casefold(), *(words.casefold() for words in (label.id, *label.translations.values()))):
            return value
    raise ValueError(f"{text!r} is no option")


def _unfit(number: int, operator: Operator, subject: Named) -> Message:
    if operator.takes == "number":
        return msg("Syarat %(n)s: tuliskan angka.", n=number)
    if subject.options:
        offered = f"{_SEVERAL} ".join(say(label) for _, label in subject.options[:8])
        return msg("Syarat %(n)s: pilih dari %(options)s.", n=number, options=offered)
    if subject.type.kind == Kind.DATE:
        return msg("Syarat %(n)s: tuliskan tanggal, contoh 30/01/2026.", n=number)
    if subject.type.kind == Kind.TIME:
        return msg("Syarat %(n)s: tuliskan jam, contoh 08.30.", n=number)
    if subject.type.kind in (Kind.TEXT, Kind.CHOICE):
        return msg("Syarat %(n)s: tuliskan nilainya.", n=number)
    return msg("Syarat %(n)s: tuliskan angka.", n=number)
