"""A value that follows from other answers."""

import datetime
from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from forms.characters import UnreadableText, clean_paragraphs
from forms.context import AnswerContext
from forms.expressions import ANY, Type
from forms.fields.base import ExpressionText, FieldBase, Json, Raw
from forms.fields.number import WHOLE_DIGITS, rounded
from forms.fields.yes_no import NO, YES
from forms.text import Text
from forms.wording import format_date, format_number, plain

Result: TypeAlias = Decimal | str | bool | datetime.date | datetime.time
LONGEST = 4000
"""Characters that are kept of a computed text."""


class Computed(FieldBase[Result]):
    """The result of `formula`: a number rounded half-up to `places`, a text, a truth, a day or a time.

    What was typed is never looked at. Texts and truths are stored as they are, the others under the name of their
    type (`{"number": "12.5"}`), so that they come back as what they were whatever the formula.
    """

    answered: ClassVar[bool] = False
    numeric: ClassVar[bool] = True
    required: bool = False
    formula: ExpressionText
    places: int = Field(default=2, ge=0, le=6)
    unit: Text | None = None

    def read(self, raw: Raw, context: AnswerContext, *, required: bool | None = None) -> None:
        return None

    def is_blank(self, raw: Raw) -> bool:
        return True

    def expression_type(self) -> Type:
        return ANY  # that of the formula, which is known only with the form around it

    def computed(self) -> str:
        return self.formula

    def from_expression(self, term: Any) -> Result | None:
        match term:
            case bool() | datetime.date() | datetime.time():
                return term
            case Decimal():
                return self._rounded(term)
            case str():
                return self._readable(term)
        return None

    def _rounded(self, number: Decimal) -> Decimal | None:
        if not number.is_finite() or abs(number) >= 10**WHOLE_DIGITS:
            return None
        return rounded(number, self.places)

    def _readable(self, text: str) -> str | None:
        try:
            return clean_paragraphs(text)[:LONGEST].strip() or None
        except UnreadableText:  # a formula may spell half a character
            return None

    def store(self, value: Result) -> Json:
        match value:
            case Decimal():
                return {"number": plain(value)}
            case datetime.date():
                return {"date": value.isoformat()}
            case datetime.time():
                return {"time": f"{value:%H:%M}"}
        return value

    def load(self, stored: Json) -> Result:
        match stored:
            case {"number": str(text)}:
                return Decimal(text)
            case {"date": str(text)}:
                return datetime.date.fromisoformat(text)
            case {"time": str(text)}:
                return datetime.time.fromisoformat(text)
        value: Result = stored
        return value

    def edit(self, value: Result) -> Raw:
        return ""

    def words(self, value: Result, language: str, context: AnswerContext) -> str:
        match value:
            case bool():
                return (YES if value else NO).say(language)
            case Decimal():
                text = format_number(value, language=language)
                return f"{text} {self.unit.say(language)}" if self.unit else text
            case datetime.date():
                return format_date(value, language)
            case datetime.time():
                return f"{value:%H.%M}"
        return value

    def number(self, value: Result) -> Decimal | None:
        return value if isinstance(value, Decimal) else None

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return ""


class Calculated(Computed):
    """A computed value that is shown with the questions."""

    widget: ClassVar[str] = "calculated"
    kind: Literal["calculated"] = "calculated"
