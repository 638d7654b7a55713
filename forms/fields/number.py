"""An exact decimal number, typed the Indonesian way or the way of a pocket calculator."""

import re
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import NUMBER, Type
from forms.fields.base import FieldBase, Raw
from forms.text import Text, msg
from forms.wording import format_number, plain

NOT_A_NUMBER = msg("Tuliskan angka, contoh 1.250 atau 18,75.")
WHOLE_DIGITS = 14
"""Digits before the comma: with four places a figure still fits the whole-number columns of the database."""

_INDONESIAN = re.compile(r"([+-]?)([0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,([0-9]+))?")
_ENGLISH = re.compile(r"([+-]?)([0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?")
_SPACES = re.compile(r"(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))")


def read_decimal(text: str, places: int) -> Decimal:
    """The number a text says. Raises Invalid when it says none, or more than `places` decimals.

    Indonesian first: the comma is the decimal sign and dots group thousands, so `1.250` is one thousand two hundred
    and fifty and `1,25` is one and a quarter. What cannot be that is read the English way (`1250.5`, `0.125`,
    `1,250.5`, `1,250,000`). Decimals are counted as written, so `1,000` in a field of whole numbers is refused rather
    than taken for 1. Exponents, NaN, infinity and digits of other scripts are no numbers here.
    """
    text = _SPACES.sub("", text.strip().replace("\u2212", "-"))
    match = len(text) <= 40 and (_INDONESIAN.fullmatch(text) or _ENGLISH.fullmatch(text))
    if not match:
        raise Invalid(NOT_A_NUMBER)
    sign, whole, decimals = match.groups()
    whole = whole.replace(".", "").replace(",", "").lstrip("0") or "0"
    if len(whole) > WHOLE_DIGITS:
        raise Invalid(msg("Angka terlalu besar: paling banyak %(digits)s angka di depan koma.", digits=WHOLE_DIGITS))
    if decimals and len(decimals) > places:
        if places == 0:
            raise Invalid(msg("Tuliskan bilangan bulat, tanpa angka di belakang koma."))
        raise Invalid(msg("Tuliskan paling banyak %(places)s angka di belakang koma.", places=places))
    return Decimal(plain(Decimal(f"{sign}{whole}.{decimals or '0'}")))


def rounded(value: Decimal, places: int) -> Decimal:
    """The number rounded half-up to at most so many places."""
    return Decimal(plain(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)))


def _settled(value: Decimal) -> Decimal:
    if abs(value) >= 10**WHOLE_DIGITS or value != value.quantize(Decimal("0.000001")):
        raise PydanticCustomError("number_range", "at most 14 digits before and 6 after the decimal point")
    return Decimal(plain(value))


ExactNumber = Annotated[Decimal, Field(allow_inf_nan=False), AfterValidator(_settled)]
"""A number in a setting: equal numbers are written alike, so that equal designs have equal digests."""


class Numeric(FieldBase[Decimal]):
    """What number and percentage share: a number from `min` to `max` with at most `places` decimals."""

    numeric: ClassVar[bool] = True
    min: ExactNumber | None = None
    max: ExactNumber | None = None
    places: int = Field(default=0, ge=0, le=6)

    def parse(self, raw: Raw, context: AnswerContext) -> Decimal:
        value = read_decimal(self._typed(raw), self.places)
        if self.min is not None and value < self.min:
            raise Invalid(msg("Tuliskan angka paling kecil %(limit)s.", limit=self.min))
        if self.max is not None and value > self.max:
            raise Invalid(msg("Tuliskan angka paling besar %(limit)s.", limit=self.max))
        return value

    def _typed(self, raw: Raw) -> str:
        """The typed text; numbers of JSON are taken too, written with a comma so that no dot can group thousands."""
        if isinstance(raw, str):
            return raw
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
            raise Invalid(NOT_A_NUMBER)
        if isinstance(raw, int) and abs(raw) >= 10**WHOLE_DIGITS:  # Python refuses to write out endless ones
            raise Invalid(NOT_A_NUMBER)
        number = Decimal(str(raw))
        if not number.is_finite() or abs(number) >= 10**WHOLE_DIGITS:
            raise Invalid(NOT_A_NUMBER)
        return plain(number).replace(".", ",")

    def store(self, value: Decimal) -> str:
        return plain(value)

    def load(self, stored: Any) -> Decimal:
        return Decimal(stored)

    def edit(self, value: Decimal) -> Raw:
        return plain(value).replace(".", ",")

    def expression_type(self) -> Type:
        return NUMBER

    def from_expression(self, term: Any) -> Decimal | None:
        return None if not isinstance(term, Decimal) or abs(term) >= 10**WHOLE_DIGITS else rounded(term, self.places)

    def number(self, value: Decimal) -> Decimal | None:
        return value

    def _bounds(self) -> tuple[int, int]:
        """The smallest and largest value counted in steps of the last decimal place."""
        low = -(10**WHOLE_DIGITS) if self.min is None else self.min.scaleb(self.places).__ceil__()
        high = 10**WHOLE_DIGITS if self.max is None else self.max.scaleb(self.places).__floor__()
        return low, high

    def problems(self) -> list[Problem]:
        found = super().problems()
        low, high = self._bounds()
        if self.min is not None and self.max is not None and self.min > self.max:
            found.append(Problem("max", msg("Batas terbesar lebih kecil daripada batas terkecil.")))
        elif low > high:
            found.append(Problem("places", msg("Tidak ada angka yang dapat diisi di antara kedua batas.")))
        if self.measure is not None and self.places > 4:
            found.append(Problem("places", msg("Ukuran disimpan dengan paling banyak empat angka di belakang koma.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        low, high = self._bounds()
        step = 10**self.places
        if self.max is None:
            high = max(low, 0) + 200 * step
        if self.min is None:
            low = min(0, high) if high >= 0 else high - 200 * step
        return self.edit(Decimal(rng.randint(low, high)).scaleb(-self.places))


class Number(Numeric):
    """A number in a `unit` that is shown beside it."""

    widget: ClassVar[str] = "number"
    kind: Literal["number"] = "number"
    unit: Text | None = None

    def words(self, value: Decimal, language: str, context: AnswerContext) -> str:
        text = format_number(value, language=language)
        return f"{text} {self.unit.say(language)}" if self.unit else text
