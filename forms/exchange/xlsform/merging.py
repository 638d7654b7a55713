"""A form that left as a spreadsheet and was edited there: what was edited wins, the rest is what it was."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from forms.exchange.xlsform.survey import Definition
from forms.schema import FormSchema

_NAMED_BY = {"columns": "key", "statements": "key", "options": "value", "points": "key"}
"""Settings that are lists of named parts, each of which may have been edited alone."""
_OF_ANY_KIND = frozenset(
    {"label", "help", "required", "required_when", "show_when", "checks", "default", "read_only", "options"}
)


def merged(ours: FormSchema, before: FormSchema, after: FormSchema) -> FormSchema | None:
    """The form `ours` with the edits that lead from `before`, what its sheets say unedited, to `after`.

    None when the edits do not fit the form any more.
    """
    one, was, now = ours.definition(), before.definition(), after.definition()
    found = _edited({k: v for k, v in one.items() if k != "sections"}, _head(was), _head(now))
    mine, old = _fields(one), _fields(was)
    if _structure(was) == _structure(now):
        new = _fields(now)
        found["sections"] = [
            {
                **_edited(_top(section), *(_top(_section(form, section["key"])) for form in (was, now))),
                "fields": [_field(field, old.get(field["key"]), new.get(field["key"])) for field in section["fields"]],
            }
            for section in one["sections"]
        ]
    else:
        found["sections"] = list(_rearranged(one, was, now, mine, old))
    try:
        return FormSchema.model_validate(found)
    except ValidationError:
        return None


def _head(form: Definition) -> Definition:
    return {name: value for name, value in form.items() if name not in ("sections", "key", "intro", "after", "rules")}


def _top(section: Definition) -> Definition:
    return {name: value for name, value in section.items() if name != "fields"}


def _section(form: Definition, key: str) -> Definition:
    return next((section for section in form["sections"] if section["key"] == key), {})


def _fields(form: Definition) -> dict[str, Definition]:
    return {field["key"]: field for section in form["sections"] for field in section["fields"]}


def _structure(form: Definition) -> list[tuple[str, list[str]]]:
    return [(section["key"], [field["key"] for field in section["fields"]]) for section in form["sections"]]


def _edited(ours: Definition, was: Definition, now: Definition) -> Definition:
    """Our settings with those that are not what they were."""
    found = dict(ours)
    for name in dict.fromkeys([*was, *now]):
        if was.get(name) == now.get(name):
            continue
        if name in _NAMED_BY and name in ours and name in was and name in now:
            found[name] = _list(ours[name], was[name], now[name], _NAMED_BY[name])
        elif name in now:
            found[name] = now[name]
        else:
            found.pop(name, None)
    return found


def _list(ours: list[Definition], was: list[Definition], now: list[Definition], named_by: str) -> list[Definition]:
    mine, old = ({part[named_by]: part for part in parts} for parts in (ours, was))
    found = []
    for part in now:
        name = part[named_by]
        if name in mine and name in old:
            found.append(
                _edited(mine[name], old[name], part) if "kind" not in part else _field(mine[name], old[name], part)
            )
        else:
            found.append(part)
    if [part[named_by] for part in was] == [part[named_by] for part in now]:
        return [next((one for one in found if one[named_by] == part[named_by]), part) for part in ours]
    return found


def _field(ours: Definition, was: Definition | None, now: Definition | None) -> Definition:
    if was is None or now is None or was == now:
        return ours
    if was["kind"] != now["kind"]:
        return now
    changed = {name for name in {*was, *now} if was.get(name) != now.get(name)}
    if ours["kind"] == was["kind"] or changed <= _OF_ANY_KIND - ({"options"} if "options" not in ours else set()):
        return _edited(ours, was, now)
    return now


def _rearranged(
    one: Definition, was: Definition, now: Definition, mine: Mapping[str, Definition], old: Mapping[str, Definition]
) -> Any:
    """The sections as they stand in the sheet now; what a sheet cannot say stays behind what it stood behind."""
    unsaid: dict[tuple[str, str], list[Definition]] = {}
    for section in one["sections"]:
        before = ""
        for field in section["fields"]:
            if field["key"] in old:
                before = field["key"]
            else:
                unsaid.setdefault((section["key"], before), []).append(field)
    for section in now["sections"]:
        top = _section(one, section["key"])
        head = _edited(_top(top), _top(_section(was, section["key"])), _top(section)) if top else _top(section)
        fields = list(unsaid.get((section["key"], ""), []))
        for field in section["fields"]:
            key = field["key"]
            if key in mine:
                fields.append(_field(mine[key], old.get(key), field) if key in old else field)
            elif field != old.get(key):
                fields.append(field)
            fields += unsaid.get((section["key"], key), [])
        if fields or not top:
            yield {**head, "fields": fields}
