"""From what was typed to what is stored, and back: checking, loading, editing, measuring and showing answers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from forms.adding_up import shared_out
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from forms.fields import Rows
from forms.fields.base import NOT_READABLE, FieldBase, Json, Raw
from forms.fields.rows import Table
from forms.schema import FormSchema, Section, canonical
from forms.settling import Settled, initial, review, settle
from forms.text import msg

__all__ = [
    "AnswerContext",
    "AnswerView",
    "AnswersInvalid",
    "SectionView",
    "Settled",
    "accept",
    "check",
    "digest",
    "display",
    "edit",
    "example",
    "initial",
    "load",
    "measures",
    "review",
    "settle",
]

MOST_BYTES = 256 * 1024
"""How large the stored answers to one form may be."""

Stored = dict[str, Json]


def check(schema: FormSchema, raw: Mapping[str, Raw], context: AnswerContext) -> Stored:
    """The answers as they are stored: typed JSON under the keys of the form, without those not given.

    Only what the form asks is read. Anything else in `raw` (a token, a button, a `status` somebody smuggled in) is
    left alone and cannot get into the stored answers. Raises AnswersInvalid, and nothing else, whatever `raw` holds.
    """
    if not isinstance(raw, Mapping):
        raise AnswersInvalid({"": NOT_READABLE})
    return accept(schema, settle(schema, raw, context))


def accept(schema: FormSchema, settled: Settled) -> Stored:
    """The answers as they are stored, once they have been read. Raises AnswersInvalid as `check` does."""
    if settled.errors:
        raise AnswersInvalid({path: settled.errors[path] for path in _in_order(schema, settled.errors)})
    stored: Stored = {
        field.key: field.store(settled.values[field.key])
        for field in schema.fields()
        if settled.values.get(field.key) is not None
    }
    if len(canonical(stored)) > MOST_BYTES:
        raise AnswersInvalid({"": msg("Jawaban terlalu panjang. Silakan ringkas beberapa isian.")})
    return stored


def _in_order(schema: FormSchema, paths: Mapping[str, Any]) -> list[str]:
    """Places in the order in which the form asks, rows by their number."""
    places = {field.key: place for place, field in enumerate(schema.fields())}

    def place_of(path: str) -> tuple[int, list[int]]:
        key, *rest = path.split(".")
        return places.get(key, -1), [int(part) for part in rest if part.isdecimal()]

    return sorted(paths, key=place_of)


def load(schema: FormSchema, stored: Mapping[str, Json]) -> dict[str, Any]:
    """The typed value of every field, None where nothing was answered; rows are dicts with their `_id`."""
    return {
        field.key: field.load(stored[field.key]) if stored.get(field.key) is not None else None
        for field in schema.fields()
    }


def edit(schema: FormSchema, stored: Mapping[str, Json]) -> dict[str, Raw]:
    """The answers as they would be typed, to go on editing them."""
    return {
        field.key: field.edit(field.load(stored[field.key]))  # type: ignore[arg-type]
        for field in schema.fields()
        if field.answered and stored.get(field.key) is not None
    }


def digest(stored: Mapping[str, Json]) -> str:
    """SHA-256 of the answers in canonical JSON: what a signature holds for."""
    return hashlib.sha256(canonical(stored)).hexdigest()


def measures(schema: FormSchema, stored: Mapping[str, Json]) -> list[tuple[str, Decimal]]:
    """The numbers that are kept as facts: (measure key, number), in order of the form, once for each row."""
    return [
        measure
        for field in schema.fields()
        if stored.get(field.key) is not None
        for measure in field.measured(field.load(stored[field.key]))  # type: ignore[arg-type]
    ]


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One answer in words; answers in rows have a table as well."""

    label: str
    text: str
    table: Table | None = None
    key: str = ""
    answered: bool = True
    """Whether a person gave it here, and could give another."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """The answers of a section in words."""

    title: str
    rows: list[AnswerView]
    key: str = ""


def display(schema: FormSchema, stored: Mapping[str, Json], language: str, context: AnswerContext) -> list[SectionView]:
    """All answers in words of a language, section by section; what was not answered shows as a dash.

    What was not asked, as the other answers stood, is left out. A section that stands once for each earlier row is
    shown as often.
    """
    settled = review(schema, stored, context)
    views: list[SectionView] = []
    for section in schema.sections:
        if section.rows is not None:
            views += _repeated(section, section.rows, settled, language, context)
            continue
        rows = [
            _view(field, settled.values[field.key], field.key, language, context)
            for field in section.fields
            if field.drawn and field.recorded and field.key not in settled.hidden
        ]
        if rows or not any(field.key in settled.hidden for field in section.fields):
            views.append(SectionView(section.title.say(language), rows, section.key))
    return views


def _repeated(
    section: Section, field: Rows, settled: Settled, language: str, context: AnswerContext
) -> list[SectionView]:
    sources = {source["_id"]: source for source in field.sources(context)}
    views = []
    for index, row in enumerate(settled.values[field.key] or []):
        shown = [AnswerView(title, text) for title, text in field.shown(sources.get(row["_id"]), language, context)]
        rows = [
            _view(column, row.get(column.key), f"{field.key}.{index}.{column.key}", language, context)
            for column in field.printed()
            if f"{field.key}.{index}.{column.key}" not in settled.hidden
        ]
        views.append(SectionView(f"{section.title.say(language)} {index + 1}", shown + rows, section.key))
    return views


def _view(field: FieldBase[Any], value: Any, path: str, language: str, context: AnswerContext) -> AnswerView:
    table = field.table(value, language, context) if isinstance(field, Rows) else None
    text = field.display(value, language, context)
    return AnswerView(field.label.say(language), text, table, path, field.answered and not field.read_only)


TRIES = 20


def example(schema: FormSchema, rng: Random, context: AnswerContext) -> dict[str, Raw]:
    """Invented answers that can be accepted: everything required and most of the rest.

    Where questions depend on each other, answers that do not fit are invented anew, a few times, and numbers that have
    to add up are shared out: limits that only a thinking person meets may stay unmet.
    """
    raw = {
        field.key: field.example(rng, context)
        for field in schema.fields()
        if field.answered and (field.required or field.required_when or rng.random() < 0.7)
    }
    if schema.logic.plain:
        return raw
    for _ in range(TRIES):
        wrong = {path.partition(".")[0] for path in settle(schema, raw, context).errors}
        fields = [field for field in map(schema.field, sorted(wrong)) if field is not None and field.answered]
        if not fields:
            break
        raw |= {field.key: field.example(rng, context) for field in fields}
    return raw | shared_out(schema, schema.rules, raw, context)
