"""The functions of the language that take values one by one; what is done with missing ones is the same for all."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from forms.expressions.runtime import CONTEXT, Frame, finite, short
from forms.expressions.types import BOOLEAN, DATE, NUMBER, TEXT, TIME, Kind, Type
from forms.wording import plain

Kinds = tuple[Kind, ...]
_TEXT: Kinds = (Kind.TEXT, Kind.CHOICE)
_NUMBER: Kinds = (Kind.NUMBER,)
_DATE: Kinds = (Kind.DATE,)


@dataclass(frozen=True, slots=True)
class Function:
    """A function of single values. It is missing (false, when it says yes or no) as soon as one of its values is.

    `parameters` are the kinds each value may be of; the last `optional` of them can be left out.
    """

    parameters: tuple[Kinds, ...]
    result: Type
    run: Callable[..., Any]
    optional: int = 0
    literal: frozenset[int] = frozenset()
    """Which parameters must be written down, not read from an answer."""


def _rounded(number: Decimal, places: Decimal = Decimal(0)) -> Decimal | None:
    return finite(CONTEXT.quantize(number, Decimal(1).scaleb(-int(places))))


def _in_figures(text: str) -> Decimal | None:
    return Decimal(text) if re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,15})?", text.strip()) else None


def _as_number(value: str | Decimal | bool) -> Decimal | None:
    if isinstance(value, str):
        return _in_figures(value)
    return Decimal(value)


def _as_text(value: str | Decimal | bool | date | time) -> str:
    match value:
        case bool():
            return "ya" if value else "tidak"
        case Decimal():
            return plain(value)
        case time():
            return value.strftime("%H:%M")
        case date():
            return value.isoformat()
    return value


def read_day(text: str) -> date | None:
    """The day in `2026-01-30`, None when it is none of the calendar."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def read_hour(text: str) -> time | None:
    """The time of day in `08:30`, None when it is none."""
    try:
        return time.fromisoformat(text) if re.fullmatch(r"[0-9]{2}:[0-9]{2}", text) else None
    except ValueError:
        return None


def _months(start: date, end: date) -> Decimal:
    """Completed months: the same day of the month must be reached, so 31 January to 28 February is none yet."""
    if end < start:
        return -_months(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return Decimal(months if end.day >= start.day else months - 1)


def _years(start: date, end: date) -> Decimal:
    """Completed years, as ages are counted; who was born on 29 February completes a year on 1 March."""
    return Decimal(int(_months(start, end) / 12))


FUNCTIONS: dict[str, Function] = {
    "round": Function((_NUMBER, _NUMBER), NUMBER, _rounded, optional=1, literal=frozenset({1})),
    "abs": Function((_NUMBER,), NUMBER, Decimal.copy_abs),
    "floor": Function((_NUMBER,), NUMBER, lambda x: x.to_integral_value(ROUND_FLOOR)),
    "ceil": Function((_NUMBER,), NUMBER, lambda x: x.to_integral_value(ROUND_CEILING)),
    "length": Function((_TEXT,), NUMBER, lambda text: Decimal(len(text))),
    "lower": Function((_TEXT,), TEXT, lambda text: short(text.lower())),
    "upper": Function((_TEXT,), TEXT, lambda text: short(text.upper())),
    "contains": Function((_TEXT, _TEXT), BOOLEAN, lambda text, part: part in text),
    "starts_with": Function((_TEXT, _TEXT), BOOLEAN, str.startswith),
    "ends_with": Function((_TEXT, _TEXT), BOOLEAN, str.endswith),
    "date": Function((_TEXT,), DATE, read_day),
    "time": Function((_TEXT,), TIME, read_hour),
    "year": Function((_DATE,), NUMBER, lambda day: Decimal(day.year)),
    "month": Function((_DATE,), NUMBER, lambda day: Decimal(day.month)),
    "day": Function((_DATE,), NUMBER, lambda day: Decimal(day.day)),
    "days": Function((_DATE, _DATE), NUMBER, lambda start, end: Decimal((end - start).days)),
    "months": Function((_DATE, _DATE), NUMBER, _months),
    "years": Function((_DATE, _DATE), NUMBER, _years),
    "number": Function(((*_TEXT, Kind.NUMBER, Kind.BOOLEAN),), NUMBER, _as_number),
    "text": Function(((*_TEXT, Kind.NUMBER, Kind.BOOLEAN, Kind.DATE, Kind.TIME),), TEXT, _as_text),
}
"""Name → function of single values. `today`, `given`, `coalesce`, `matches`, `position` are compiled by themselves."""

OF_LISTS = ("sum", "count", "min", "max", "mean", "any", "all", "join")
SPECIAL = ("given", "coalesce", "matches", "position", "today")
NAMES = (*OF_LISTS, *FUNCTIONS, *SPECIAL)
"""Every function there is."""


def _given(items: list[Any]) -> list[Any]:
    return [item for item in items if item is not None]


def _total(frame: Frame, items: list[Any]) -> Decimal | None:
    total = Decimal(0)
    for item in _given(items):
        total = CONTEXT.add(total, item)
    return finite(total)


def _mean(frame: Frame, items: list[Any]) -> Decimal | None:
    total = _total(frame, items)
    count = len(_given(items))
    return None if total is None or not count else finite(CONTEXT.divide(total, Decimal(count)))


LIST_FUNCTIONS: dict[str, Callable[[Frame, list[Any]], Any]] = {
    "sum": _total,
    "count": lambda frame, items: Decimal(len(_given(items))),
    "min": lambda frame, items: min(_given(items), default=None),
    "max": lambda frame, items: max(_given(items), default=None),
    "mean": _mean,
    "any": lambda frame, items: any(item is True for item in items),
    "all": lambda frame, items: all(item is True for item in items),
}
"""What is made of all items of a list."""
