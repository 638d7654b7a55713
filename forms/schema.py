"""A form as a value: sections of fields, comparable by digest, checked before it may be published."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Setting

from forms.errors import Problem
from forms.fields import Field, Rows
from forms.fields.base import FieldBase, doubles
from forms.text import Text, msg

MOST_FIELDS = 300


def canonical(value: Any) -> bytes:
    """JSON in the one form that is hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


class Section(BaseModel):
    """A part of a form with a title of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Setting(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    title: Text
    help: Text | None = None
    fields: tuple[Field, ...] = ()

    def problems(self) -> list[Problem]:
        """Why the section may not be published."""
        found = []
        if not self.fields:
            found.append(Problem(f"sections.{self.key}", msg("Tambahkan sedikitnya satu isian pada bagian ini.")))
        for field in self.fields:
            found += [Problem(f"{field.key}.{problem.path}", problem.message) for problem in field.problems()]
        return found


class FormSchema(BaseModel):
    """What a form asks. Frozen: a changed form is another value with another digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Setting(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    title: Text
    intro: Text | None = None
    sections: tuple[Section, ...] = ()

    @cached_property
    def _by_key(self) -> "dict[str, Field]":
        return {field.key: field for section in self.sections for field in section.fields}

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(canonical(self.definition())).hexdigest()

    def fields(self) -> "list[Field]":
        """All fields in order of the sections."""
        return [field for section in self.sections for field in section.fields]

    def field(self, key: str) -> "Field | None":
        """The field with this key."""
        return self._by_key.get(key)

    def definition(self) -> dict[str, Any]:
        """The form as JSON for storing; `FormSchema.model_validate` reads it back."""
        return self.model_dump(mode="json", exclude_none=True)

    def digest(self) -> str:
        """SHA-256 of the canonical definition: equal for equal forms, whatever they were written in."""
        return self._digest

    def problems(self) -> list[Problem]:
        """Why the form may not be published; empty when it may."""
        found = []
        if not self.sections:
            found.append(Problem("", msg("Tambahkan sedikitnya satu bagian.")))
        twice = [f"sections.{key}" for key in doubles([section.key for section in self.sections])]
        twice += doubles([field.key for field in self.fields()])
        found += [
            Problem(path, msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=path.rpartition(".")[2]))
            for path in twice
        ]
        if len(self.fields()) > MOST_FIELDS:
            found.append(
                Problem("", msg("Formulir terlalu panjang: paling banyak %(limit)s isian.", limit=MOST_FIELDS))
            )
        for section in self.sections:
            found += section.problems()
        return found

    def source_problems(self, sources: Mapping[str, FieldBase[Any]]) -> list[Problem]:
        """Why the form does not fit the earlier answers it refers to, given their fields by `stage.field`."""
        return [
            Problem(f"{field.key}.{problem.path}", problem.message)
            for field in self.fields()
            if isinstance(field, Rows)
            for problem in field.source_problems(sources.get(field.each or ""))
        ]
