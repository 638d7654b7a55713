"""What the expressions of a form name, so that a changed key changes in all of them and in nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from forms import expressions
from forms.editing.places import Definition, Part, Place, find, inside

SETTINGS = ("show_when", "required_when", "default", "formula", "rule")
"""Settings that hold an expression, wherever they stand."""
Path = tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """An expression as it stands in a definition: `holder[name]` is its text, seen from inside the rows `enclosing`."""

    holder: dict[str, Any]
    name: str
    enclosing: Path


def written(definition: Definition) -> Iterator[tuple[Place, Written]]:
    """Every expression of a form with the part it belongs to; rules belong to the form itself."""
    for one in _within(definition.get("rules", []), ()):
        yield Place(), one
    for section in definition.get("sections", []):
        place = Place((section["key"],))
        for name in SETTINGS:
            if isinstance(section.get(name), str):
                yield place, Written(section, name, ())
        enclosing = (section["key"],) if section.get("each") else ()
        for field in inside(section):
            yield from _of_field(place.child(field["key"]), field, enclosing)


def _of_field(place: Place, field: Part, enclosing: Path) -> Iterator[tuple[Place, Written]]:
    for name, value in field.items():
        if name in SETTINGS and isinstance(value, str):
            yield place, Written(field, name, enclosing)
        elif name != "columns":
            yield from ((place, one) for one in _within(value, enclosing))
    for column in inside(field):
        yield from _of_field(place.child(column["key"]), column, (*enclosing, field["key"]))


def _within(value: Any, enclosing: Path) -> Iterator[Written]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name in SETTINGS and isinstance(inner, str):
                yield Written(value, name, enclosing)
            else:
                yield from _within(inner, enclosing)
    elif isinstance(value, list):
        for inner in value:
            yield from _within(inner, enclosing)


def rename(definition: Definition, place: Place, key: str) -> None:
    """Give the part another key and let every expression that names it follow."""
    part = find(definition, place)
    target = _answer_path(definition, place)
    if target:
        levels = _levels(definition)
        for _, one in written(definition):
            for old in _spellings(target, one.enclosing, levels):
                new = f"{old.rpartition('.')[0]}.{key}" if "." in old else key
                one.holder[one.name] = expressions.rename(one.holder[one.name], old, new)
        for rule in definition.get("rules", []):
            if len(target) == 1 and rule.get("at") == target[0]:
                rule["at"] = key
    part["key"] = key


def _answer_path(definition: Definition, place: Place) -> Path:
    """Where the answers to a part are kept: `("results", "target")`; nothing for a section that holds none itself."""
    section = find(definition, Place(place.keys[:1]))
    if section.get("each"):
        return place.keys
    return place.keys[1:]


def _levels(definition: Definition) -> dict[Path, frozenset[str]]:
    """The keys that stand together: those of the form under `()`, those of rows under the path of the rows."""
    top: set[str] = set()
    found: dict[Path, frozenset[str]] = {}

    def rows(path: Path, columns: list[Part]) -> None:
        found[path] = frozenset(column["key"] for column in columns)
        for column in columns:
            if inside(column):
                rows((*path, column["key"]), inside(column))

    for section in definition.get("sections", []):
        if section.get("each"):
            top.add(section["key"])
            rows((section["key"],), inside(section))
            continue
        for field in inside(section):
            top.add(field["key"])
            if inside(field):
                rows((field["key"],), inside(field))
    found[()] = frozenset(top)
    return found


def _spellings(target: Path, enclosing: Path, levels: dict[Path, frozenset[str]]) -> list[str]:
    """How the target may be named from inside the rows `enclosing`: innermost first, unless a nearer key hides it."""
    found = [".".join(("form", *target))]
    for depth in range(len(enclosing), -1, -1):
        if enclosing[:depth] != target[:depth] or depth >= len(target):
            continue
        nearer = [levels.get(enclosing[:inner], frozenset()) for inner in range(depth + 1, len(enclosing) + 1)]
        if not any(target[depth] in keys for keys in nearer):
            found.append(".".join(target[depth:]))
    return found
