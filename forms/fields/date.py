"""A calendar day."""

import datetime
import re
from random import Random
from typing import Any, ClassVar, Literal

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import DATE, Type
from forms.fields.base import FieldBase, Raw
from forms.text import msg
from forms.wording import format_date

NOT_A_DATE = msg("Tuliskan tanggal dengan format hh/bb/tttt, contoh 30/01/2026.")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TYPED = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})")


class Date(FieldBase[datetime.date]):
    """A day from `earliest` to `latest`; `today` as a limit is the day of answering."""

    widget: ClassVar[str] = "date"
    kind: Literal["date"] = "date"
    earliest: datetime.date | Literal["today"] | None = None
    latest: datetime.date | Literal["today"] | None = None

    def limits(self, context: AnswerContext) -> tuple[datetime.date | None, datetime.date | None]:
        """The first and last day that can be given in this context."""
        earliest = context.today if self.earliest == "today" else self.earliest
        latest = context.today if self.latest == "today" else self.latest
        return earliest, latest

    def parse(self, raw: Raw, context: AnswerContext) -> datetime.date:
        value = self._day(raw)
        earliest, latest = self.limits(context)
        if earliest is not None and value < earliest:
            raise Invalid(msg("Tanggal paling awal adalah %(limit)s.", limit=earliest))
        if latest is not None and value > latest:
            raise Invalid(msg("Tanggal paling akhir adalah %(limit)s.", limit=latest))
        return value

    def _day(self, raw: Raw) -> datetime.date:
        text = raw.strip() if isinstance(raw, str) else ""
        if match := _ISO.fullmatch(text):  # what a native date input sends
            year, month, day = match.groups()
        elif match := _TYPED.fullmatch(text):
            day, _, month, year = match.groups()
        else:
            raise Invalid(NOT_A_DATE)
        try:
            value = datetime.date(int(year), int(month), int(day))
        except ValueError as error:
            raise Invalid(msg("Tanggal %(date)s tidak ada dalam kalender.", date=f"{day}/{month}/{year}")) from error
        if not 1900 <= value.year <= 2200:
            raise Invalid(NOT_A_DATE)
        return value

    def store(self, value: datetime.date) -> str:
        return value.isoformat()

    def load(self, stored: Any) -> datetime.date:
        return datetime.date.fromisoformat(stored)

    def edit(self, value: datetime.date) -> Raw:
        return value.isoformat()

    def words(self, value: datetime.date, language: str, context: AnswerContext) -> str:
        return format_date(value, language)

    def expression_type(self) -> Type:
        return DATE

    def from_expression(self, term: Any) -> datetime.date | None:
        return term if isinstance(term, datetime.date) else None

    def problems(self) -> list[Problem]:
        found = super().problems()
        if (
            isinstance(self.earliest, datetime.date)
            and isinstance(self.latest, datetime.date)
            and self.earliest > self.latest
        ):
            found.append(Problem("latest", msg("Tanggal paling akhir mendahului tanggal paling awal.")))
        for name, limit in (("earliest", self.earliest), ("latest", self.latest)):
            if isinstance(limit, datetime.date) and not 1900 <= limit.year <= 2200:
                found.append(Problem(name, msg("Tahun harus di antara 1900 dan 2200.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        earliest, latest = self.limits(context)
        if earliest is None:
            earliest = (latest or context.today) - datetime.timedelta(days=28)
        if latest is None:
            latest = max(earliest, context.today)
        return (earliest + datetime.timedelta(days=rng.randint(0, (latest - earliest).days))).isoformat()
