"""A form that left as a spreadsheet and was edited there: what was edited wins, the rest is what it was."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from forms.exchange.xlsform.naming import AFTER, INTRO, rule_note
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
    found = _edited({name: value for name, value in one.items() if name != "sections"}, _head(was), _head(now))
    _edit_notes(found, _fields(was), _fields(now))
    old, new = _fields(was), _fields(now)
    if _structure(was) == _structure(now):
        found["sections"] = [
            _each(section, old, new)
            if "each" in section
            else {
                **_edited(_top(section), *(_top(_section(form, section["key"])) for form in (was, now))),
                "fields": [_field(field, old.get(field["key"]), new.get(field["key"])) for field in section["fields"]],
            }
            for section in one["sections"]
        ]
    else:
        found["sections"] = list(_rearranged(one, was, now))
    try:
        return FormSchema.model_validate(found)
    except ValidationError:
        return None


def _edit_notes(found: Definition, old: Mapping[str, Definition], new: Mapping[str, Definition]) -> None:
    """What a sheet can say only in notes: the texts around the questions, and rules."""
    for name, note in (("intro", INTRO), ("after", AFTER)):
        if note in old and note not in new:
            found.pop(name, None)
        elif note in old and old[note]["label"] != new[note]["label"]:
            found[name] = new[note]["label"]
    rules = enumerate(found.get("rules", []), start=1)
    notes = [(rule, old.get(rule_note(number)), new.get(rule_note(number))) for number, rule in rules]
    found["rules"] = [_rule(rule, was, now) for rule, was, now in notes if was is None or now is not None]


def _rule(rule: Definition, was: Definition | None, now: Definition | None) -> Definition:
    if was is None or now is None:
        return rule
    edited = dict(rule)
    if was["label"] != now["label"]:
        edited["message"] = now["label"]
    if was.get("show_when") != now.get("show_when"):
        edited["rule"] = f"not ({now.get('show_when') or True})"
    return edited


def _head(form: Definition) -> Definition:
    return {name: value for name, value in form.items() if name not in ("sections", "key", "intro", "after", "rules")}


def _top(section: Definition) -> Definition:
    return {name: value for name, value in section.items() if name != "fields"}


def _section(form: Definition, key: str) -> Definition:
    return next((section for section in form["sections"] if section["key"] == key), {})


def _fields(form: Definition) -> dict[str, Definition]:
    sections = [section for section in form["sections"] if "each" not in section]
    return {field["key"]: field for section in sections for field in section["fields"]}


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
    """Named parts with their edits, in the order they have now; what no sheet says stays behind its neighbour."""
    names = [part[named_by] for part in was]
    if names == [part[named_by] for part in now] and len(ours) == len(was):
        return [_part(*parts) for parts in zip(ours, was, now, strict=True)]
    mine, old = ({part[named_by]: part for part in parts} for parts in (ours, was))
    unsaid: dict[str, list[Definition]] = {}
    last = ""
    for part in ours:
        if part[named_by] in old:
            last = part[named_by]
        else:
            unsaid.setdefault(last, []).append(part)
    found = list(unsaid.get("", []))
    for part in now:
        name = part[named_by]
        found.append(_part(mine[name], old[name], part) if name in mine and name in old else part)
        found += unsaid.get(name, [])
    return found


def _part(ours: Definition, was: Definition, now: Definition) -> Definition:
    return _field(ours, was, now) if "kind" in now else _edited(ours, was, now)


def _field(ours: Definition, was: Definition | None, now: Definition | None) -> Definition:
    if was is None or now is None or was == now:
        return ours
    if was["kind"] != now["kind"]:
        return now
    changed = {name for name in {*was, *now} if was.get(name) != now.get(name)}
    if ours["kind"] == was["kind"] or changed <= _OF_ANY_KIND - ({"options"} if "options" not in ours else set()):
        return _edited(ours, was, now)
    return now


def _each(section: Definition, old: Mapping[str, Definition], new: Mapping[str, Definition]) -> Definition:
    """A section that stands once for each earlier row is a repeat in the sheet: its label is the title."""
    was, now = old.get(section["key"]), new.get(section["key"])
    if was is None or now is None or was == now:
        return section
    names = {"label": "title", "columns": "fields"}
    before, after = ({names.get(name, name): part for name, part in form.items()} for form in (was, now))
    wanted = ("title", "help", "show_when", "fields")
    return _edited(section, *({name: form[name] for name in wanted if name in form} for form in (before, after)))


def _rearranged(one: Definition, was: Definition, now: Definition) -> Iterator[Definition]:
    """The sections as they stand in the sheet now; what a sheet cannot say stays behind what it stood behind."""
    mine, old, new = _fields(one), _fields(was), _fields(now)
    each = {section["key"]: section for section in one["sections"] if "each" in section}
    unsaid, silent = _unsaid(one, was)
    yield from silent.get("", [])
    for section in now["sections"]:
        key = section["key"]
        top = _section(one, key)
        head = _edited(_top(top), _top(_section(was, key)), _top(section)) if top else _top(section)
        fields = list(unsaid.get((key, ""), []))
        behind: list[Definition] = []
        for field in section["fields"]:
            name = field["key"]
            if name in each:
                behind += [_each(each[name], old, new), *silent.get(name, [])]
            elif name in mine:
                fields.append(_field(mine[name], old.get(name), field) if name in old else field)
            elif field != old.get(name):
                fields.append(field)
            fields += unsaid.get((key, name), [])
        if fields:
            yield {**head, "fields": fields}
        yield from silent.get(key, [])
        yield from behind


def _unsaid(
    one: Definition, was: Definition
) -> tuple[dict[tuple[str, str], list[Definition]], dict[str, list[Definition]]]:
    """Fields and sections of ours that never reached the sheet, by what they stood behind."""
    old = _fields(was)
    written = {section["key"] for section in was["sections"]}
    fields: dict[tuple[str, str], list[Definition]] = {}
    sections: dict[str, list[Definition]] = {}
    last = ""
    for section in one["sections"]:
        key = section["key"]
        if key not in written and key not in old:
            sections.setdefault(last, []).append(section)
            continue
        last = key
        before = ""
        for field in section["fields"] if "each" not in section else ():
            if field["key"] in old:
                before = field["key"]
            else:
                fields.setdefault((key, before), []).append(field)
    return fields, sections
