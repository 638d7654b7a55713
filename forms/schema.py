"""A form as a value: sections of fields and rules, comparable by digest, checked before it may be published."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic import Field as Setting

from forms.errors import Problem
from forms.fields import Field, Rows
from forms.fields.base import ExpressionText, FieldBase, doubles
from forms.logic import Logic
from forms.text import Text, msg

MOST_FIELDS = 1000


def canonical(value: Any) -> bytes:
    """JSON in the one form that is hashed: sorted keys, no blanks, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


class Rule(BaseModel):
    """What must hold between the answers of a form; else the `message` is shown `at` a question, or above them all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: ExpressionText
    message: Text
    at: str | None = Setting(default=None, pattern=r"^[a-z][a-z0-9_]*$", max_length=60)


class Section(BaseModel):
    """A part of a form with a title of its own.

    With `each: "<stage>.<field>"` the section stands once for every row of that earlier answer, with the earlier
    columns `show` above it. Its answers are then kept under the section's key, as rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Setting(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    title: Text
    help: Text | None = None
    fields: tuple[Field, ...] = ()
    show_when: ExpressionText | None = None
    joined: bool = False
    each: str | None = Setting(default=None, pattern=r"^[a-z][a-z0-9_-]*\.[a-z][a-z0-9_]*$")
    show: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> Rows | None:
        """The rows that hold the answers of a section that stands once for each earlier row."""
        if self.each is None:
            return None
        return Rows(key=self.key, label=self.title, each=self.each, show=self.show, columns=self.fields)

    def asked(self) -> "tuple[Field, ...]":
        """The fields under whose keys the answers of this section are kept."""
        return self.fields if self.rows is None else (self.rows,)

    def problems(self) -> list[Problem]:
        """Why the section may not be published."""
        found = []
        if not self.fields:
            found.append(Problem(f"sections.{self.key}", msg("Tambahkan sedikitnya satu isian pada bagian ini.")))
        elif self.rows is not None:
            return [Problem(f"{self.key}.{problem.path}", problem.message) for problem in self.rows.problems()]
        if self.each is None and self.show:
            reason = msg("Kolom hanya dapat ditampilkan dari jawaban sebelumnya (each).")
            found.append(Problem(f"sections.{self.key}.show", reason))
        for field in self.fields:
            found += [Problem(f"{field.key}.{problem.path}", problem.message) for problem in field.problems()]
        return found


class FormSchema(BaseModel):
    """What a form asks. Frozen: a changed form is another value with another digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Setting(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    title: Text
    intro: Text | None = None
    after: Text | None = None
    """What happens next, told on the receipt."""
    layout: Literal["all", "pages"] = "all"
    """Everything on one page, or a page for each section that is not joined to the one before."""
    sections: tuple[Section, ...] = ()
    rules: tuple[Rule, ...] = Setting(default=(), max_length=100)

    @cached_property
    def _fields(self) -> "tuple[Field, ...]":
        return tuple(field for section in self.sections for field in section.asked())

    @cached_property
    def _by_key(self) -> "dict[str, Field]":
        return {field.key: field for field in self._fields}

    @cached_property
    def _digest(self) -> str:
        return hashlib.sha256(canonical(self.definition())).hexdigest()

    def fields(self) -> "list[Field]":
        """All fields in order; a section that stands once for each earlier row is one field of rows."""
        return list(self._fields)

    @cached_property
    def logic(self) -> Logic:
        """The expressions of the form, compiled once."""
        return Logic(self)

    @cached_property
    def earlier(self) -> tuple[str, ...]:
        """The earlier answers whose rows are needed to ask this form: `stage.field`, or `supervisor:stage.field`."""
        return tuple(sorted({name for field in self._fields for name in field.earlier()}))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The kinds of questions there are, in rows too."""
        return frozenset(_kinds(self._fields))

    def questions(self) -> int:
        """How many questions the form has, each column of rows counted once."""
        return sum(1 for _ in _kinds(self._fields))

    def field(self, key: str) -> "Field | None":
        """The field with this key."""
        return self._by_key.get(key)

    def definition(self) -> dict[str, Any]:
        """The form as JSON for storing, without what is the default; `FormSchema.model_validate` reads it back."""
        return self.model_dump(mode="json", exclude_defaults=True)

    def pages(self) -> list[tuple[Section, ...]]:
        """The sections by page."""
        if self.layout == "all":
            return [self.sections]
        pages: list[list[Section]] = []
        for section in self.sections:
            if section.joined and pages:
                pages[-1].append(section)
            else:
                pages.append([section])
        return [tuple(page) for page in pages]

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
        if self.questions() > MOST_FIELDS:
            found.append(
                Problem("", msg("Formulir terlalu panjang: paling banyak %(limit)s isian.", limit=MOST_FIELDS))
            )
        for section in self.sections:
            found += section.problems()
        for index, rule in enumerate(self.rules):
            if rule.at is not None and self.field(rule.at) is None:
                found.append(Problem(f"rules.{index}.at", msg("Tidak ada isian dengan kunci “%(key)s”.", key=rule.at)))
        return found + self.logic.problems

    def source_problems(self, sources: Mapping[str, FieldBase[Any]]) -> list[Problem]:
        """Why the form does not fit the earlier answers it refers to, given their fields by `stage.field`."""
        found = [
            Problem(f"{field.key}.{problem.path}", problem.message)
            for field in self.fields()
            for problem in field.source_problems(sources)
        ]
        known = {problem.path for problem in self.logic.problems}
        return found + [problem for problem in Logic(self, sources).problems if problem.path not in known]


def _kinds(fields: "Iterable[Field]") -> Iterator[str]:
    for field in fields:
        yield field.kind
        if isinstance(field, Rows):
            yield from _kinds(field.columns)
