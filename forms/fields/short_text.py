"""A text on one line: a name, a title, a place."""

from random import Random
from typing import ClassVar, Literal

from pydantic import Field

from forms.characters import clean_line
from forms.context import AnswerContext
from forms.fields.base import FieldBase, Raw, is_blank_text, read_text

SENTENCES = (
    "Terlayaninya pemohon surat keterangan",
    "Tersusunnya laporan pelayanan bulanan",
    "Pengaduan masyarakat ditindaklanjuti pada hari yang sama",
    "Berkas permohonan diperiksa lengkap sebelum diproses",
)


class ShortText(FieldBase[str]):
    """One line of at most `max` characters, in NFC, without control characters."""

    widget: ClassVar[str] = "short_text"
    kind: Literal["short_text"] = "short_text"
    max: int = Field(default=200, ge=1, le=1000)

    def is_blank(self, raw: Raw) -> bool:
        return is_blank_text(raw, clean_line)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        return read_text(raw, clean_line, self.max)

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        return rng.choice(SENTENCES)[: self.max].strip()
