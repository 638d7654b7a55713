"""A text of several lines: a reason, a report, a recommendation."""

from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from forms.characters import clean_paragraphs
from forms.context import AnswerContext
from forms.fields.base import FieldBase, Raw, is_blank_text, read_text

PARAGRAPHS = (
    "Pelayanan berjalan sesuai standar. Antrean pada awal bulan diurai dengan menambah satu petugas loket.",
    "Pekerjaan selesai tepat waktu dan hasilnya dipakai oleh unit lain.\nCatatan: arsip dilengkapi setiap pekan.",
    "Koordinasi dengan kelurahan perlu dipererat agar data permohonan tidak diperiksa dua kali.",
)


class LongText(FieldBase[str]):
    """Lines of together at most `max` characters, in NFC, without control characters, lines ended by LF."""

    widget: ClassVar[str] = "long_text"
    kind: Literal["long_text"] = "long_text"
    max: int = Field(default=4000, ge=1, le=20_000)

    def is_blank(self, raw: Raw) -> bool:
        return is_blank_text(raw, clean_paragraphs)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        return read_text(raw, clean_paragraphs, self.max)

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(PARAGRAPHS)[: self.max].strip()
