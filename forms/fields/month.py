"""A month of a year."""

import datetime
import re
from random import Random
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import DATE, Type
from forms.fields.base import FieldBase, Raw
from forms.text import Text, msg
from forms.wording import MONTHS, language_of

NOT_A_MONTH = msg("Tuliskan bulan dan tahun, contoh 01/2026 atau Januari 2026.")
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{1,2})")
_TYPED = re.compile(r"([0-9]{1,2})[/. -]([0-9]{4})")
_NAMED = re.compile(r"([A-Za-z]{3,9})[. -]+([0-9]{4})")
YEARS = range(1900, 2200)
CalendarMonth = Annotated[str, Field(pattern=r"^(today|(19[0-9]{2}|2[01][0-9]{2})-(0[1-9]|1[0-2]))$")]
"""A month in a setting, `2026-01`, or `today` for the month of answering."""


class Month(FieldBase[datetime.date]):
    """A month from `earliest` to `latest`; the value is its first day, stored as `2026-01`."""

    widget: ClassVar[str] = "month"
    kind: Literal["month"] = "month"
    earliest: CalendarMonth | None = None
    latest: CalendarMonth | None = None

    def limits(self, context: AnswerContext) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and last month that can be given in this context, by their first days."""
        return self._limit(self.earliest, context), self._limit(self.latest, context)

    def _limit(self, limit: str | None, context: AnswerContext) -> datetime.date | None:
        if limit == "today":
            return context.today.replace(day=1)
        return None if limit is None else self.load(limit)

    def parse(self, raw: Raw, context: AnswerContext) -> datetime.date:
        value = self._month(raw)
        earliest, latest = self.limits(context)
        if earliest is not None and value < earliest:
            raise Invalid(msg("Pilih bulan paling awal %(limit)s.", limit=_text(earliest)))
        if latest is not None and value > latest:
            raise Invalid(msg("Pilih bulan paling akhir %(limit)s.", limit=_text(latest)))
        return value

    def _month(self, raw: Raw) -> datetime.date:
        text = raw.strip() if isinstance(raw, str) else ""
        if match := _ISO.fullmatch(text):  # what a native month input sends
            year, month = int(match[1]), int(match[2])
        elif match := _TYPED.fullmatch(text):
            year, month = int(match[2]), int(match[1])
        elif match := _NAMED.fullmatch(text):
            year, month = int(match[2]), _number_of(match[1])
        else:
            raise Invalid(NOT_A_MONTH)
        if year not in YEARS or not 1 <= month <= 12:
            raise Invalid(NOT_A_MONTH)
        return datetime.date(year, month, 1)

    def store(self, value: datetime.date) -> str:
        return f"{value.year:04}-{value.month:02}"

    def load(self, stored: Any) -> datetime.date:
        return datetime.date(int(stored[:4]), int(stored[5:7]), 1)

    def edit(self, value: datetime.date) -> Raw:
        return self.store(value)

    def words(self, value: datetime.date, language: str, context: AnswerContext) -> str:
        return _shown(value, language)

    def expression_type(self) -> Type:
        return DATE

    def from_expression(self, term: Any) -> datetime.date | None:
        return term.replace(day=1) if isinstance(term, datetime.date) else None

    def problems(self) -> list[Problem]:
        found = super().problems()
        given = [limit for limit in (self.earliest, self.latest) if limit not in (None, "today")]
        if len(given) == 2 and str(given[0]) > str(given[1]):
            found.append(Problem("latest", msg("Bulan paling akhir mendahului bulan paling awal.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        earliest, latest = self.limits(context)
        last = _count(latest) if latest else max(_count(context.today), _count(earliest) if earliest else 0)
        first = _count(earliest) if earliest else max(last - 11, YEARS[0] * 12)
        number = rng.randint(min(first, last), last)
        return f"{number // 12:04}-{number % 12 + 1:02}"


def _count(day: datetime.date) -> int:
    """Months since the year nought."""
    return day.year * 12 + day.month - 1


def _number_of(name: str) -> int:
    """The month with a name, or with a beginning of one of at least three letters; 0 if there is none."""
    name = name.casefold()
    for months in MONTHS.values():
        for number, month in enumerate(months, start=1):
            if month.casefold().startswith(name):
                return number
    return 8 if name in ("agt", "ags") else 0


def _shown(value: datetime.date, language: str) -> str:
    return f"{MONTHS[language_of(language)][value.month - 1]} {value.year}"


def _text(value: datetime.date) -> Text:
    return Text.model_validate({language: _shown(value, language) for language in MONTHS})
