"""A row of an earlier signed answer: one of one's own planned results, or one of the supervisor's plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import TEXT, Type
from forms.fields.base import NOTHING, FieldBase, Json, Raw
from forms.fields.rows import Rows
from forms.text import msg

NOT_A_ROW = msg("Pilih salah satu dari daftar.")


@dataclass(frozen=True, slots=True)
class ChosenRow:
    """A chosen row: its lasting name and what it said when it was chosen."""

    id: str
    text: str


class RowReference(FieldBase[ChosenRow]):
    """One row of the answer `source` of oneself or of the supervisor, known by the text of its column `show`.

    The text is kept with the answer, so that the answer can be read when the plan has long been changed.
    """

    widget: ClassVar[str] = "row"
    kind: Literal["row"] = "row"
    source: str = Field(pattern=r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_]*$", max_length=125)
    of: Literal["self", "supervisor"] = "self"
    show: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)

    @property
    def source_key(self) -> str:
        """Under which name the context holds the rows."""
        return self.source if self.of == "self" else f"supervisor:{self.source}"

    def offered(self, context: AnswerContext, language: str = "id") -> dict[str, str]:
        """The rows that can be chosen: lasting name and text, in their order."""
        rows: Sequence[Mapping[str, Any]] = context.sources.get(self.source_key, ())
        definition = context.source_fields.get(self.source_key)
        column: FieldBase[Any] | None = definition.column(self.show) if definition else None
        found = {}
        for number, row in enumerate(rows, start=1):
            stored = row.get(self.show)
            if stored is None:
                text = NOTHING
            else:
                text = column.display(column.load(stored), language, context) if column else str(stored)
            found[row["_id"]] = f"{number}. {text}" if text == NOTHING else text
        return found

    def parse(self, raw: Raw, context: AnswerContext) -> ChosenRow:
        offered = self.offered(context)
        if not isinstance(raw, str) or raw not in offered:
            raise Invalid(NOT_A_ROW)
        return ChosenRow(raw, offered[raw])

    def store(self, value: ChosenRow) -> Json:
        return {"id": value.id, "text": value.text}

    def load(self, stored: Json) -> ChosenRow:
        return ChosenRow(stored["id"], stored["text"])

    def edit(self, value: ChosenRow) -> Raw:
        return value.id

    def words(self, value: ChosenRow, language: str, context: AnswerContext) -> str:
        return value.text

    def expression_type(self) -> Type:
        return TEXT

    def expression_value(self, value: ChosenRow) -> str:
        return value.id

    def from_expression(self, term: Any) -> None:
        return None  # what a row said is known only where it is chosen

    def earlier(self) -> tuple[str, ...]:
        return (self.source_key,)

    def source_problems(self, sources: Mapping[str, FieldBase[Any]]) -> list[Problem]:
        source = sources.get(self.source)
        if not isinstance(source, Rows):
            return [Problem("source", msg("Tidak ada isian berbaris bernama “%(name)s”.", name=self.source))]
        column = source.column(self.show)
        if column is None or isinstance(column, Rows) or not column.drawn or not column.recorded:
            return [Problem("show", msg("Kolom “%(key)s” tidak ada pada “%(name)s”.", key=self.show, name=self.source))]
        return []

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        offered = list(self.offered(context))
        return rng.choice(offered) if offered else ""
