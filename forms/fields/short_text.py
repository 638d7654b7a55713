"""A text on one line: a name, a title, a place; also in a known format or after a pattern."""

from datetime import date
from random import Random
from typing import Any, ClassVar, Literal

from pydantic import Field

from forms.characters import clean_line
from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import TEXT, Type
from forms.expressions.limits import PATTERN
from forms.expressions.patterns import compiled, pattern_problem
from forms.fields.base import FieldBase, Raw, is_blank_text, read_text
from forms.fields.formats import FORMATS, LONGEST, Format
from forms.fields.pattern_examples import invent
from forms.text import Text, msg

NOT_AFTER_PATTERN = msg("Tulisan belum sesuai dengan format yang diminta. Periksa kembali lalu perbaiki.")
SENTENCES = (
    "Terlayaninya pemohon surat keterangan",
    "Tersusunnya laporan pelayanan bulanan",
    "Pengaduan masyarakat ditindaklanjuti pada hari yang sama",
    "Berkas permohonan diperiksa lengkap sebelum diproses",
)


class ShortText(FieldBase[str]):
    """One line of at most `max` characters, in NFC, without control characters.

    With a `format` it is stored in the one form of it; with a `pattern` of RE2 the whole text has to follow it, else
    `pattern_message` says what is wanted.
    """

    widget: ClassVar[str] = "short_text"
    kind: Literal["short_text"] = "short_text"
    max: int = Field(default=200, ge=1, le=1000)
    format: Literal["email", "phone", "url", "nip"] | None = None
    pattern: str | None = Field(default=None, min_length=1, max_length=PATTERN)
    pattern_message: Text | None = None

    @property
    def form(self) -> Format | None:
        """How a text of the format is read and shown."""
        return FORMATS[self.format] if self.format else None

    def is_blank(self, raw: Raw) -> bool:
        return is_blank_text(raw, clean_line)

    def parse(self, raw: Raw, context: AnswerContext) -> str:
        text = read_text(raw, clean_line, self.max)
        if self.form:
            text = read_text(self.form.read(text, context), clean_line, self.max)
        if self.pattern is not None and not self._follows(self.pattern, text):
            raise Invalid(msg("%(rule)s", rule=self.pattern_message) if self.pattern_message else NOT_AFTER_PATTERN)
        return text

    def _follows(self, pattern: str, text: str) -> bool:
        try:
            return compiled(pattern)(text)
        except ValueError as error:  # of a form that may not be published and is only tried out
            raise Invalid(msg("Pola isian ini perlu diperbaiki oleh perancang formulir.")) from error

    def edit(self, value: str) -> Raw:
        return self.form.show(value) if self.form else value

    def words(self, value: str, language: str, context: AnswerContext) -> str:
        return self.form.show(value) if self.form else value

    def expression_type(self) -> Type:
        return TEXT

    def from_expression(self, term: Any) -> str | None:
        try:
            return self.parse(term, AnswerContext(today=date.max))
        except Invalid:
            return None

    def problems(self) -> list[Problem]:
        found = super().problems()
        if self.format and self.max < LONGEST:
            found.append(
                Problem("max", msg("Format ini memerlukan tempat untuk sedikitnya %(limit)s karakter.", limit=LONGEST))
            )
        if self.format and self.pattern:
            found.append(Problem("pattern", msg("Gunakan format atau pola, tidak keduanya.")))
        if self.pattern_message and not self.pattern:
            found.append(Problem("pattern_message", msg("Pesan ini memerlukan pola. Isi pola atau hapus pesannya.")))
        problem = pattern_problem(self.pattern) if self.pattern else None
        if problem is not None:
            found.append(Problem("pattern", problem))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        if self.form:
            return self.form.invent(rng)
        if self.pattern:
            return invent(self.pattern, rng, self.max) or ""
        return rng.choice(SENTENCES)[: self.max].strip()
