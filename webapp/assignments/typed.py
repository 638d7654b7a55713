"""What somebody typed, in words, right or wrong: to show it when it cannot be edited, and to compare two texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.builder import AnswerField, AnswersForm, RowsField
from forms.context import AnswerContext
from forms.errors import Invalid
from webapp.i18n import language, say


@dataclass(frozen=True)
class Typed:
    """One answer as it was typed."""

    path: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One answer that reads differently in the stored draft and in what was just typed."""

    label: str
    stored: str
    typed: str


def typed(form: AnswersForm) -> list[Typed]:
    """Every answer that is not blank, in order; rows by their lasting names, so that two texts can be compared."""
    found: list[Typed] = []
    for field in form:
        if isinstance(field, RowsField):
            for number, row in enumerate(field.entries, 1):
                title = say(field.kind.item) if field.kind.item else say(field.kind.label)
                for cell in row.columns():
                    label = f"{title.capitalize()} {number}, {say(cell.kind.label)}"
                    found += _one(f"{field.name}.{row.row_id}.{cell.kind.key}", label, cell, form.context)
        else:
            found += _one(str(field.name), say(field.kind.label), field, form.context)
    return found


def _one(path: str, label: str, field: AnswerField | RowsField, context: AnswerContext) -> list[Typed]:
    if field.kind.is_blank(field.raw):
        return []
    try:
        text = field.kind.display(field.kind.read(field.raw, context, required=False), language(), context)
    except Invalid:
        text = _as_typed(field.raw)
    return [Typed(path, label.rstrip(":?. "), text)]


def _as_typed(raw: Any) -> str:
    """The texts in what was typed, for what cannot be said in words yet."""
    if isinstance(raw, Mapping):
        raw = [part for name, part in raw.items() if name != "_id"]
    if isinstance(raw, list):
        return ", ".join(text for text in map(_as_typed, raw) if text)
    return str(raw)


def differences(stored: AnswersForm, fresh: AnswersForm) -> list[Difference]:
    """Where two texts of the same form differ, in the order of the fresh one, then what only the stored one has."""
    before = {one.path: one for one in typed(stored)}
    after = {one.path: one for one in typed(fresh)}
    return [
        Difference(
            (after.get(path) or before[path]).label,
            before[path].text if path in before else "",
            after[path].text if path in after else "",
        )
        for path in [*after, *(path for path in before if path not in after)]
        if path not in before or path not in after or before[path].text != after[path].text
    ]
