"""An amount of money."""

import re
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Problem
from forms.fields.base import Raw
from forms.fields.number import Numeric
from forms.text import msg
from forms.wording import format_number

SYMBOLS = {"IDR": "Rp", "USD": "US$", "SGD": "S$", "MYR": "RM", "EUR": "€"}
"""What is written before an amount; any other currency is written by its ISO 4217 code."""
_TAIL = re.compile(r",[-\u2013\u2014]+$")


class Money(Numeric):
    """An amount in whole units, or with two places in cents: `Rp 1.250.000`."""

    widget: ClassVar[str] = "money"
    kind: Literal["money"] = "money"
    places: int = Field(default=0, ge=0, le=2)
    currency: str = Field(default="IDR", pattern=r"^[A-Z]{3}$")

    @property
    def symbol(self) -> str:
        """The sign of the currency."""
        return SYMBOLS.get(self.currency, self.currency)

    def _typed(self, raw: Raw) -> str:
        """The typed number, also when it was written out as on a receipt: `Rp1.250.000,-`."""
        text = super()._typed(raw).strip().replace("\u2212", "-")
        sign, text = ("-", text[1:].lstrip()) if text.startswith("-") else ("", text)
        for mark in (self.symbol, self.currency):
            if text.casefold().startswith(mark.casefold()):
                text = text[len(mark) :].lstrip(". \u00a0")
                break
        return sign + _TAIL.sub("", text)

    def edit(self, value: Decimal) -> Raw:
        return format_number(value, self._places(value))

    def words(self, value: Decimal, language: str, context: AnswerContext) -> str:
        text = format_number(abs(value), self._places(value), language)
        return f"{'-' if value < 0 else ''}{self.symbol} {text}"

    def _places(self, value: Decimal) -> int:
        """Cents are written in full or, for a round amount, not at all."""
        return 0 if value == value.to_integral_value() else 2

    def problems(self) -> list[Problem]:
        found = super().problems()
        if self.places == 1:
            found.append(Problem("places", msg("Uang ditulis tanpa sen atau dengan dua angka sen: pilih 0 atau 2.")))
        return found
