"""Answers of many people as tables: in words for readers, or as they are typed, so that they can be read back.

The main table has a line for each entry; each kind of rows has a table of its own, whose lines bear the name of the
entry and the lasting name of the row, so that a spreadsheet can join them.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from forms.answers import review
from forms.context import AnswerContext
from forms.fields import Rows
from forms.fields.base import FieldBase, Json, Raw
from forms.fields.parted import Parted
from forms.schema import FormSchema
from forms.wording import plain

ENTRY, ROW = "_entry", "_id"
Cell: TypeAlias = str | Decimal | datetime.date | None
Fact: TypeAlias = Cell | datetime.datetime
Cells: TypeAlias = list[Fact]
Write: TypeAlias = Callable[[FieldBase[Any], Any], Cells]
About: TypeAlias = Callable[[Rows, Mapping[str, Any]], Cells]
"""What stands before the cells of a row: its name, or what it is about."""


@dataclass
class AnswersTable:
    """One table: `key` is empty for the main one, else the path of the rows it holds."""

    key: str
    columns: list[str]
    rows: list[Cells] = field(default_factory=list)


def typed_tables(schema: FormSchema, entries: Iterable[tuple[str, Mapping[str, Json]]]) -> list[AnswersTable]:
    """Answers as they are typed, under the keys of the form; `raw_entries` reads them back."""
    tables = {key: AnswersTable(key, columns) for key, columns in _typed_columns(schema.fields(), "", [ENTRY])}
    for name, stored in entries:
        values = {
            one.key: one.load(stored[one.key]) for one in _all(schema.fields()) if stored.get(one.key) is not None
        }
        for key, line in _lines(schema.fields(), "", [name], values, _as_typed, _name):
            tables[key].rows.append(line)
    return list(tables.values())


def readable_tables(
    schema: FormSchema,
    entries: Iterable[tuple[Sequence[str], Mapping[str, Json]]],
    heading: Sequence[str],
    language: str,
    context: AnswerContext,
) -> list[AnswersTable]:
    """Answers in words of a language under the labels of the form; each entry is led by facts, titled by `heading`.

    Figures stay figures, days stay days. What was not asked is left blank.
    """
    tables = {table.key: table for table in readable_heads(schema, heading, language, context)}
    for facts, stored in entries:
        for key, line in readable_lines(schema, facts, stored, language, context):
            tables[key].rows.append(line)
    return list(tables.values())


def readable_heads(
    schema: FormSchema, heading: Sequence[str], language: str, context: AnswerContext
) -> list[AnswersTable]:
    """The tables of `readable_tables` without lines, for whoever writes the lines of `readable_lines` one by one."""
    return [
        AnswersTable(key, [*heading, *columns])
        for key, columns in _labelled_columns(schema.fields(), "", [], language, context)
    ]


def readable_lines(
    schema: FormSchema, facts: Sequence[Fact], stored: Mapping[str, Json], language: str, context: AnswerContext
) -> Iterator[tuple[str, Cells]]:
    """One entry as lines of readable tables, each with the key of its table; the line of the main one comes first.

    The context is that of the entry: the earlier rows it names are those of its subject.
    """

    def words(one: FieldBase[Any], value: Any) -> Cells:
        if isinstance(value, Decimal) or (one.kind == "date" and value is not None):
            return [value]
        return [None if value is None else one.display(value, language, context)]

    def about(rows: Rows, row: Mapping[str, Any]) -> Cells:
        if rows.fixed:
            return [rows.caption(row["_id"], language)]
        source = next((one for one in rows.sources(context) if one["_id"] == row["_id"]), None)
        return [text for _, text in rows.shown(source, language, context)]

    values = review(schema, stored, context).values
    yield from _lines(schema.fields(), "", list(facts), values, words, about)


def main_keys(schema: FormSchema) -> list[str]:
    """The keys of the questions whose answers stand in the main table, in the order of its columns."""
    return [one.key for one in _singles(schema.fields())]


def raw_entries(schema: FormSchema, tables: Mapping[str, Sequence[Mapping[str, str]]]) -> dict[str, dict[str, Raw]]:
    """What was typed, by entry, from the lines of typed tables as texts by column; cells that are no answer are left.

    Nothing is judged: check what comes back as if it had been typed.
    """
    return {line[ENTRY]: _raw(schema.fields(), "", line, [line[ENTRY]], tables) for line in tables.get("", ())}


def _raw(
    fields: Iterable[FieldBase[Any]],
    prefix: str,
    line: Mapping[str, str],
    names: list[str],
    tables: Mapping[str, Sequence[Mapping[str, str]]],
) -> dict[str, Raw]:
    raw: dict[str, Raw] = {}
    for one in fields:
        if isinstance(one, Rows):
            path = f"{prefix}{one.key}"
            raw[one.key] = [
                {
                    "_id": row[_id_column(path)],
                    **_raw(one.columns, f"{path}.", row, [*names, row[_id_column(path)]], tables),
                }
                for row in tables.get(path, ())
                if [row[column] for column in _id_columns(path)[:-1]] == names
            ]
        elif one.answered:
            raw[one.key] = _from_cells(one, [line.get(column, "") for column in _own_columns(one)])
    return raw


def _typed_columns(fields: Iterable[FieldBase[Any]], path: str, leading: list[str]) -> Iterator[tuple[str, list[str]]]:
    yield path, leading + [column for one in _singles(fields) for column in _own_columns(one)]
    for one in fields:
        if isinstance(one, Rows):
            inner = f"{path}.{one.key}" if path else one.key
            yield from _typed_columns(one.columns, inner, _id_columns(inner))


def _labelled_columns(
    fields: Iterable[FieldBase[Any]], path: str, leading: list[str], language: str, context: AnswerContext
) -> Iterator[tuple[str, list[str]]]:
    yield path, leading + [one.label.say(language) for one in _singles(fields)]
    for one in fields:
        if isinstance(one, Rows):
            own = [title for _, title in one.shown_columns(language, context)]
            if one.fixed:
                own = [(one.item or one.label).say(language)]
            inner = f"{path}.{one.key}" if path else one.key
            yield from _labelled_columns(one.columns, inner, leading + own, language, context)


def _id_columns(path: str) -> list[str]:
    """Names of the columns that say where a line of rows belongs: entry, row, and row in the row."""
    parts = path.split(".")
    return [ENTRY, *(_id_column(".".join(parts[: end + 1])) for end in range(len(parts)))]


def _id_column(path: str) -> str:
    return f"{ROW}.{path}"


def _lines(
    fields: Sequence[FieldBase[Any]], path: str, leading: Cells, values: Mapping[str, Any], write: Write, about: About
) -> Iterator[tuple[str, Cells]]:
    yield path, [*leading, *(cell for one in _singles(fields) for cell in write(one, values.get(one.key)))]
    for one in fields:
        if isinstance(one, Rows):
            inner = f"{path}.{one.key}" if path else one.key
            for row in values.get(one.key) or []:
                yield from _lines(one.columns, inner, [*leading, *about(one, row)], row, write, about)


def _name(rows: Rows, row: Mapping[str, Any]) -> Cells:
    return [row["_id"]]


def _singles(fields: Iterable[FieldBase[Any]]) -> list[FieldBase[Any]]:
    """The questions with one answer each, which stand side by side in a table."""
    return [one for one in fields if one.recorded and not isinstance(one, Rows)]


def _own_columns(one: FieldBase[Any]) -> list[str]:
    return [f"{one.key}.{part}" for part in one.parts()] if isinstance(one, Parted) else [one.key]


def _as_typed(one: FieldBase[Any], value: Any) -> Cells:
    if value is None:
        return ["" for _ in _own_columns(one)]
    if not one.answered:
        return [_result(value)]
    raw = one.edit(value)
    if isinstance(one, Parted):
        return [raw.get(part, "") for part in one.parts()]
    return [" ".join(raw) if one.many else raw]


def _from_cells(one: FieldBase[Any], cells: Sequence[str]) -> Raw:
    if isinstance(one, Parted):
        return dict(zip(one.parts(), cells, strict=True))
    return cells[0].split() if one.many else cells[0]


def _result(value: Any) -> str:
    """A computed value, which is computed again when the answers are read back."""
    match value:
        case Decimal():
            return plain(value).replace(".", ",")
        case bool():
            return "yes" if value else "no"
        case datetime.date() | datetime.time():
            return value.isoformat()
    return str(value)


def _all(fields: Iterable[FieldBase[Any]]) -> list[FieldBase[Any]]:
    return [one for one in fields if one.recorded]
