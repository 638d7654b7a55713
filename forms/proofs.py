"""Which questions of a form ask for files, and which files its answers name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.context import FileRef
from forms.fields import Evidence, Rows
from forms.fields.base import FieldBase
from forms.schema import FormSchema
from forms.text import Text


@dataclass(frozen=True, slots=True)
class Proof:
    """A file that answers name, and under which question: its label, or label and row number and column."""

    labels: tuple[Text | int, ...]
    file: FileRef


def asked_for_files(schema: FormSchema) -> list[str]:
    """Keys of the questions of a form that ask for files, be it in a column of theirs."""
    return [field.key for field in schema.fields() if _asks([field])]


def proofs(schema: FormSchema, answers: Mapping[str, Any]) -> list[Proof]:
    """Every file that stored answers name, in the order of the form."""
    return list(_proofs(schema.fields(), answers, ()))


def _asks(fields: Iterable[FieldBase[Any]]) -> bool:
    return any(isinstance(field, Evidence) or (isinstance(field, Rows) and _asks(field.columns)) for field in fields)


def _proofs(
    fields: Iterable[FieldBase[Any]], answers: Mapping[str, Any], before: tuple[Text | int, ...]
) -> Iterator[Proof]:
    for field in fields:
        stored = answers.get(field.key)
        if not stored:
            continue
        labels = (*before, field.label)
        if isinstance(field, Evidence):
            yield from (Proof(labels, file) for file in field.load(stored))
        elif isinstance(field, Rows):
            for number, row in enumerate(stored, 1):
                yield from _proofs(field.columns, row, (*labels, number))
