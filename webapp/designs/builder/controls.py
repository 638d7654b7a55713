"""Settings of a part as controls of a page: made from the fields of its class, read back into a definition."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from flask_babel import gettext
from pydantic import BaseModel

from forms import editing
from forms.context import AnswerContext
from forms.editing.references import SETTINGS as EXPRESSIONS
from forms.editing.scopes import Named
from forms.errors import Invalid
from forms.fields import KINDS
from forms.fields.date import Date
from forms.fields.number import read_decimal
from forms.schema import FormSchema, Section
from forms.text import Message, Text, msg
from forms.wording import plain
from webapp.designs.builder import words
from webapp.designs.builder.conditions import Condition, read_condition, sent_condition
from webapp.designs.builder.places import Excerpt

PREFIX = "s."
NOT_HERE = frozenset({"kind", "key", "columns", "fields", "sections"})
"""Settings that have a place of their own on the page."""
ORDER = ("label", "title", "help", "intro", "options", "statements", "points", "formula", "required", "show_when")
ASKED = frozenset({"required", "required_when", "checks", "default", "read_only"})
"""Settings of what a person answers: without meaning for what is only read or computed."""
TRUTHS = ("show_when", "required_when")


@dataclass
class Control:
    """One setting as it is shown: `kind` names the macro, `value` what stands in it, `error` what is wrong with it."""

    name: str
    kind: str
    words: words.SettingWords
    value: Any = None
    choices: list[tuple[str, Any]] = field(default_factory=list)
    optional: bool = False
    given: bool = False
    """Whether the definition says it, rather than leaving it as usual."""
    model: type[BaseModel] | None = None
    error: Message | None = None
    condition: Condition | None = None
    faults: list[Excerpt] = field(default_factory=list)
    """Mistakes in expressions, with their places in the text."""

    @property
    def id(self) -> str:
        """Its id and name in the page."""
        return f"{PREFIX}{self.name}"

    @property
    def is_set(self) -> bool:
        """Whether it says something, so that it is not folded away."""
        return self.given or bool(self.error or self.faults)


def model_of(part: Mapping[str, Any]) -> type[BaseModel]:
    """The class that describes a part of a definition."""
    if "kind" in part:
        return KINDS[part["kind"]]
    return Section if "sections" not in part and "layout" not in part and "rules" not in part else FormSchema


def controls(
    part: Mapping[str, Any],
    model: type[BaseModel],
    named: Sequence[Named],
    errors: Mapping[str, Message] | None = None,
    sent: Any = None,
) -> list[Control]:
    """The settings of a part, those most needed first; a setting without words is shown under its name.

    What was sent and refused (`errors`) is shown again as it was typed.
    """
    found = []
    for name in model.model_fields:
        if name in NOT_HERE or (name in ASKED and name not in part and not getattr(model, "answered", True)):
            continue
        one = control_of(model, name)
        one.value = _shown(one, part.get(name, _default(model, name)))
        one.given = name in part
        one.error = next((message for path, message in (errors or {}).items() if path.split(".")[0] == name), None)
        if one.kind in ("condition", "formula", "checks"):
            one.condition = Condition.of(part.get(name) if one.kind == "condition" else None, named)
        if sent is not None and one.error is not None:
            _typed_again(one, sent, named)
        found.append(one)
    rank = {name: number for number, name in enumerate(ORDER)}
    return sorted(found, key=lambda one: rank.get(one.name, len(rank)))


def _typed_again(control: Control, sent: Any, named: Sequence[Named]) -> None:
    if control.kind == "condition":
        control.condition = sent_condition(control.id, sent, named)
        control.value = control.condition.source
    elif control.kind not in ("several", "switch", "checks") and control.id in sent:
        control.value = sent[control.id]


def control_of(model: type[BaseModel], name: str) -> Control:
    """The empty control of one setting."""
    kind_name = getattr(model.model_fields.get("kind"), "default", None)
    if model is FormSchema:
        said = words.FORM_SETTINGS.get(name)
    elif model is Section:
        said = words.SECTION_SETTINGS.get(name)
    else:
        said = words.setting_words(str(kind_name), name)
    control = Control(name, "text", said or words.SettingWords(name))
    annotation, control.optional = _without_none(model.model_fields[name].annotation)
    if name in EXPRESSIONS:
        control.kind = "condition" if name in TRUTHS else "formula"
    elif annotation is Text:
        control.kind = "paragraph" if name in ("help", "intro", "after") else "words"
    elif annotation is bool:
        control.kind = "switch"
    elif annotation is int:
        control.kind = "whole"
    elif annotation is Decimal:
        control.kind = "number"
    elif get_origin(annotation) is Literal:
        control.kind, control.choices = "choice", _choices(name, get_args(annotation))
    elif get_origin(annotation) is tuple:
        _listed(control, get_args(annotation)[0])
    elif datetime.date in get_args(annotation):
        control.kind = "day"
    elif kind_name in ("time", "month") and name in ("earliest", "latest"):
        control.kind = str(kind_name)
    return control


def _listed(control: Control, inner: Any) -> None:
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        control.kind, control.model = "lines" if editing.is_listed(inner) else "checks", inner
    elif get_origin(inner) is Literal:
        control.kind, control.choices = "several", _choices(control.name, get_args(inner))
    else:
        control.kind = "names"


def _choices(name: str, values: tuple[str, ...]) -> list[tuple[str, Any]]:
    known = words.VALUES.get(name, {})
    return [(value, known.get(value, value)) for value in values]


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The annotation without `| None` and `Annotated`, and whether there was a None."""
    optional = False
    if get_origin(annotation) in (Union, UnionType):
        left = [one for one in get_args(annotation) if one is not type(None)]
        optional = len(left) < len(get_args(annotation))
        if len(left) != 1:
            return annotation, optional
        annotation = left[0]
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation, optional


