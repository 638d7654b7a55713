"""A share in percent, 0 to 100 unless the design says otherwise."""

from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.fields.base import Raw
from forms.fields.number import ExactNumber, Numeric
from forms.wording import format_number


class Percentage(Numeric):
    """A number of percent (87.5 is stored as 87.5, not as 0.875); the sign may be typed or left out."""

    widget: ClassVar[str] = "percentage"
    kind: Literal["percentage"] = "percentage"
    min: ExactNumber | None = Decimal(0)
    max: ExactNumber | None = Decimal(100)
    places: int = Field(default=2, ge=0, le=6)

    def _typed(self, raw: Raw) -> str:
        return super()._typed(raw).strip().removesuffix("%").rstrip()

    def words(self, value: Decimal, language: str, context: AnswerContext) -> str:
        text = format_number(value, language=language)
        return f"{text}%" if language.startswith("en") else f"{text} %"
