"""A person of the organisation, chosen by name."""

from random import Random
from typing import Any, ClassVar, Literal

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import TEXT, Type
from forms.fields.base import FieldBase, Raw
from forms.text import msg


class Colleague(FieldBase[str]):
    """One of the people this answer may name; the id of the person is stored, the name is looked up when shown."""

    widget: ClassVar[str] = "colleague"
    kind: Literal["colleague"] = "colleague"

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        if not isinstance(raw, str) or raw not in context.colleagues:
            raise Invalid(msg("Pilih salah satu pegawai dari daftar."))
        return raw

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        return context.colleagues.get(value, value)

    def expression_type(self) -> Type:
        return TEXT

    def from_expression(self, term: Any) -> str | None:
        return term if isinstance(term, str) else None

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(sorted(context.colleagues)) if context.colleagues else ""
