"""The difference between two versions of a form: sections, questions, columns, options, texts, rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from forms.changes import effects
from forms.changes.change import Change, Part
from forms.changes.items import LISTS, listed, named, plain, settings
from forms.changes.orders import displaced
from forms.fields import Rows
from forms.fields.base import FieldBase
from forms.schema import FormSchema, Section
from forms.text import Text

Field: TypeAlias = FieldBase[Any]


def difference(old: FormSchema, new: FormSchema) -> tuple[Change, ...]:
    """All changes from `old` to `new`, in the order of the newer form; none exactly if they are equal but for the key.

    Sections, questions, columns and options are the same when they have the same key in the same place.
    """
    return tuple(_form(old, new))


@dataclass(frozen=True)
class _Spot:
    """A question with where it stands."""

    field: Field
    section: Section
    path: str
    within: Text
    part: Part = "field"

    @property
    def place(self) -> str:
        inside = self.section.each is not None and self.path.startswith(f"{self.section.key}.")
        return self.path if inside else f"{self.section.key}.{self.path}"


def _spots(schema: FormSchema) -> dict[str, _Spot]:
    """The questions of a form by the path of their answers; columns are compared within their rows."""
    found = {}
    for section in schema.sections:
        prefix = f"{section.key}." if section.each is not None else ""
        for field in section.fields:
            path = prefix + field.key
            found[path] = _Spot(field, section, path, section.title)
    return found


def _form(old: FormSchema, new: FormSchema) -> Iterator[Change]:
    own = {"sections", "rules", "key"}
    for setting, before, after in settings(plain(old, own), plain(new, own)):
        yield Change("changed", "form", "", new.title, setting=setting, before=before, after=after)
    yield from _sections(old, new)
    was, now = _spots(old), _spots(new)
    yield from _removed_fields(was, now)
    moved = _moved_fields(old, new, was, now)
    for path, spot in now.items():
        if path not in was:
            yield _added(spot)
            continue
        if path in moved:
            yield _moved(was[path], spot)
        yield from _field(was[path].field, spot)
    yield from listed(plain(old)["rules"], plain(new)["rules"], "rule", Change("added", "rule", "", new.title))


def _sections(old: FormSchema, new: FormSchema) -> Iterator[Change]:
    was, now = ({section.key: section for section in schema.sections} for schema in (old, new))
    for key, section in was.items():
        if key not in now:
            yield Change("removed", "section", key, section.title)
    moved = displaced(list(was), list(now))
    for key, section in now.items():
        if key not in was:
            yield Change("added", "section", key, section.title)
            continue
        if key in moved:
            yield Change("moved", "section", key, section.title)
        before = was[key]
        answers = tuple(field.key for field in section.asked())
        required = any(effects.must_be_answered(field) for field in section.fields)
        for setting, value, other in settings(plain(before, {"fields"}), plain(section, {"fields"})):
            effect = effects.of_section_setting(setting, other, required)
            yield Change("changed", "section", key, section.title, effect, answers, None, setting, value, other)


def _removed_fields(was: Mapping[str, _Spot], now: Mapping[str, _Spot]) -> Iterator[Change]:
    for path, spot in was.items():
        if path not in now:
            yield _removed(spot)


def _removed(spot: _Spot) -> Change:
    effect = effects.of_removed(spot.field)
    return Change("removed", spot.part, spot.place, spot.field.label, effect, (spot.path,), spot.within)


def _added(spot: _Spot) -> Change:
    effect = effects.of_added(spot.field)
    return Change(
        "added", spot.part, spot.place, spot.field.label, effect, within=spot.within, required=effect != "safe"
    )


def _moved(was: _Spot, now: _Spot) -> Change:
    elsewhere = was.section.key != now.section.key
    return Change(
        "moved",
        now.part,
        now.place,
        now.field.label,
        within=now.within,
        before=was.within if elsewhere else None,
        after=now.within if elsewhere else None,
    )


def _moved_fields(old: FormSchema, new: FormSchema, was: Mapping[str, _Spot], now: Mapping[str, _Spot]) -> set[str]:
    """The questions that stand in another section, or elsewhere in theirs."""
    moved = {path for path, spot in now.items() if path in was and was[path].section.key != spot.section.key}
    for section in new.sections:
        before, after = (
            [path for path, spot in spots.items() if spot.section.key == section.key and path not in moved]
            for spots in (was, now)
        )
        moved |= displaced(before, after)
    return moved


def _field(old: Field, spot: _Spot) -> Iterator[Change]:
    new = spot.field
    base = Change("changed", spot.part, spot.place, new.label, answers=(spot.path,), within=spot.within)
    before, after = plain(old, {"columns"}), plain(new, {"columns"})
    for name, (part, _) in LISTS.items():
        if name in before and name in after:
            for change in named(before.pop(name), after.pop(name), name, base):
                yield replace(change, effect=effects.of_item(part, change.verb, new)) if not change.setting else change
    for change in listed(before.pop("checks"), after.pop("checks"), "check", base):
        yield change if new.answered else replace(change, effect="safe")
    for setting, value, other in settings(before, after):
        effect = effects.of_setting(old, new, setting, value, other)
        yield replace(base, effect=effect, setting=setting, before=value, after=other)
    if isinstance(old, Rows) and isinstance(new, Rows):
        yield from _columns(old, new, spot)


def _columns(old: Rows, new: Rows, spot: _Spot) -> Iterator[Change]:
    was, now = ({column.key: column for column in rows.columns} for rows in (old, new))
    moved = displaced(list(was), list(now))

    def at(column: Field, rows: Rows) -> _Spot:
        return _Spot(column, spot.section, f"{spot.path}.{column.key}", rows.label, "column")

    for key, column in was.items():
        if key not in now:
            yield _removed(at(column, new))
    for key, column in now.items():
        if key not in was:
            yield _added(at(column, new))
            continue
        if key in moved:
            yield _moved(at(was[key], new), at(column, new))
        yield from _field(was[key], at(column, new))
