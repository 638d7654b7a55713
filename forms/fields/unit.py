"""A unit of the organisation, chosen by name."""

from random import Random
from typing import Any, ClassVar, Literal

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import TEXT, Type
from forms.fields.base import FieldBase, Raw
from forms.text import msg


class Unit(FieldBase[str]):
    """One of the organisation's units; the id of the unit is stored, the name is looked up when shown."""

    widget: ClassVar[str] = "unit"
    kind: Literal["unit"] = "unit"

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        if not isinstance(raw, str) or raw not in context.units:
            raise Invalid(msg("Pilih salah satu unit kerja dari daftar."))
        return raw

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        return context.units.get(value, value)

    def expression_type(self) -> Type:
        return TEXT

    def from_expression(self, term: Any) -> str | None:
        return term if isinstance(term, str) else None

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(sorted(context.units)) if context.units else ""
