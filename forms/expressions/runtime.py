"""While an expression is evaluated: what it sees, how much it may still do, and which values it takes for what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, TypeAlias

from forms.expressions import limits
from forms.expressions.scope import FORM
from forms.expressions.types import Kind, Type

CONTEXT = Context(
    prec=limits.PRECISION, rounding=ROUND_HALF_UP, Emin=-limits.EXPONENT, Emax=limits.EXPONENT, capitals=1, traps=[]
)
"""All calculations go through it; it raises nothing, what cannot be calculated is not finite and becomes missing."""


class TooMuch(Exception):
    """The evaluation has looked at more rows and items than one may."""


class Allowance:
    """What all expressions of a form may still do together while its answers are read once."""

    __slots__ = ("left",)

    def __init__(self, work: int = limits.WORK) -> None:
        self.left = work

    @property
    def spent(self) -> bool:
        """Whether some expression could not be evaluated to its end for want of it."""
        return self.left < 0


class Frame:
    """One evaluation: the answers, the day, the turns of the loops around and the steps that are left."""

    __slots__ = ("form", "left", "today", "turns", "values")

    def __init__(self, values: Mapping[str, Any], today: date, steps: int = limits.STEPS) -> None:
        self.values = values
        form = values.get(FORM)
        self.form: Mapping[str, Any] = form if isinstance(form, Mapping) else values
        self.today = today
        self.left = steps
        self.turns: dict[int, Any] = {}

    def step(self, count: int) -> None:
        """Note that so many rows or items are looked at. Raises TooMuch when there were too many."""
        self.left -= count
        if self.left < 0:
            raise TooMuch


Run: TypeAlias = Callable[[Frame], Any]
"""A compiled part of an expression: its term, None when missing. Lists hold their missing items as None."""


def finite(number: Decimal) -> Decimal | None:
    """A calculated number, missing when it is none that can be written down."""
    return number if number.is_finite() else None


def short(text: str) -> str | None:
    """A text that was made, missing when it is empty or longer than a text may be."""
    return text if 0 < len(text) <= limits.TEXT else None


def _number(value: Any) -> Decimal | None:
    if type(value) is int:
        value = CONTEXT.create_decimal(value)
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= limits.EXPONENT:
        return value
    return None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) and not isinstance(value, datetime) else None


def _hour(value: Any) -> time | None:
    return value if isinstance(value, time) and value.tzinfo is None else None


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, tuple | list):
        return None
    return tuple(one for one in value if isinstance(one, str) and one)


def _rows(value: Any) -> list[Mapping[str, Any]] | None:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else None


def _record(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, Mapping) else None


def _anything(value: Any) -> Any:
    match value:
        case bool() | Mapping() | list() | tuple():
            return value
        case int() | Decimal():
            return _number(value)
        case str():
            return value or None
        case date():
            return _day(value)
        case time():
            return _hour(value)
    return None


_ADMISSIONS: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.CHOICE: _text,
    Kind.BOOLEAN: _truth,
    Kind.DATE: _day,
    Kind.TIME: _hour,
    Kind.CHOICES: _texts,
    Kind.ROWS: _rows,
    Kind.RECORD: _record,
    Kind.ANY: _anything,
}


def admission(kind: Type) -> Callable[[Any], Any]:
    """What makes a term of that type of a value from outside; a value that is none becomes missing."""
    if kind.kind == Kind.LIST:
        one = admission(kind.item or kind)
        return lambda value: [one(item) for item in value] if isinstance(value, list | tuple) else None
    return _ADMISSIONS[kind.kind]


def fitting(kinds: Iterable[Kind]) -> Callable[[Any], Any]:
    """For a value of a type that is not known before: the first of these kinds that it fits, else missing."""
    tried = [_ADMISSIONS[kind] for kind in kinds if kind in _ADMISSIONS]

    def fit(value: Any) -> Any:
        for admit in tried:
            term = admit(value)
            if term is not None:
                return term
        return None

    return fit


def is_given(term: Any) -> bool:
    """Whether a term says anything: an empty text, no choice and no row do not."""
    if isinstance(term, Mapping):
        return any(is_given(one) for one in term.values())
    if isinstance(term, list):
        return any(one is not None for one in term)
    return term is not None and term != "" and term != ()


def equal(one: Any, other: Any) -> bool:
    """Whether two terms are the same; truths are no numbers."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return bool(one == other)


def orderly(one: Any, other: Any) -> bool:
    """Whether two terms can be more or less than each other."""
    return any(isinstance(one, kind) and isinstance(other, kind) for kind in (Decimal, date, time))
