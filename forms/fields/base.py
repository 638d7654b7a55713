"""What every field kind has: settings, one reading of what was typed, and the ways a value is kept and shown."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Generic, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from forms.characters import UnreadableText
from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions.scanning import WORDS
from forms.text import Message, Text, msg

if TYPE_CHECKING:
    from forms.expressions import Type

Json: TypeAlias = Any
"""A value as `json.loads` gives it."""
Raw: TypeAlias = Any
"""What was typed: a string, a list of strings, a list of rows; from outside it may be any JSON and is then refused."""
Value = TypeVar("Value")

REQUIRED = msg("Isian ini wajib diisi.")
NOT_READABLE = msg("Isian ini tidak dapat dibaca. Silakan isi ulang.")
NOT_OFFERED = msg("Pilih salah satu dari pilihan yang tersedia.")
DAMAGED = msg("Teks memuat karakter yang rusak. Silakan ketik ulang bagian tersebut.")
TOO_LONG = msg("Tulis paling banyak %(limit)s karakter.", limit=Decimal(4000))

NOTHING = "–"
"""How an answer that was not given is shown."""
RAW_LIMIT = 100_000
"""Longest string that is looked at at all, in characters."""
RESERVED_KEYS = frozenset({"csrf_token", "form", "source"}) | WORDS
"""Names that pages use for themselves in the same form, or expressions for the form and for the earlier row, and the
words of the language of expressions, by which no expression could name a question."""
ExpressionText = Annotated[str, Field(min_length=1, max_length=2000)]
"""An expression as it is written; whether it holds together is checked with the form around it."""


class Check(BaseModel):
    """A limit of an answer: `rule` must hold whenever the question is answered, else the `message` is shown there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: ExpressionText
    message: Text


