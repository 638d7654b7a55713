"""What expressions work on: texts, exact numbers, truths, days, times, choices, lists, rows and records."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

from forms.text import Message, msg

Term: TypeAlias = str | Decimal | bool | date | time | tuple[Any, ...] | list[Any] | Mapping[str, Any]
"""A value in an expression; None stands for a missing one."""


class Kind(StrEnum):
    """The sorts of value there are."""

    TEXT = "text"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    LIST = "list"
    ROWS = "rows"
    RECORD = "record"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Type:
    """The type of a field or of an expression.

    `of` is what a list holds, `fields` the columns of rows or the parts of a record, `values` the options of a choice
    (None: not known).
    """

    kind: Kind
    of: "Type | None" = None
    fields: tuple[tuple[str, "Type"], ...] = ()
    values: tuple[str, ...] | None = None

    def field(self, name: str) -> "Type | None":
        """The column or part of that name."""
        return dict(self.fields).get(name)

    @property
    def item(self) -> "Type | None":
        """What one turn of a loop over it sees; None for what cannot be looped over."""
        match self.kind:
            case Kind.ROWS:
                return Type(Kind.RECORD, fields=self.fields)
            case Kind.CHOICES:
                return Type(Kind.CHOICE, values=self.values)
            case Kind.LIST:
                return self.of or ANY
            case Kind.ANY:
                return ANY
        return None

    @property
    def label(self) -> Message:
        """What it is called when a mistake is explained."""
        return _LABELS[self.kind]

    def __str__(self) -> str:
        return f"list of {self.of}" if self.kind == Kind.LIST and self.of else self.kind.value


TEXT = Type(Kind.TEXT)
NUMBER = Type(Kind.NUMBER)
BOOLEAN = Type(Kind.BOOLEAN)
DATE = Type(Kind.DATE)
TIME = Type(Kind.TIME)
ANY = Type(Kind.ANY)
"""Not known before the answers are there: it fits everywhere, and a value that does not fit counts as missing."""


def CHOICE(values: Iterable[str] | None = None) -> Type:  # noqa: N802 (reads as the constants beside it)
    """One of these options; without options any text may be compared with it."""
    return Type(Kind.CHOICE, values=None if values is None else tuple(values))


def CHOICES(values: Iterable[str] | None = None) -> Type:  # noqa: N802
    """Several of these options, in an order that may mean something."""
    return Type(Kind.CHOICES, values=None if values is None else tuple(values))


def LIST(of: Type = ANY) -> Type:  # noqa: N802
    """A list of values of one type."""
    return Type(Kind.LIST, of=of)


def ROWS(columns: Mapping[str, Type]) -> Type:  # noqa: N802
    """Rows with these columns."""
    return Type(Kind.ROWS, fields=tuple(columns.items()))


def RECORD(fields: Mapping[str, Type]) -> Type:  # noqa: N802
    """One row, or the parts of one answer, by name."""
    return Type(Kind.RECORD, fields=tuple(fields.items()))


_LABELS = {
    Kind.TEXT: msg("teks"),
    Kind.NUMBER: msg("angka"),
    Kind.BOOLEAN: msg("ya/tidak"),
    Kind.DATE: msg("tanggal"),
    Kind.TIME: msg("jam"),
    Kind.CHOICE: msg("pilihan"),
    Kind.CHOICES: msg("beberapa pilihan"),
    Kind.LIST: msg("daftar"),
    Kind.ROWS: msg("baris-baris tabel"),
    Kind.RECORD: msg("kumpulan isian"),
    Kind.ANY: msg("nilai"),
}
TEXTUAL = frozenset({Kind.TEXT, Kind.CHOICE})
MEASURED = frozenset({Kind.NUMBER, Kind.DATE, Kind.TIME})
"""What can be more or less than another of its kind."""


def united(types: Iterable[Type]) -> Type | None:
    """The type of a value that may come from any of these; None when they do not go together."""
    together: Type | None = None
    for one in types:
        if together is None or together == one:
            together = one
        elif ANY in (together, one):
            together = ANY
        elif together.kind in TEXTUAL and one.kind in TEXTUAL:
            if together.kind == one.kind and together.values is not None and one.values is not None:
                together = CHOICE(dict.fromkeys(together.values + one.values))
            else:
                together = TEXT if Kind.TEXT in (together.kind, one.kind) else CHOICE()
        elif together.kind != one.kind:
            return None
        elif together.kind == Kind.CHOICES:
            together = CHOICES()
        elif together.kind == Kind.LIST:
            inner = united([together.of or ANY, one.of or ANY])
            if inner is None:
                return None
            together = LIST(inner)
        elif together.kind in (Kind.ROWS, Kind.RECORD):
            return None
    return together
