"""From what was typed to what is stored, and back: checking, loading, editing, measuring and showing answers."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from forms.context import AnswerContext
from forms.errors import AnswersInvalid, Invalid
from forms.fields import Rows
from forms.fields.base import NOT_READABLE, Json, Raw
from forms.fields.rows import Table
from forms.schema import FormSchema, canonical
from forms.text import Message, msg

__all__ = [
    "AnswerContext",
    "AnswerView",
    "AnswersInvalid",
    "SectionView",
    "check",
    "digest",
    "display",
    "edit",
    "example",
    "load",
    "measures",
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
    stored: Stored = {}
    errors: dict[str, Message] = {}
    for field in schema.fields():
        try:
            value = field.read(raw.get(field.key), context)
        except Invalid as invalid:
            if invalid.errors:
                errors.update({f"{field.key}.{path}": message for path, message in invalid.errors.items()})
            else:
                errors[field.key] = invalid.message
        else:
            if value is not None:
                stored[field.key] = field.store(value)  # type: ignore[arg-type]
    if errors:
        raise AnswersInvalid(errors)
    if len(canonical(stored)) > MOST_BYTES:
        raise AnswersInvalid({"": msg("Jawaban terlalu panjang. Silakan ringkas beberapa isian.")})
    return stored


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
        if stored.get(field.key) is not None
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


@dataclass(frozen=True, slots=True)
class SectionView:
    """The answers of a section in words."""

    title: str
    rows: list[AnswerView]


def display(schema: FormSchema, stored: Mapping[str, Json], language: str, context: AnswerContext) -> list[SectionView]:
    """All answers in words of a language, section by section; what was not answered shows as a dash."""
    values = load(schema, stored)
    return [
        SectionView(
            section.title.say(language),
            [
                AnswerView(
                    field.label.say(language),
                    field.display(values[field.key], language, context),
                    field.table(values[field.key], language, context) if isinstance(field, Rows) else None,
                    field.key,
                )
                for field in section.fields
            ],
        )
        for section in schema.sections
    ]


def example(schema: FormSchema, rng: Random, context: AnswerContext) -> dict[str, Raw]:
    """Invented answers that can be accepted: everything required and most of the rest."""
    return {field.key: field.example(rng, context) for field in schema.fields() if field.required or rng.random() < 0.7}