class FieldBase(BaseModel, Generic[Value]):
    """A question of a form. A kind says how its answer is read; everything else follows from the reading."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    widget: ClassVar[str]
    """Name of the Jinja macro that draws the field."""
    numeric: ClassVar[bool] = False
    """Whether an answer has a number that may be kept as a measure."""
    answered: ClassVar[bool] = True
    """Whether a person answers it; a note is only read, a calculated value comes from other answers."""
    many: ClassVar[bool] = False
    """Whether a page sends several values under one name."""
    recorded: ClassVar[bool] = True
    """Whether a value of it is stored and can be named in expressions; a note has none."""
    drawn: ClassVar[bool] = True
    """Whether people see it; a hidden value is only kept."""

    kind: str
    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    label: Text
    help: Text | None = None
    required: bool = True
    measure: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    show_when: ExpressionText | None = None
    required_when: ExpressionText | None = None
    checks: tuple[Check, ...] = Field(default=(), max_length=20)
    default: ExpressionText | None = None
    read_only: bool = False
    disabled: bool = False

    @model_serializer(mode="wrap")
    def _with_kind(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        # The kind has a default in its class, yet a dump without defaults must say it.
        return {"kind": self.kind, **handler(self)}

    def read(self, raw: Raw, context: AnswerContext, *, required: bool | None = None) -> Value | None:
        """The value of what was typed; None when nothing was given and nothing is required. Raises Invalid.

        `required` is given where the other answers decide it (`required_when`).
        """
        if self.is_blank(raw):
            if self.required if required is None else required:
                raise Invalid(self.missing())
            return None
        return self.parse(raw, context)

    @property
    def by_hand(self) -> bool:
        """Whether a person gives the answer; what is offered and cannot be changed is nobody's doing."""
        return self.answered and not self.offered_only

    @property
    def offered_only(self) -> bool:
        """Whether the answer is always what the question offers."""
        return self.read_only and self.default is not None

    def missing(self) -> Message:
        """What is said when a required answer was not given."""
        return REQUIRED

    def is_blank(self, raw: Raw) -> bool:
        """Whether nothing was typed."""
        return raw is None or raw == [] or (isinstance(raw, str) and (not raw or raw.isspace()))

    def parse(self, raw: Raw, context: AnswerContext) -> Value:
        """The value of something that is not blank. Raises Invalid."""
        raise NotImplementedError

    def store(self, value: Value) -> Json:
        """The value as JSON, one form for one value."""
        return value

    def load(self, stored: Json) -> Value:
        """The value of what `store` gave."""
        value: Value = stored
        return value

    def edit(self, value: Value) -> Raw:
        """The value as it would be typed: `read` gives the value again."""
        return str(value)

    def display(self, value: Value | None, language: str, context: AnswerContext) -> str:
        """The value in words for a reader."""
        return NOTHING if value is None else self.words(value, language, context)

    def words(self, value: Value, language: str, context: AnswerContext) -> str:
        """A given value in words for a reader."""
        return str(value)

    def measured(self, value: Value) -> Iterator[tuple[str, Decimal]]:
        """The measures an answer adds to the facts: (measure key, number)."""
        number = self.number(value) if self.measure is not None else None
        if self.measure is not None and number is not None:
            yield self.measure, number

    def number(self, value: Value) -> Decimal | None:
        """The number of a value of a numeric kind."""
        return None

    def expression_type(self) -> "Type":
        """What an expression sees when it names this field."""
        raise NotImplementedError

    def expression_value(self, value: Value) -> Any:
        """A given value as expressions see it: text, Decimal, truth, day, time, texts, rows or parts by name."""
        return value

    def from_expression(self, term: Any) -> Value | None:
        """The value that the result of an expression stands for; None when it can be none of this kind."""
        value: Value = term
        return value

    def computed(self) -> str | None:
        """The expression that gives the value, for kinds that nobody types."""
        return None

    def settled(self, term: Any) -> Value | None:
        """The value that a computed result is kept as; None when it can be none of this kind."""
        return self.from_expression(term)

    def option_conditions(self) -> Mapping[str, str]:
        """Option → the expression that says when it is offered, for options that are not always."""
        return {}

    def problems(self) -> list[Problem]:
        """Why the field may not be published; paths are relative to the field.

        What its expressions say is checked with the form around them, by `forms.logic`.
        """
        found = []
        if self.read_only and self.default is None and self.answered:
            found.append(Problem("default", msg("Isian yang tidak dapat diubah memerlukan nilai awal.")))
        if self.measure is not None and not self.numeric:
            found.append(Problem("measure", msg("Hanya isian berupa angka yang dapat menjadi ukuran.")))
        if self.key in RESERVED_KEYS:
            found.append(Problem("key", msg("Kunci “%(key)s” dipakai oleh sistem. Gunakan kunci lain.", key=self.key)))
        return found

    def earlier(self) -> tuple[str, ...]:
        """The earlier answers whose rows are needed to ask this: `stage.field`, or `supervisor:stage.field`."""
        return ()

    def source_problems(self, sources: "Mapping[str, FieldBase[Any]]") -> list[Problem]:
        """Why the field does not fit the earlier answers it refers to, given their fields by `stage.field`."""
        return []

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        """An invented answer that can be accepted in this context."""
        raise NotImplementedError


def read_text(raw: Raw, clean: Callable[[str], str], limit: int) -> str:
    """Typed text after cleaning. Raises Invalid for what is no text, damaged or longer than `limit` characters."""
    if not isinstance(raw, str):
        raise Invalid(NOT_READABLE)
    too_long = msg(TOO_LONG.msgid, limit=Decimal(limit))
    if len(raw) > RAW_LIMIT:
        raise Invalid(too_long)
    try:
        text = clean(raw)
    except UnreadableText as error:
        raise Invalid(DAMAGED) from error
    if len(text) > limit:
        raise Invalid(too_long)
    return text


def is_blank_text(raw: Raw, clean: Callable[[str], str]) -> bool:
    """Whether a typed text has nothing left after cleaning; what cannot be cleaned is not blank but damaged."""
    if raw is None or raw in ("", []):
        return True
    if not isinstance(raw, str) or len(raw) > RAW_LIMIT:
        return False
    try:
        return not clean(raw)
    except UnreadableText:
        return False


def doubles(values: list[str]) -> list[str]:
    """The values that stand more than once, each once, in order."""
    return [value for value, count in Counter(values).items() if count > 1]
