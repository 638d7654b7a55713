"""A time of day."""

import datetime
import re
from random import Random
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import TIME, Type
from forms.fields.base import FieldBase, Raw
from forms.text import msg

NOT_A_TIME = msg("Tuliskan waktu dengan format jj.mm, contoh 14.05.")
_TYPED = re.compile(r"([0-9]{1,2})[.:]([0-9]{2})(?:[.:]00)?")
ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time in a setting, `07:30`."""


class Time(FieldBase[datetime.time]):
    """A time from `earliest` to `latest` on the clock of the place, to the minute; stored as `14:05`."""

    widget: ClassVar[str] = "time"
    kind: Literal["time"] = "time"
    earliest: ClockTime | None = None
    latest: ClockTime | None = None

    def parse(self, raw: Raw, context: AnswerContext) -> datetime.time:
        match = _TYPED.fullmatch(raw.strip()) if isinstance(raw, str) else None
        if not match:
            raise Invalid(NOT_A_TIME)
        hour, minute = int(match[1]), int(match[2])
        if hour > 23 or minute > 59:
            raise Invalid(msg("Tuliskan waktu di antara 00.00 dan 23.59."))
        value = datetime.time(hour, minute)
        if self.earliest is not None and value < self.load(self.earliest):
            raise Invalid(msg("Tuliskan waktu paling awal pukul %(limit)s.", limit=_shown(self.load(self.earliest))))
        if self.latest is not None and value > self.load(self.latest):
            raise Invalid(msg("Tuliskan waktu paling akhir pukul %(limit)s.", limit=_shown(self.load(self.latest))))
        return value

    def store(self, value: datetime.time) -> str:
        return f"{value:%H:%M}"

    def load(self, stored: Any) -> datetime.time:
        return datetime.time.fromisoformat(stored)

    def edit(self, value: datetime.time) -> Raw:
        return f"{value:%H:%M}"

    def words(self, value: datetime.time, language: str, context: AnswerContext) -> str:
        return _shown(value)

    def expression_type(self) -> Type:
        return TIME

    def from_expression(self, term: Any) -> datetime.time | None:
        return term if isinstance(term, datetime.time) else None

    def problems(self) -> list[Problem]:
        found = super().problems()
        if self.earliest is not None and self.latest is not None and self.earliest > self.latest:
            found.append(Problem("latest", msg("Waktu paling akhir mendahului waktu paling awal.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        first, last = (_minutes(self.earliest or "07:30"), _minutes(self.latest or "16:00"))
        if first > last:  # only one limit is given, outside of office hours
            first, last = (first, 23 * 60 + 59) if self.earliest else (0, last)
        minutes = rng.randint(first, last)
        return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _shown(value: datetime.time) -> str:
    return f"{value:%H.%M}"
