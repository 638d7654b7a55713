"""A text between the questions; nothing is asked."""

from random import Random
from typing import ClassVar, Literal

from forms.context import AnswerContext
from forms.expressions import ANY, Type
from forms.fields.base import FieldBase, Raw


class Note(FieldBase[None]):
    """The label stands out, the help is the text below it; there is no answer."""

    widget: ClassVar[str] = "note"
    answered: ClassVar[bool] = False
    recorded: ClassVar[bool] = False
    kind: Literal["note"] = "note"
    required: bool = False

    def read(self, raw: Raw, context: AnswerContext, *, required: bool | None = None) -> None:
        return None

    def is_blank(self, raw: Raw) -> bool:
        return True

    def edit(self, value: None) -> Raw:
        return ""

    def words(self, value: None, language: str, context: AnswerContext) -> str:
        return ""

    def expression_type(self) -> Type:
        return ANY

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return ""
