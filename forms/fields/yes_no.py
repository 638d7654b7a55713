"""A question answered with yes or no."""

from random import Random
from typing import Any, ClassVar, Literal

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import BOOLEAN, Type
from forms.fields.base import FieldBase, Raw
from forms.text import Text, msg

YES = Text(id="Ya", en="Yes")
NO = Text(id="Tidak", en="No")


class YesNo(FieldBase[bool]):
    """Yes or no, said and not supposed: a required question is answered by either, an untouched one by neither."""

    widget: ClassVar[str] = "yes_no"
    kind: Literal["yes_no"] = "yes_no"

    def parse(self, raw: Raw, context: AnswerContext) -> bool:
        if isinstance(raw, bool):
            return raw
        match raw.strip().casefold() if isinstance(raw, str) else None:
            case "yes" | "ya":
                return True
            case "no" | "tidak":
                return False
        raise Invalid(msg("Pilih Ya atau Tidak."))

    def edit(self, value: bool) -> Raw:
        return "yes" if value else "no"

    def words(self, value: bool, language: str, context: AnswerContext) -> str:
        return (YES if value else NO).say(language)

    def expression_type(self) -> Type:
        return BOOLEAN

    def from_expression(self, term: Any) -> bool | None:
        return term if isinstance(term, bool) else None

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(("yes", "no"))
