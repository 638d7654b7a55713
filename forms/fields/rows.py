"""Repeated rows: a list of things with the same columns, free or one for each row of an earlier signed answer."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

from pydantic import Field

from forms.context import AnswerContext
from forms.errors import Invalid, Problem
from forms.fields.base import NOT_READABLE, NOTHING, REQUIRED, FieldBase, Json, Raw, doubles
from forms.text import Message, Text, msg

if TYPE_CHECKING:
    from forms.fields import SingleField

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


class Rows(FieldBase[list[Row]]):
    """From `min` to `max` rows of `columns`; `item` says what one row is ("hasil kerja").

    With `each: "<stage>.<field>"` there is one row for every row of that earlier answer, in its order and under its
    `_id`, with the earlier columns `show` printed beside it; if required, each of them has to be answered. Other rows
    in which nothing was typed are not answers and are left out. A row keeps its `_id` for good; one that comes without
    gets a name made from what it says, so the same answers always give the same stored form.
    """

    widget: ClassVar[str] = "rows"
    kind: Literal["rows"] = "rows"
    columns: "tuple[SingleField, ...]" = ()
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=1)
    item: Text | None = None
    each: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_]*$")
    show: tuple[str, ...] = ()

    @property
    def least(self) -> int:
        """How few rows are enough, if there are any."""
        return max(self.min or 0, 1 if self.required else 0)

    @property
    def most(self) -> int:
        """How many rows are taken."""
        return min(self.max or MOST_ROWS, MOST_ROWS)

    def column(self, key: str) -> "SingleField | None":
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    def read(self, raw: Raw, context: AnswerContext) -> list[Row] | None:
        if raw is None or raw == "":
            raw = []
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            raise Invalid(NOT_READABLE)
        if len(raw) > MOST_ROWS:
            raise Invalid(msg("Tuliskan paling banyak %(limit)s baris.", limit=self.most))
        typed = list(enumerate(self.arranged(raw, context)))
        if self.each is None or not self.required:
            typed = [(index, row) for index, row in typed if not self._is_blank_row(row)]
        value: list[Row] = []
        errors: dict[str, Message] = {}
        for index, row in typed:
            value.append(self._read_row(row, index, context, errors))
        if errors:
            raise Invalid(msg("Ada baris yang perlu diperbaiki."), errors)
        if self.each is None:
            self._check_count(len(value))
        self._name_rows(value)
        return value or None

    def is_blank(self, raw: Raw) -> bool:
        return not raw or (
            isinstance(raw, list) and all(isinstance(row, Mapping) and self._is_blank_row(row) for row in raw)
        )

    def arranged(self, raw: Sequence[Mapping[str, Any]], context: AnswerContext) -> list[Mapping[str, Any]]:
        """The typed rows, or for `each` those that belong to the earlier rows: in their order, none missing."""
        if self.each is None:
            return list(raw)
        typed = {row["_id"]: row for row in reversed(raw) if isinstance(row.get("_id"), str)}
        return [{**typed.get(source["_id"], {}), "_id": source["_id"]} for source in self.sources(context)]

    def sources(self, context: AnswerContext) -> Sequence[Mapping[str, Any]]:
        """The earlier rows these rows stand for."""
        return context.sources.get(self.each, ()) if self.each else ()

    def _is_blank_row(self, row: Mapping[str, Any]) -> bool:
        return all(column.is_blank(row.get(column.key)) for column in self.columns)

    def _read_row(self, row: Mapping[str, Any], index: int, context: AnswerContext, errors: dict[str, Message]) -> Row:
        value: Row = {"_id": row.get("_id")}
        for column in self.columns:
            try:
                value[column.key] = column.read(row.get(column.key), context)
            except Invalid as invalid:
                errors[f"{index}.{column.key}"] = invalid.message
        return value

    def _check_count(self, count: int) -> None:
        if not count:
            if self.required:
                raise Invalid(REQUIRED)
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
            | {column.key: column.edit(row[column.key]) for column in self.columns if row.get(column.key) is not None}
            for row in value
        ]

    def words(self, value: list[Row], language: str, context: AnswerContext) -> str:
        table = self.table(value, language, context)
        return "\n".join("; ".join(cell for cell in row if cell != NOTHING) for row in table.rows)

    def table(self, value: list[Row] | None, language: str, context: AnswerContext) -> Table:
        """The rows in words; for `each` the shown columns of the earlier row come first."""
        sources = {source["_id"]: source for source in self.sources(context)}
        titles = [title for _, title in self.shown_columns(language, context)]
        rows = [
            [text for _, text in self.shown(sources.get(row["_id"]), language, context)]
            + [column.display(row.get(column.key), language, context) for column in self.columns]
            for row in value or []
        ]
        return Table(titles + [column.label.say(language) for column in self.columns], rows)

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

    def problems(self) -> list[Problem]:
        found = super().problems()
        if not self.columns:
            found.append(Problem("columns", msg("Tambahkan sedikitnya satu kolom.")))
        for key in doubles([column.key for column in self.columns]):
            found.append(Problem(key, msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=key)))
        for column in self.columns:
            found += [Problem(f"{column.key}.{problem.path}", problem.message) for problem in column.problems()]
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

    def source_problems(self, source: FieldBase[Any] | None) -> list[Problem]:
        """Why these rows cannot stand for the rows of `source`, the field that `each` names (None: there is none)."""
        if self.each is None:
            return []
        if not isinstance(source, Rows):
            return [Problem("each", msg("Tidak ada isian berbaris bernama “%(name)s”.", name=self.each))]
        return [
            Problem("show", msg("Kolom “%(key)s” tidak ada pada “%(name)s”.", key=key, name=self.each))
            for key in self.show
            if source.column(key) is None
        ]

    def example(self, rng: Random, context: AnswerContext) -> Raw:
        if self.each is not None:
            names = [source["_id"] for source in self.sources(context)]
        else:
            count = rng.randint(max(self.least, 1), max(self.least, 1, min(self.most, self.least + 2)))
            names = [f"{rng.getrandbits(32):08x}{index}" for index in range(count)]
        return [{"_id": name} | {c.key: c.example(rng, context) for c in self.columns} for name in names]
