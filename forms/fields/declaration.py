"""A statement that has to be accepted."""

from random import Random
from typing import Any, ClassVar, Literal

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import BOOLEAN, Type
from forms.fields.base import FieldBase, Raw
from forms.text import Message, Text, msg

ACCEPTED = Text(id="Disetujui", en="Accepted")
NOT_TICKED = msg("Centang pernyataan ini untuk melanjutkan.")


class Declaration(FieldBase[bool]):
    """The label is the statement; ticking it is the answer, which is true or not given."""

    widget: ClassVar[str] = "declaration"
    kind: Literal["declaration"] = "declaration"

    def missing(self) -> Message:
        return NOT_TICKED

    def is_blank(self, raw: Raw) -> bool:
        return raw is False or super().is_blank(raw)

    def parse(self, raw: Raw, context: AnswerContext) -> bool:
        if raw is True or (isinstance(raw, str) and raw.strip().casefold() in ("yes", "ya")):
            return True
        raise Invalid(NOT_TICKED)

    def edit(self, value: bool) -> Raw:
        return "yes" if value else ""

    def words(self, value: bool, language: str, context: AnswerContext) -> str:
        return ACCEPTED.say(language)

    def expression_type(self) -> Type:
        return BOOLEAN

    def from_expression(self, term: Any) -> None:
        return None  # only a person can accept

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return "yes"
