"""Any number of several options."""

from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import CHOICES, Type
from forms.fields.base import NOT_READABLE, FieldBase, Raw
from forms.fields.choice import Option, conditions, option_problems
from forms.text import msg


class Choices(FieldBase[tuple[str, ...]]):
    """From `min` to `max` options, stored in the order of the design whatever the order of ticking."""

    widget: ClassVar[str] = "choices"
    many: ClassVar[bool] = True
    kind: Literal["choices"] = "choices"
    options: tuple[Option, ...] = ()
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=1)

    def parse(self, raw: Raw, context: AnswerContext) -> tuple[str, ...]:
        given = [raw] if isinstance(raw, str) else raw
        if not isinstance(given, list) or not all(isinstance(value, str) for value in given):
            raise Invalid(NOT_READABLE)
        offered = [option.value for option in self.options]
        if any(value not in offered for value in given):
            raise Invalid(msg("Pilih dari pilihan yang tersedia."))
        chosen = tuple(value for value in offered if value in given)
        if self.min is not None and len(chosen) < self.min:
            raise Invalid(msg("Pilih sedikitnya %(limit)s pilihan.", limit=self.min))
        if self.max is not None and len(chosen) > self.max:
            raise Invalid(msg("Pilih paling banyak %(limit)s pilihan.", limit=self.max))
        return chosen

    def store(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def load(self, stored: Any) -> tuple[str, ...]:
        return tuple(stored)

    def edit(self, value: tuple[str, ...]) -> Raw:
        return list(value)

    def words(self, value: tuple[str, ...], language: str, context: AnswerContext) -> str:
        labels = {option.value: option.label.say(language) for option in self.options}
        return "; ".join(labels.get(item, item) for item in value)

    def expression_type(self) -> Type:
        return CHOICES(option.value for option in self.options)

    def from_expression(self, term: Any) -> tuple[str, ...] | None:
        given = (term,) if isinstance(term, str) else term
        if not isinstance(given, tuple):
            return None
        return tuple(option.value for option in self.options if option.value in given) or None

    def option_conditions(self) -> Mapping[str, str]:
        return conditions(self.options)

    def problems(self) -> list[Problem]:
        found = super().problems() + option_problems(self.options)
        if self.min is not None and self.max is not None and self.min > self.max:
            found.append(Problem("max", msg("Batas terbesar lebih kecil daripada batas terkecil.")))
        if self.min is not None and self.options and self.min > len(self.options):
            found.append(Problem("min", msg("Batas terkecil melebihi jumlah pilihan.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        least = max(self.min or 0, 1)
        most = min(self.max or len(self.options), len(self.options))
        return rng.sample([option.value for option in self.options], rng.randint(least, most))
