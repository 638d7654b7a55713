"""A text of several lines: a reason, a report, a recommendation."""

from decimal import Decimal
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.characters import clean_paragraphs
from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import TEXT, Type
from forms.fields.base import FieldBase, Raw, is_blank_text, read_text
from forms.text import msg

PARAGRAPHS = (
    "Pelayanan berjalan sesuai standar. Antrean pada awal bulan diurai dengan menambah satu petugas loket.",
    "Pekerjaan selesai tepat waktu dan hasilnya dipakai oleh unit lain.\nCatatan: arsip dilengkapi setiap pekan.",
    "Koordinasi dengan kelurahan perlu dipererat agar data permohonan tidak diperiksa dua kali.",
)


class LongText(FieldBase[str]):
    """Lines of together `min` to `max` characters, in NFC, without control characters, lines ended by LF."""

    widget: ClassVar[str] = "long_text"
    kind: Literal["long_text"] = "long_text"
    min: int | None = Field(default=None, ge=1)
    max: int = Field(default=4000, ge=1, le=20_000)

    def is_blank(self, raw: Raw) -> bool:
        return is_blank_text(raw, clean_paragraphs)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        text = read_text(raw, clean_paragraphs, self.max)
        if self.min is not None and len(text) < self.min:
            raise Invalid(
                msg(
                    "Tulis sedikitnya %(limit)s karakter; baru tertulis %(count)s.",
                    limit=Decimal(self.min),
                    count=Decimal(len(text)),
                )
            )
        return text

    def expression_type(self) -> Type:
        return TEXT

    def from_expression(self, term: Any) -> str | None:
        try:
            return read_text(term, clean_paragraphs, self.max) or None
        except Invalid:
            return None

    def problems(self) -> list[Problem]:
        found = super().problems()
        if self.min is not None and self.min > self.max:
            found.append(Problem("max", msg("Batas terbesar lebih kecil daripada batas terkecil.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        text = rng.choice(PARAGRAPHS)[: self.max].strip()
        while self.min is not None and len(text) < self.min:
            text = f"{text} {rng.choice(PARAGRAPHS)}"[: self.max]
            text = text.rstrip() if len(text.rstrip()) >= self.min else f"{text.rstrip()}."
        return text
