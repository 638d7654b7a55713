"""The difference of lists inside a part - options, points, statements, given rows, limits, rules - and of settings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from pydantic import BaseModel

from forms.changes.change import Change, Effect, Part
from forms.changes.orders import displaced
from forms.fields.base import FieldBase
from forms.text import Text

Item: TypeAlias = Mapping[str, Any]

LISTS: Mapping[str, tuple[Part, str]] = {
    "options": ("option", "value"),
    "points": ("point", "key"),
    "statements": ("statement", "key"),
    "fixed": ("row", "key"),
}
"""Settings that are lists of named things: what one is, and which setting names it."""
_COMMON = frozenset(FieldBase.model_fields)


def named(before: Sequence[Item], after: Sequence[Item], name: str, base: Change) -> Iterator[Change]:
    """Changes of a list of options, points, statements or given rows."""
    part, by = LISTS[name]
    was, now = ({str(one[by]): one for one in items} for items in (before, after))
    moved = displaced(list(was), list(now))
    for key, one in was.items():
        if key not in now:
            yield replace(_of_item(base, part, key, one), verb="removed")
    for key, one in now.items():
        change = _of_item(base, part, key, one)
        if key not in was:
            yield replace(change, verb="added")
            continue
        if key in moved:
            yield replace(change, verb="moved")
        for setting, value, other in settings(was[key], one):
            effect: Effect = "needs-answer" if setting == "show_when" and other is not None else "safe"
            yield replace(change, setting=setting, before=value, after=other, effect=effect)


def _of_item(base: Change, part: Part, key: str, one: Item) -> Change:
    label = one.get("label")
    return replace(
        base, part=part, item=key, within=base.name, name=Text.model_validate(label) if label else Text(id=key)
    )


def listed(before: Sequence[Item], after: Sequence[Item], part: Part, base: Change) -> Iterator[Change]:
    """Changes of rules or limits, which have no names: the same are those of one condition or one message."""
    pairs = _paired(before, after)
    taken = {id(one) for one, _ in pairs}
    rule = replace(base, part=part, within=base.within if part == "rule" else base.name)
    for one in before:
        if id(one) not in taken:
            yield replace(rule, verb="removed", name=_message(one))
    partner = {id(other): one for one, other in pairs}
    for other in after:
        said = replace(rule, name=_message(other))
        found = partner.get(id(other))
        if found is None:
            yield replace(said, verb="added", effect="needs-answer")
            continue
        for setting, value, now in settings(found, other):
            effect: Effect = "needs-answer" if setting == "rule" else "safe"
            yield replace(said, verb="changed", setting=setting, before=value, after=now, effect=effect)
    order = [str(before.index(one)) for one, _ in sorted(pairs, key=lambda pair: _place_of(after, pair[1]))]
    if order != sorted(order, key=int):
        for index in sorted(displaced(sorted(order, key=int), order), key=int):
            yield replace(rule, verb="moved", name=_message(before[int(index)]))


def _place_of(items: Sequence[Item], wanted: Item) -> int:
    return next(index for index, one in enumerate(items) if one is wanted)


def _paired(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Which rule of the newer version is which of the older: equal ones first, then same condition, then same words."""
    pairs: list[tuple[Item, Item]] = []
    left, right = list(before), list(after)
    for names in (("rule", "message", "at"), ("rule",), ("message",)):
        for other in list(right):
            found = next((one for one in left if all(one.get(name) == other.get(name) for name in names)), None)
            if found is not None:
                pairs.append((found, other))
                left = [one for one in left if one is not found]
                right = [one for one in right if one is not other]
    return pairs


def _message(one: Item) -> Text:
    return Text.model_validate(one["message"])


def plain(part: BaseModel, without: set[str] | None = None) -> dict[str, Any]:
    """The settings of a part as JSON, defaults included, so that any setting there will ever be is compared."""
    return part.model_dump(mode="json", exclude=(without or set()) | {"key"})


def settings(before: Item, after: Item) -> Iterator[tuple[str, Any, Any]]:
    """The settings that differ; where the kind is another, only those every kind has."""
    names = after if before.get("kind") == after.get("kind") else [name for name in after if name in _COMMON]
    for name in names:
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)
