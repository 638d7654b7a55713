"""Which names an expression at a place can use, with their types and labels: for menus, checks and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.editing.places import Place
from forms.expressions import ANY, ROWS, Scope, Type
from forms.fields.base import FieldBase
from forms.fields.rows import Rows
from forms.logic import Item, Level
from forms.schema import FormSchema
from forms.text import Text


@dataclass(frozen=True)
class Named:
    """Something an expression can name: how it is written, its type, its question."""

    name: str
    type: Type
    label: Text
    options: tuple[tuple[str, Text], ...] = ()
    """Values with their labels, where the answer is one of several."""


def scope_at(schema: FormSchema, place: Place) -> Scope:
    """The names at a place: those of the form, and inside rows first those of the same row."""
    level, scope = schema.logic.top, Scope(_types(schema.logic.top))
    for rows in _rows_around(schema, place):
        item = level.by_key.get(rows.key)
        if item is None or item.level is None:
            break
        level = item.level
        names = _types(level)
        scope = Scope({"source": ANY, **names} if rows.each is not None else names, scope)
    return scope


def named_at(schema: FormSchema, place: Place) -> list[Named]:
    """What a condition at a place can ask about, nearest first; the question itself is left out."""
    levels = [schema.logic.top]
    for rows in _rows_around(schema, place):
        item = levels[-1].by_key.get(rows.key)
        if item is None or item.level is None:
            break
        levels.append(item.level)
    found: dict[str, Named] = {}
    for level in reversed(levels):
        for item in level.items:
            name = item.field.key
            if name not in found and not (name == place.key and level is levels[-1]) and item.field.recorded:
                found[name] = Named(name, _type(item), item.field.label, _options(item.field))
    return list(found.values())


def labels(schema: FormSchema) -> Mapping[str, Text]:
    """Words for every name there is (columns by their path as well: `results.weight`) and for options (`kind.main`)."""
    found: dict[str, Text] = {}

    def add(fields: Sequence[FieldBase[Any]], prefix: str) -> None:
        for one in fields:
            found[f"{prefix}{one.key}"] = one.label
            found.setdefault(one.key, one.label)
            for value, label in _options(one):
                found[f"{prefix}{one.key}.{value}"] = label
                found.setdefault(f"{one.key}.{value}", label)
            if isinstance(one, Rows):
                add(one.columns, f"{prefix}{one.key}.")

    add(schema.fields(), "")
    return found


def _rows_around(schema: FormSchema, place: Place) -> list[Rows]:
    """The rows a place lies in, outermost first; a section that stands for each earlier row is one of them."""
    section = next((one for one in schema.sections if one.key == place.keys[0]), None) if place else None
    if section is None:
        return []
    around = [section.rows] if section.rows is not None else []
    inside = section.fields
    for key in place.keys[1:-1]:
        one = next((field for field in inside if field.key == key), None)
        if not isinstance(one, Rows):
            break
        around.append(one)
        inside = one.columns
    return around if len(place.keys) > 1 else []


def _types(level: Level) -> dict[str, Type]:
    return {item.field.key: _type(item) for item in level.items if item.field.recorded}


def _type(item: Item) -> Type:
    if item.level is not None:
        return ROWS(_types(item.level))
    if item.field.computed() is not None:
        return item.formula.type if item.formula else ANY
    return item.field.expression_type()


def _options(field: FieldBase[Any]) -> tuple[tuple[str, Text], ...]:
    return tuple((option.value, option.label) for option in getattr(field, "options", ()))
