"""Any form whose questions depend on each other, for property tests."""

from typing import Any

from hypothesis import strategies as st

from forms.expressions import Kind, Type, references
from forms.fields import Rows
from forms.fields.base import FieldBase
from forms.schema import FormSchema
from tests.forms.strategies import names, schemas


def clauses(name: str, kind: Type) -> list[str]:
    """Conditions about one name that are sound for its type."""
    found = [f"given({name})", f"not given({name})"]
    match kind.kind:
        case Kind.NUMBER:
            found += [f"{name} > 5", f"{name} / 0 == 1", f"round({name} * 0.1, 1) <= 2.5 or {name} == 3"]
        case Kind.BOOLEAN:
            found += [name, f"not {name}"]
        case Kind.CHOICE if kind.values:
            found += [f'{name} == "{kind.values[0]}"', f'{name} in ("{kind.values[0]}", "{kind.values[-1]}")']
        case Kind.CHOICES if kind.values:
            found += [f'"{kind.values[0]}" in {name}', f"count({name}) > 1"]
        case Kind.TEXT:
            found += [f"length({name}) > 3", f'{name} != "x"']
        case Kind.DATE:
            found += [f"{name} < today()", f"year({name}) == 2026"]
        case Kind.ROWS:
            found += [
                f"count({name}) > 1",
                f"any(given(r.{kind.fields[0][0]}) for r in {name})" if kind.fields else "1 < 2",
            ]
    return found


@st.composite
def dependent_schemas(draw: st.DrawFn) -> FormSchema:
    """A form with conditions in every place where one may stand; each question depends on those before it alone."""
    plain = draw(schemas())
    definition = plain.definition()
    before: list[str] = []
    for section, given_section in zip(plain.sections, definition["sections"], strict=True):
        if before and draw(st.booleans()):
            given_section["show_when"] = draw(st.sampled_from(before))
        if draw(st.booleans()):
            given_section["joined"] = True
        offered: list[str] = []
        for field, written in zip(section.fields, given_section["fields"], strict=True):
            _depend(draw, field, written, before + offered)
            if field.recorded:
                offered += clauses(field.key, field.expression_type())
        before += offered
    if draw(st.booleans()):
        definition["layout"] = "pages"
    if before and draw(st.booleans()):
        definition["rules"] = [{"rule": f"({draw(st.sampled_from(before))}) or 1 < 2", "message": "M"}]
    definition["sections"].append(draw(repeated(before, {field.key for field in plain.fields()})))
    return FormSchema.model_validate(definition)


OFFERS = {"number": "1", "percentage": "50", "yes_no": "1 < 2", "date": "today()", "long_text": '"Baik"'}
"""For kinds that may offer something, what it is."""


def _offer(draw: st.DrawFn, field: FieldBase[Any], written: dict[str, Any]) -> None:
    """Let a question offer something, perhaps so that it cannot be changed; have a limit that always holds."""
    if field.kind in OFFERS and draw(st.booleans()):
        written["default"] = OFFERS[field.kind]
        if draw(st.booleans()):
            written["read_only"] = True
    if field.recorded and draw(st.booleans()):
        written["checks"] = [{"rule": f"given({field.key}) or 1 < 2", "message": "M"}]


def _depend(draw: st.DrawFn, field: FieldBase[Any], written: dict[str, Any], before: list[str]) -> None:
    for setting in ("show_when", "required_when"):
        if before and draw(st.booleans()):
            written[setting] = draw(st.sampled_from(before))
    _offer(draw, field, written)
    if not isinstance(field, Rows):
        return
    columns = {column.key for column in field.columns}
    inside = [clause for clause in before if not columns & {name.partition(".")[0] for name in references(clause)}]
    for column, written_column in zip(field.columns, written["columns"], strict=True):
        if inside and draw(st.booleans()):
            written_column["show_when"] = draw(st.sampled_from(inside))
        if len(field.columns) > 1 and not draw(st.booleans()):
            _offer(draw, column, written_column)
        if column.recorded and not isinstance(column, Rows):
            inside += clauses(column.key, column.expression_type())


@st.composite
def repeated(draw: st.DrawFn, before: list[str], taken: set[str]) -> dict[str, Any]:
    """A section that stands once for each earlier row, with a limit that speaks of it and rows inside."""
    key = draw(names.filter(lambda name: name not in taken))
    text = {"kind": "short_text", "key": "t", "label": "T", "required": False}
    inner = {"kind": "rows", "key": "inner", "label": "I", "required": False, "columns": [{**text, "key": "i"}]}
    text["checks"] = [{"rule": "length(t) > 0 or given(source.result)", "message": "M"}]
    shown = {"show_when": draw(st.sampled_from(before))} if before and draw(st.booleans()) else {}
    return {"key": key, "title": "E", "each": "planning.results", "show": ["result"], "fields": [text, inner], **shown}
