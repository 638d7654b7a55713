"""Repeated rows: a list of things with the same columns, free, given, or one for each row of an earlier answer."""

import hashlib
import json
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.expressions import ROWS
from forms.fields.base import NOT_READABLE, NOTHING, FieldBase, Json, Raw, doubles
from forms.text import Message, Text, msg

if TYPE_CHECKING:
    from forms.expressions import Type
    from forms.fields import Field as Column

MOST_ROWS = 200
Row: TypeAlias = dict[str, Any]
"""The values of one row by column key, and the row's lasting name under `_id`."""
_ID = re.compile(r"[A-Za-z0-9]{1,32}")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in words: the column titles and the cells below them."""

    columns: list[str]
    rows: list[list[str]]


def new_row_id() -> str:
    """A name for a row that has just been added."""
    return secrets.token_hex(4)


class FixedRow(BaseModel):
    """A row that the design gives: its lasting name and what it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)
    label: Text


class Rows(FieldBase[list[Row]]):
    """From `min` to `max` rows of `columns`; `item` says what one row is ("hasil kerja").

    With `each: "<stage>.<field>"` there is one row for every row of that earlier answer, in its order and under its
    `_id`, with the earlier columns `show` printed beside it; with `fixed` there is one for each of these. If required,
    each such row has to be answered. Other rows in which nothing was typed are not answers and are left out. A row
    keeps its `_id` for good; one that comes without gets a name made from what it says, so the same answers always
    give the same stored form. A column may be rows again, once.
    """

    widget: ClassVar[str] = "rows"
    kind: Literal["rows"] = "rows"
    columns: "tuple[Column, ...]" = ()
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=1)
    item: Text | None = None
    each: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_]*$")
    show: tuple[str, ...] = ()
    fixed: tuple[FixedRow, ...] = Field(default=(), max_length=100)

    @property
    def given(self) -> bool:
        """Whether the rows are given by the design or by an earlier answer, so that none can be added or removed."""
        return self.each is not None or bool(self.fixed)

    @property
    def least(self) -> int:
        """How few rows are enough, if there are any."""
        return max(self.min or 0, 1 if self.required else 0)

    @property
    def most(self) -> int:
        """How many rows are taken."""
        return min(self.max or MOST_ROWS, MOST_ROWS)

    def column(self, key: str) -> "Column | None":
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    def read(self, raw: Raw, context: AnswerContext, *, required: bool | None = None) -> list[Row] | None:
        errors: dict[str, Message] = {}

        def read_row(index: int, row: Mapping[str, Any]) -> Row:
            return self._read_row(row, index, context, errors)

        value = self.read_rows(raw, context, read_row, lambda: bool(errors), required=required)
        if errors:
            raise Invalid(msg("Ada baris yang perlu diperbaiki."), errors)
        return value

    def read_rows(
        self,
        raw: Raw,
        context: AnswerContext,
        read_row: Callable[[int, Mapping[str, Any]], Row],
        wrong: Callable[[], bool],
        *,
        required: bool | None = None,
    ) -> list[Row] | None:
        """The rows that were typed, each read by `read_row`; their number is judged unless a cell is `wrong`.

        Raises Invalid for what are no rows, too many or too few of them.
        """
        if raw is None or raw == "":
            raw = []
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            raise Invalid(NOT_READABLE)
        if len(raw) > MOST_ROWS:
            raise Invalid(msg("Tuliskan paling banyak %(limit)s baris.", limit=self.most))
        required = self.required if required is None else required
        skipped = {index for index, _ in self.left_out(raw, context, required=required)}
        typed = [(index, row) for index, row in enumerate(self.arranged(raw, context)) if index not in skipped]
        value = [read_row(index, row) for index, row in typed]
        if not wrong():
            if not (self.given and required):  # in a row nothing may be left that is asked
                value = [
                    row for row in value if any(row.get(one.key) is not None for one in self.columns if one.by_hand)
                ]
            if not self.given:
                self._check_count(len(value), required)
                self._name_rows(value)
        return value or None

    def left_out(self, raw: Raw, context: AnswerContext, *, required: bool) -> list[tuple[int, Mapping[str, Any]]]:
        """The rows in which nothing was typed and that are therefore no answers, with their number."""
        if (self.given and required) or not isinstance(raw, list) or len(raw) > MOST_ROWS:
            return []
        if not all(isinstance(row, Mapping) for row in raw):
            return []
        return [(index, row) for index, row in enumerate(self.arranged(raw, context)) if self.is_blank_row(row)]

    def is_blank(self, raw: Raw) -> bool:
        return not raw or (
            isinstance(raw, list) and all(isinstance(row, Mapping) and self.is_blank_row(row) for row in raw)
        )

    def arranged(self, raw: Sequence[Mapping[str, Any]], context: AnswerContext) -> list[Mapping[str, Any]]:
        """The typed rows, or those that belong to the given rows: in their order, none missing."""
        if not self.given:
            return list(raw)
        typed = {row["_id"]: row for row in reversed(raw) if isinstance(row.get("_id"), str)}
        return [{**typed.get(name, {}), "_id": name} for name in self.given_names(context)]

    def given_names(self, context: AnswerContext) -> list[str]:
        """The lasting names of the rows that are given."""
        if self.fixed:
            return [row.key for row in self.fixed]
        return [source["_id"] for source in self.sources(context)]

    def caption(self, row_id: str, language: str) -> str | None:
        """What a row given by the design is about."""
        return next((row.label.say(language) for row in self.fixed if row.key == row_id), None)

    def sources(self, context: AnswerContext) -> Sequence[Mapping[str, Any]]:
        """The earlier rows these rows stand for."""
        return context.sources.get(self.each, ()) if self.each else ()

    def is_blank_row(self, row: Mapping[str, Any]) -> bool:
        """Whether nothing was typed in a row."""
        return all(column.is_blank(row.get(column.key)) for column in self.columns if column.by_hand)

    def _read_row(self, row: Mapping[str, Any], index: int, context: AnswerContext, errors: dict[str, Message]) -> Row:
        value: Row = {"_id": row.get("_id")}
        for column in self.columns:
            try:
                value[column.key] = column.read(row.get(column.key), context)
            except Invalid as invalid:
                inner = invalid.errors or {"": invalid.message}
                errors.update({f"{index}.{column.key}{path and '.'}{path}": message for path, message in inner.items()})
        return value

    def _check_count(self, count: int, required: bool) -> None:
        if not count:
            if required:
                raise Invalid(self.missing())
            return
        if count < self.least:
            raise Invalid(msg("Tuliskan sedikitnya %(limit)s baris.", limit=self.least))
        if count > self.most:
            raise Invalid(msg("Tuliskan paling banyak %(limit)s baris.", limit=self.most))

    def _name_rows(self, rows: list[Row]) -> None:
        """Give a name to rows without one, with an impossible one, or with one that another row bears already."""
        taken: set[str] = set()
        for row in rows:
            if isinstance(row["_id"], str) and _ID.fullmatch(row["_id"]) and row["_id"] not in taken:
                taken.add(row["_id"])
            else:
                row["_id"] = None
        for index, row in enumerate(rows):
            content = json.dumps(self._store_row(row), sort_keys=True)
            attempt = index
            while row["_id"] is None:
                name = hashlib.sha256(f"{attempt}:{content}".encode()).hexdigest()[:8]
                if name not in taken:
                    row["_id"] = name
                    taken.add(name)
                attempt += MOST_ROWS

    def _store_row(self, row: Row) -> dict[str, Json]:
        cells = {
            column.key: column.store(row[column.key]) for column in self.columns if row.get(column.key) is not None
        }
        return {"_id": row["_id"], **cells}

    def store(self, value: list[Row]) -> list[dict[str, Json]]:
        return [self._store_row(row) for row in value]

    def load(self, stored: Json) -> list[Row]:
        return [
            {"_id": row["_id"]}
            | {column.key: column.load(row[column.key]) if column.key in row else None for column in self.columns}
            for row in stored
        ]

    def edit(self, value: list[Row]) -> Raw:
        return [
            {"_id": row["_id"]}
            | {
                column.key: column.edit(row[column.key])
                for column in self.columns
                if column.answered and row.get(column.key) is not None
            }
            for row in value
        ]

    def words(self, value: list[Row], language: str, context: AnswerContext) -> str:
        table = self.table(value, language, context)
        return "\n".join("; ".join(cell for cell in row if cell != NOTHING) for row in table.rows)

    def table(self, value: list[Row] | None, language: str, context: AnswerContext) -> Table:
        """The rows in words; what the row is about, or the shown columns of the earlier row, come first."""
        sources = {source["_id"]: source for source in self.sources(context)}
        titles = [title for _, title in self.shown_columns(language, context)]
        if self.fixed:
            titles = [self.item.say(language) if self.item else self.label.say(language)]
        rows = [
            ([self.caption(row["_id"], language) or NOTHING] if self.fixed else [])
            + [text for _, text in self.shown(sources.get(row["_id"]), language, context)]
            + [column.display(row.get(column.key), language, context) for column in self.printed()]
            for row in value or []
        ]
        return Table(titles + [column.label.say(language) for column in self.printed()], rows)

    def printed(self) -> "list[Column]":
        """The columns that hold something to read; what was retired is printed only where it was answered."""
        return [column for column in self.columns if column.drawn and column.recorded]

    def shown_columns(self, language: str, context: AnswerContext) -> list[tuple[str, str]]:
        """Key and title of the earlier columns that are shown."""
        definition = context.source_fields.get(self.each or "")
        columns = {key: definition.column(key) if definition else None for key in self.show}
        return [(key, column.label.say(language) if column else key) for key, column in columns.items()]

    def shown(self, source: Mapping[str, Any] | None, language: str, context: AnswerContext) -> list[tuple[str, str]]:
        """Title and text of what is shown of one earlier row."""
        definition = context.source_fields.get(self.each or "")
        cells = []
        for key, title in self.shown_columns(language, context):
            column: FieldBase[Any] | None = definition.column(key) if definition else None
            stored = (source or {}).get(key)
            if stored is None:
                text = NOTHING
            elif column:
                text = column.display(column.load(stored), language, context)
            else:
                text = str(stored)
            cells.append((title, text))
        return cells

    def measured(self, value: list[Row]) -> Iterator[tuple[str, Decimal]]:
        for row in value:
            for column in self.columns:
                if row.get(column.key) is not None:
                    yield from column.measured(row[column.key])

    def expression_type(self) -> "Type":
        return ROWS({column.key: column.expression_type() for column in self.columns if column.recorded})

    def expression_value(self, value: list[Row]) -> list[dict[str, Any]]:
        return [
            {
                column.key: column.expression_value(row[column.key])
                for column in self.columns
                if row.get(column.key) is not None
            }
            for row in value
        ]

    def problems(self) -> list[Problem]:
        found = super().problems()
        if not self.columns:
            found.append(Problem("columns", msg("Tambahkan sedikitnya satu kolom.")))
        elif not self.given and not any(column.by_hand for column in self.columns):
            found.append(Problem("columns", msg("Tambahkan sedikitnya satu kolom yang diisi oleh pegawai.")))
        for key in doubles([column.key for column in self.columns]):
            found.append(Problem(key, msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=key)))
        for column in self.columns:
            found += [Problem(f"{column.key}.{problem.path}", problem.message) for problem in column.problems()]
            if isinstance(column, Rows):
                if column.each is not None:
                    found.append(
                        Problem(f"{column.key}.each", msg("Baris di dalam baris tidak dapat mengikuti jawaban lain."))
                    )
                if any(isinstance(inner, Rows) for inner in column.columns):
                    found.append(
                        Problem(f"{column.key}.columns", msg("Baris hanya dapat memuat baris lain satu tingkat."))
                    )
        for key in doubles([row.key for row in self.fixed]):
            found.append(Problem("fixed", msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=key)))
        if self.fixed and (self.each is not None or self.min is not None or self.max is not None):
            found.append(Problem("fixed", msg("Jumlah baris sudah ditentukan; hapus batas jumlah baris dan each.")))
        if self.each is None:
            if self.show:
                found.append(Problem("show", msg("Kolom hanya dapat ditampilkan dari jawaban sebelumnya (each).")))
            if self.least > self.most:
                found.append(Problem("max", msg("Batas terbesar lebih kecil daripada batas terkecil.")))
        elif self.min is not None or self.max is not None:
            found.append(Problem("each", msg("Jumlah baris mengikuti jawaban sebelumnya; hapus batas jumlah baris.")))
        for key in doubles(list(self.show)):
            found.append(Problem("show", msg("Kolom “%(key)s” ditampilkan lebih dari sekali.", key=key)))
        for key in self.show:
            if self.column(key):
                found.append(Problem("show", msg("Kunci “%(key)s” sudah dipakai oleh kolom sendiri.", key=key)))
        return found

    def earlier(self) -> tuple[str, ...]:
        own = () if self.each is None else (self.each,)
        return own + tuple(name for column in self.columns for name in column.earlier())

    def source_problems(self, sources: Mapping[str, FieldBase[Any]]) -> list[Problem]:
        inner = [
            Problem(f"{column.key}.{problem.path}", problem.message)
            for column in self.columns
            for problem in column.source_problems(sources)
        ]
        return self._each_problems(sources) + inner

    def _each_problems(self, sources: Mapping[str, FieldBase[Any]]) -> list[Problem]:
        if self.each is None:
            return []
        source = sources.get(self.each)
        if not isinstance(source, Rows):
            return [Problem("each", msg("Tidak ada isian berbaris bernama “%(name)s”.", name=self.each))]
        return [
            Problem("show", msg("Kolom “%(key)s” tidak ada pada “%(name)s”.", key=key, name=self.each))
            for key in self.show
            if source.column(key) is None
        ]

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        if self.given:
            names = self.given_names(context)
        else:
            count = rng.randint(max(self.least, 1), max(self.least, 1, min(self.most, self.least + 2)))
            names = [f"{rng.getrandbits(32):08x}{index}" for index in range(count)]
        columns = [column for column in self.columns if column.answered]
        return [{"_id": name} | {column.key: column.example(rng, context) for column in columns} for name in names]