def _default(model: type[BaseModel], name: str) -> Any:
    default = model.model_fields[name].get_default(call_default_factory=True)
    if isinstance(default, BaseModel):
        return default.model_dump(mode="json")
    return None if default is ... or str(default) == "PydanticUndefined" else default


def _shown(control: Control, value: Any) -> Any:
    if value is None:
        return [] if control.kind in ("several", "checks") else ""
    match control.kind:
        case "words" | "paragraph":
            return value["id"] if isinstance(value, dict) else str(value)
        case "number":
            return plain(Decimal(str(value))).replace(".", ",")
        case "day":
            return _shown_day(str(value))
        case "lines":
            assert control.model is not None
            return editing.to_lines(control.model, list(value))
        case "names":
            return ", ".join(value)
        case "checks":
            return [dict(one) for one in value]
        case "several":
            return list(value)
    return value


def _shown_day(value: str) -> str:
    if value == "today":
        return gettext("hari ini")
    year, month, day = value.split("-")
    return f"{day}/{month}/{year}"


def read_settings(part: Mapping[str, Any], model: type[BaseModel], sent: Any, named: Sequence[Named]) -> dict[str, Any]:
    """The values that were sent for the settings of a part; settings the page did not show are left alone.

    Raises Invalid, by setting, for what cannot be read.
    """
    values: dict[str, Any] = {}
    errors: dict[str, Message] = {}
    for name in model.model_fields:
        if name in NOT_HERE or not any(key == f"{PREFIX}{name}" or key.startswith(f"{PREFIX}{name}.") for key in sent):
            continue
        control = control_of(model, name)
        try:
            values[name] = _read(control, part, sent, named)
        except Invalid as wrong:
            errors[name] = wrong.message
        else:
            if values[name] == _default(model, name):
                values[name] = None
    if errors:
        raise Invalid(msg("Periksa kembali isian Anda."), errors)
    return values


def _read(control: Control, part: Mapping[str, Any], sent: Any, named: Sequence[Named]) -> Any:
    text = str(sent.get(control.id, "")).strip()
    match control.kind:
        case "condition":
            return read_condition(control.id, sent, named)
        case "switch":
            return "yes" in sent.getlist(control.id)
        case "whole":
            return _whole(text)
        case "number":
            return plain(read_decimal(text, 6)) if text else None
        case "day":
            return _day(text)
        case "time":
            return text.replace(".", ":") or None
        case "several":
            return [value for value, _ in control.choices if value in sent.getlist(control.id)]
        case "names":
            return [name for name in re.split(r"[,\s]+", text) if name]
        case "lines":
            assert control.model is not None
            return editing.from_lines(control.model, str(sent.get(control.id, "")), list(part.get(control.name, [])))
        case "checks":
            return _read_checks(control, list(part.get(control.name, [])), sent)
    if not text and not control.optional and control.kind in ("words", "paragraph", "text"):
        raise Invalid(msg("Isian ini wajib diisi."))
    return text or None


def _whole(text: str) -> int | None:
    if not text:
        return None
    return int(read_decimal(text, 0))


def _day(text: str) -> str | None:
    if not text:
        return None
    if text.casefold() in ("hari ini", "today"):
        return "today"
    day = Date(key="day", label=Text(id="day")).parse(text, AnswerContext(today=datetime.date(2000, 1, 1)))
    return day.isoformat()


def _read_checks(control: Control, before: list[dict[str, Any]], sent: Any) -> list[dict[str, Any]]:
    """The limits or rules of a list, each with its message; one whose rule was emptied is gone."""
    found = []
    for index in range(len(before) + 1):
        name = f"{control.id}.{index}"
        rule = str(sent.get(f"{name}.rule", "")).strip()
        message = str(sent.get(f"{name}.message", "")).strip()
        if not rule:
            continue
        old = before[index] if index < len(before) else {}
        kept = old.get("message")
        one = {**old, "rule": rule, "message": {**kept, "id": message} if isinstance(kept, dict) else message}
        if not message:
            one["message"] = str(msg("Periksa kembali isian ini."))
        at = str(sent.get(f"{name}.at", "")).strip()
        if control.name == "rules":
            one = {**{k: v for k, v in one.items() if k != "at"}, **({"at": at} if at else {})}
        found.append(one)
    return found
