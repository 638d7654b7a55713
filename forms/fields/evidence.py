"""Files that prove an answer: uploaded beforehand, then named in the answer with their digest."""

from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_args

from pydantic import Field

from forms.context import AnswerContext, FileRef
from forms.errors import Invalid, Problem
from forms.fields.base import NOT_READABLE, FieldBase, Raw, doubles
from forms.text import Message, msg

if TYPE_CHECKING:
    from forms.expressions import Type

FileType = Literal["pdf", "jpeg", "png", "webp", "docx", "xlsx", "pptx"]
TYPES: tuple[FileType, ...] = get_args(FileType)
EXTENSIONS: dict[str, tuple[str, ...]] = {kind: (f".{kind}",) for kind in TYPES} | {"jpeg": (".jpg", ".jpeg")}
"""How the names of files of a type end, the usual ending first."""
MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 10
MOST_FILES = 20

GONE = msg("Berkas ini tidak ada lagi. Silakan unggah kembali.")


def type_words(types: tuple[str, ...]) -> str:
    """`PDF, JPG, DOCX`: the types as their files are called."""
    return ", ".join(EXTENSIONS[kind][0].removeprefix(".").upper() for kind in types)


class Evidence(FieldBase[tuple[FileRef, ...]]):
    """Up to `most` files of the given `types`, each up to `max_mb` megabytes.

    What is typed are the tokens of files that were uploaded for this assignment; what is stored says of each its name,
    size and SHA-256, so that a signature on the answers is one on the files.
    """

    widget: ClassVar[str] = "evidence"
    many: ClassVar[bool] = True
    kind: Literal["evidence"] = "evidence"
    most: int = Field(default=5, ge=1, le=MOST_FILES)
    types: tuple[FileType, ...] = TYPES
    max_mb: int = Field(default=5, ge=1, le=MOST_MEGABYTES)

    @property
    def most_bytes(self) -> int:
        """The largest size of one file."""
        return self.max_mb * MEGABYTE

    @property
    def accept(self) -> str:
        """What a file input may offer: `.pdf,.jpg,.jpeg`."""
        return ",".join(ending for kind in self.types for ending in EXTENSIONS[kind])

    def hint(self) -> Message:
        """What may be uploaded, for whoever is about to choose a file."""
        return msg(
            "%(types)s; paling besar %(size)s MB per berkas, paling banyak %(most)s berkas.",
            types=type_words(self.types),
            size=self.max_mb,
            most=self.most,
        )

    def refusal(self, kind: str, size: int) -> Message | None:
        """Why a file of this type and size is not taken here."""
        if kind not in self.types:
            return msg("Jenis berkas tidak didukung. Gunakan %(types)s.", types=type_words(self.types))
        if size > self.most_bytes:
            limit = Decimal(self.max_mb)
            return msg("Ukuran berkas melebihi %(limit)s MB. Silakan perkecil atau pilih berkas lain.", limit=limit)
        return None

    def tokens(self, raw: Raw) -> list[str]:
        """The tokens in what was typed, each once. Raises Invalid for what are no tokens."""
        given = raw if isinstance(raw, list | tuple) else [raw]
        names = [one.get("id") if isinstance(one, dict) else one for one in given]
        if not all(isinstance(name, str) for name in names):
            raise Invalid(NOT_READABLE)
        stripped = (str(name).strip() for name in names)
        return list(dict.fromkeys(name for name in stripped if name))

    def is_blank(self, raw: Raw) -> bool:
        if isinstance(raw, list):
            return all(one is None or (isinstance(one, str) and not one.strip()) for one in raw)
        return super().is_blank(raw)

    def parse(self, raw: Raw, context: AnswerContext) -> tuple[FileRef, ...]:
        tokens = self.tokens(raw)
        if len(tokens) > self.most:
            raise Invalid(msg("Lampirkan paling banyak %(limit)s berkas.", limit=self.most))
        found = []
        for token in tokens:
            file = context.files.get(token)
            if file is None:
                raise Invalid(GONE)
            if (refusal := self.refusal(file.type, file.size)) is not None:
                raise Invalid(refusal)
            found.append(file)
        return tuple(found)

    def shown(self, raw: Raw, context: AnswerContext | None) -> list[FileRef]:
        """The files of a draft that there are, whatever else was typed; for drawing it again."""
        try:
            tokens = self.tokens(raw)
        except Invalid:
            return []
        return [context.files[token] for token in tokens if token in context.files] if context else []

    def store(self, value: tuple[FileRef, ...]) -> list[dict[str, Any]]:
        return [
            {"id": one.id, "name": one.name, "size": one.size, "sha256": one.sha256, "type": one.type} for one in value
        ]

    def load(self, stored: Any) -> tuple[FileRef, ...]:
        return tuple(FileRef(**one) for one in stored)

    def edit(self, value: tuple[FileRef, ...]) -> Raw:
        return [one.id for one in value]

    def words(self, value: tuple[FileRef, ...], language: str, context: AnswerContext) -> str:
        return "; ".join(one.name for one in value)

    def expression_type(self) -> "Type":
        from forms.expressions import LIST, TEXT  # the language of expressions is not needed to read answers

        return LIST(TEXT)

    def expression_value(self, value: tuple[FileRef, ...]) -> tuple[str, ...]:
        return tuple(one.id for one in value)

    def problems(self) -> list[Problem]:
        found = super().problems()
        if not self.types:
            found.append(Problem("types", msg("Pilih sedikitnya satu jenis berkas.")))
        if doubles(list(self.types)):
            found.append(Problem("types", msg("Jenis berkas disebut lebih dari sekali.")))
        if self.default is not None:
            found.append(Problem("default", msg("Berkas tidak dapat diberi nilai awal.")))
        return found

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        fitting = [name for name, file in context.files.items() if self.refusal(file.type, file.size) is None]
        return rng.sample(fitting, rng.randint(min(1, len(fitting)), min(self.most, len(fitting))))
