"""An address on the web: where a document or a photo can be seen."""

from datetime import date
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.characters import clean_line
from forms.context import AnswerContext
from forms.errors import Invalid
from forms.expressions import TEXT, Type
from forms.fields.base import FieldBase, Raw, is_blank_text, read_text
from forms.fields.formats import read_url


class Link(FieldBase[str]):
    """An address of at most `max` characters that begins with http:// or https://."""

    widget: ClassVar[str] = "link"
    kind: Literal["link"] = "link"
    max: int = Field(default=500, ge=30, le=2000)

    def is_blank(self, raw: Raw) -> bool:
        return is_blank_text(raw, clean_line)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        return read_text(read_url(read_text(raw, clean_line, self.max), context), clean_line, self.max)

    def expression_type(self) -> Type:
        return TEXT

    def from_expression(self, term: Any) -> str | None:
        try:
            return self.parse(term, AnswerContext(today=date.max))
        except Invalid:
            return None

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return f"https://contoh.go.id/{rng.randint(1, 999)}"
