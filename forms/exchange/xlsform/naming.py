"""Names for the survey sheet: those of XLSForm must be unique in the whole form, our keys only side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.exchange.xlsform.keys import unused
from forms.fields import Matrix, Rating, Rows, YesNo
from forms.fields.base import FieldBase
from forms.schema import FormSchema

Path = tuple[str, ...]
INTRO, AFTER = "kinerja_intro", "kinerja_after"
"""Notes in the sheet that hold the texts around the questions."""


def rule_note(number: int) -> str:
    """The note in the sheet that holds a rule of the form, counted from 1."""
    return f"kinerja_rule_{number}"


@dataclass
class Naming:
    """Name in the sheet by path of keys: `("results", "weight")`; sections by `("sections", key)`."""

    names: dict[Path, str] = field(default_factory=dict)
    fields: dict[Path, FieldBase[Any]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def keys(self) -> dict[str, str]:
        """The way back: key by name."""
        return {name: path[-1] for path, name in self.names.items()}

    def kinds(self) -> dict[str, str]:
        """Kinds that are selects in the sheet but say more to expressions, by name."""
        found = {path: field.kind for path, field in self.fields.items() if isinstance(field, YesNo | Rating)}
        return {self.names[path]: kind for path, kind in found.items()}

    def add(self, path: Path, wanted: str) -> None:
        """Find a name that nothing else has."""
        self.names[path] = unused(wanted, self.taken)


def naming(schema: FormSchema) -> Naming:
    """The names of a form: what stands on top keeps its key, columns and lines take theirs where it is free."""
    found = Naming()
    found.taken |= {INTRO, AFTER, *(rule_note(number) for number in range(1, len(schema.rules) + 1))}
    for one in schema.fields():
        found.add((one.key,), one.key)
    _inside(found, schema.fields(), ())
    for section in schema.sections:
        if section.each is None:
            found.add(
                ("sections", section.key), section.key if section.key not in found.taken else f"bagian_{section.key}"
            )
    return found


def _inside(found: Naming, fields: Sequence[FieldBase[Any]], outer: Path) -> None:
    for one in fields:
        path = (*outer, one.key)
        found.fields[path] = one
        if isinstance(one, Rows):
            for column in one.columns:
                found.add((*path, column.key), _wanted(found, path, column.key))
            _inside(found, one.columns, path)
        elif isinstance(one, Matrix):
            for statement in one.statements:
                found.add((*path, statement.key), _wanted(found, path, statement.key))


def _wanted(found: Naming, path: Path, key: str) -> str:
    return key if key not in found.taken else f"{found.names[path]}_{key}"[:60]
