"""Conditions and formulas of a form as sentences that can be read without knowing the language of expressions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from forms.editing import Definition, Place, find, name_of, written
from forms.editing.places import Part
from forms.editing.scopes import labels, scope_at
from forms.expressions import ExpressionInvalid, Scope, check
from forms.schema import FormSchema
from forms.text import Text
from webapp.i18n import language, say

SHORT = ("show_when", "required_when", "formula", "default")
"""What a closed card tells of its question."""


@dataclass(frozen=True)
class Told:
    """One expression of a form: what it decides, in a sentence, and where it is changed."""

    place: str
    name: str
    what: str
    sentence: str
    source: str
    message: str = ""
    broken: bool = False


def told(part: Part, scope: Scope, known: Mapping[str, Text]) -> list[str]:
    """What the expressions of a part decide, a sentence each."""
    found = []
    for name in SHORT:
        source = part.get(name)
        if isinstance(source, str):
            said, _ = in_words(source, scope, known)
            found.append(f"{_what(name, part)}: {said}")
    return found


def everything_told(schema: FormSchema, definition: Definition) -> Iterator[Told]:
    """Every expression of the form in the order of the form, rules first."""
    known = labels(schema)
    for place, one in written(definition):
        part = find(definition, place) if place else definition
        source = one.holder[one.name]
        said, broken = in_words(source, _scope(schema, place, part), known)
        yield Told(
            str(place) or "form",
            name_of(part) if place else gettext("Seluruh formulir"),
            _what(one.name, one.holder),
            said,
            source,
            say(one.holder.get("message")) if one.name == "rule" else "",
            broken,
        )


def in_words(source: str, scope: Scope, known: Mapping[str, Text]) -> tuple[str, bool]:
    """The sentence of an expression, and whether it is broken; a broken one is shown as it is written."""
    try:
        expression = check(source, scope)
    except ExpressionInvalid:
        return source, True
    return expression.sentence(known, language()), False


def _scope(schema: FormSchema, place: Place, part: Mapping[str, Any]) -> Scope:
    """The names a part sees; a section sees those of the form."""
    return scope_at(schema, place if "kind" in part else Place())


def _what(name: str, holder: Mapping[str, Any]) -> str:
    match name:
        case "show_when" if "value" in holder and "label" in holder:
            return gettext("Pilihan “%(option)s” ditawarkan bila", option=say(holder["label"]))
        case "show_when":
            return gettext("Ditanyakan bila")
        case "required_when":
            return gettext("Wajib bila")
        case "formula":
            return gettext("Dihitung sebagai")
        case "default":
            return gettext("Nilai awal")
    return gettext("Harus benar")
