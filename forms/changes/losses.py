"""What a respondent loses when a draft goes on to a newer version, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.context import AnswerContext
from forms.errors import Invalid
from forms.fields.base import FieldBase, Raw
from forms.text import Message, Text, msg

REMOVED = msg("isian ini tidak lagi ditanyakan")
OTHER_KIND = msg("jenis isian ini berubah")
NOT_OFFERED = msg("pilihan ini tidak lagi tersedia")
NOT_A_STATEMENT = msg("pernyataan ini tidak lagi ditanyakan")
NOT_A_ROW = msg("baris ini tidak lagi ada")
OTHER_SOURCE = msg("jawaban yang diacu isian ini berubah")
GIVEN = msg("isian ini kini ditentukan oleh formulir")
REWORDED = msg("pernyataan ini berubah sehingga perlu disetujui lagi")
NOT_ASKED = msg("isian ini tidak ditanyakan pada versi baru karena jawaban Anda yang lain")


@dataclass(frozen=True, slots=True)
class Loss:
    """One typed answer, or part of one, that does not go on; `field` is the question as it was asked."""

    path: str
    """`note`, `results.2.target`; the number is that of the row in the old draft."""
    names: tuple[Text, ...]
    """What the question is called, and the rows around it, outermost first."""
    rows: tuple[int, ...]
    """The numbers of the rows it stands in, counted from one."""
    field: FieldBase[Any]
    typed: Raw
    reason: Message

    def words(self, language: str, context: AnswerContext) -> str:
        """The answer as its reader knows it; as it was typed where it cannot be read."""
        try:
            value = self.field.parse(self.typed, context)
        except Invalid:
            return as_typed(self.typed, _labels(self.field, language))
        return self.field.words(value, language, context)

    def where(self) -> Message | Text:
        """The question, with the numbers of the rows it stands in."""
        if not self.rows:
            return self.names[-1]
        if len(self.rows) == 1:
            return msg("%(name)s (%(rows)s, baris %(row)s)", name=self.names[-1], rows=self.names[0], row=self.rows[0])
        return msg(
            "%(name)s (%(rows)s, baris %(row)s, bagian %(inner)s)",
            name=self.names[-1],
            rows=self.names[0],
            row=self.rows[0],
            inner=self.rows[1],
        )


def as_typed(raw: Raw, labels: Mapping[str, str]) -> str:
    """What was typed, as plain text, with the labels of parts and options instead of their keys."""
    if isinstance(raw, Mapping):
        return "; ".join(
            f"{labels.get(part, part)}: {as_typed(one, labels)}" for part, one in raw.items() if one and part != "_id"
        )
    if isinstance(raw, list | tuple):
        return "; ".join(as_typed(one, labels) for one in raw)
    return labels.get(raw, raw) if isinstance(raw, str) else str(raw)


def _labels(field: FieldBase[Any], language: str) -> dict[str, str]:
    """What the options, statements and columns of a question are called."""
    found = {}
    for name in ("options", "statements", "columns"):
        for one in getattr(field, name, ()):
            found[getattr(one, "value", None) or one.key] = one.label.say(language)
    return found
