"""Edits of what stands where: add, move, duplicate, remove and disable sections, questions and columns."""

from copy import deepcopy
from typing import Any

from forms.editing.changes import Edit, edited
from forms.editing.places import (
    GONE,
    Definition,
    Part,
    Place,
    find,
    fresh_key,
    inside,
    name_of,
    room,
    siblings,
    taken_keys,
)
from forms.editing.references import rename
from forms.editing.starting import NEW_FIELD, NEW_SECTION, START
from forms.errors import Invalid
from forms.fields import KINDS
from forms.text import msg

NO_COLUMN = msg("Kolom hanya dapat dipindahkan di dalam tabelnya sendiri.")
NO_SUCH_KIND = msg("Jenis isian ini tidak dikenal.")
TOO_DEEP = msg("Baris di dalam baris hanya dapat bertingkat satu kali.")


def add_section(definition: Definition, title: str = NEW_SECTION, *, index: int | None = None) -> Edit:
    """A new section, at the end or at an index."""

    def change(copy: Definition) -> Place:
        key = fresh_key(f"bagian_{len(copy.get('sections', [])) + 1}", taken_keys(copy, Place()))
        _insert(room(copy, Place()), index, {"key": key, "title": title})
        return Place((key,))

    return edited(definition, change, msg("Bagian “%(name)s” ditambahkan.", name=title))


def add_field(
    definition: Definition, kind: str, parent: Place, *, index: int | None = None, label: str | None = None
) -> Edit:
    """A new question of a kind in a section, or a new column of rows. Its key is provisional until it has a label."""
    if kind not in KINDS:
        raise Invalid(NO_SUCH_KIND)
    if kind == "rows" and len(parent.keys) > 2:
        raise Invalid(TOO_DEEP)

    def change(copy: Definition) -> Place:
        key = fresh_key(label or kind, taken_keys(copy, parent))
        field = {"kind": kind, "key": key, "label": NEW_FIELD, **deepcopy(START.get(kind, {}))}
        if label:
            field["label"] = label
        _insert(room(copy, parent), index, field)
        return parent.child(key)

    return edited(definition, change, msg("Pertanyaan baru ditambahkan."))


def move(definition: Definition, place: Place, parent: Place, index: int) -> Edit:
    """A section, question or column moved to another place; columns stay within their rows."""

    def change(copy: Definition) -> Place:
        if len(parent.keys) != len(place.keys) - 1 or (len(place.keys) > 2 and parent != place.parent):
            raise Invalid(NO_COLUMN)
        parts, at = siblings(copy, place)
        target = room(copy, parent)
        if parent != place.parent and any(part["key"] == place.key for part in target):
            raise Invalid(msg("Bagian tujuan sudah memiliki isian dengan kunci “%(key)s”.", key=place.key))
        _insert(target, index, parts.pop(at))
        return parent.child(place.key)

    return edited(definition, change, msg("“%(name)s” dipindahkan.", name=name_of(find(definition, place))))


def shift(definition: Definition, place: Place, steps: int) -> Edit:
    """Up (-1) or down (1) by one; a question goes on in the next section. Raises Invalid at the very end."""
    parts, at = siblings(definition, place)
    if 0 <= at + steps < len(parts):
        return move(definition, place, place.parent, at + steps)
    if len(place.keys) == 2:
        sections, here = siblings(definition, place.parent)
        if 0 <= here + steps < len(sections):
            target = sections[here + steps]
            return move(definition, place, Place((target["key"],)), 0 if steps > 0 else len(inside(target)))
    raise Invalid(msg("“%(name)s” sudah berada di ujung.", name=name_of(find(definition, place))))


def duplicate(definition: Definition, place: Place) -> Edit:
    """A copy right behind; its keys are new, and what it says about its own questions follows them."""

    def change(copy: Definition) -> Place:
        parts, at = siblings(copy, place)
        taken = taken_keys(copy, place.parent)
        alone = _alone(copy, place)
        for inner in inside(parts[at]) if place.is_section else ():
            key = fresh_key(inner["key"], taken)
            taken.add(key)
            rename(alone, place.child(inner["key"]), key)
        key = fresh_key(place.key, taken)
        rename(alone, place, key)
        parts.insert(at + 1, find(alone, place.parent.child(key)))
        return place.parent.child(key)

    return edited(definition, change, msg("“%(name)s” digandakan.", name=name_of(find(definition, place))))


def _alone(definition: Definition, place: Place) -> Definition:
    """A copy of the part with nothing around it but what it stands in: there, names can change for it alone."""
    part = deepcopy(find(definition, place))
    for depth in range(len(place.keys) - 1, 0, -1):
        outer = find(definition, Place(place.keys[:depth]))
        part = {**outer, "columns" if "kind" in outer else "fields": [part]}
    return {"sections": [part]}


def remove(definition: Definition, place: Place) -> Edit:
    """The part taken away for good, with all that stands inside."""

    def change(copy: Definition) -> None:
        parts, at = siblings(copy, place)
        parts.pop(at)

    part = find(definition, place)
    if not place:
        raise Invalid(GONE)
    return edited(
        definition,
        change,
        msg("“%(name)s” dihapus.", name=name_of(part)),
        place=Place() if place.is_section else place.parent,
    )


def disable(definition: Definition, place: Place, disabled: bool) -> Edit:
    """A question that is not asked any more, or asked again; answers there are stay readable."""

    def change(copy: Definition) -> None:
        field = find(copy, place)
        if "kind" not in field:
            raise Invalid(msg("Hanya isian yang dapat dinonaktifkan."))
        field["disabled"] = disabled

    name = name_of(find(definition, place))
    summary = msg("“%(name)s” dinonaktifkan.", name=name) if disabled else msg("“%(name)s” diaktifkan.", name=name)
    return edited(definition, change, summary, place=place)


def change_kind(definition: Definition, place: Place, kind: str) -> Edit:
    """A question of another kind; the settings both kinds know are kept."""
    if kind not in KINDS:
        raise Invalid(NO_SUCH_KIND)
    if kind == "rows" and len(place.keys) > 3:
        raise Invalid(TOO_DEEP)

    def change(copy: Definition) -> None:
        field = find(copy, place)
        known = KINDS[kind].model_fields
        start: dict[str, Any] = {k: v for k, v in deepcopy(START.get(kind, {})).items() if k not in field}
        kept: Part = {name: value for name, value in field.items() if name in known and name != "kind"}
        for name in [name for name, value in kept.items() if not _fits(kind, field, name, value)]:
            del kept[name]
        field.clear()
        field.update({"kind": kind, **start, **kept})

    name = name_of(find(definition, place))
    return edited(definition, change, msg("Jenis “%(name)s” diubah.", name=name), place=place)


def _fits(kind: str, field: Part, name: str, value: Any) -> bool:
    """Whether a setting of one kind can be read by another: `max` is a length here and a number there."""
    if name in ("key", "label", "help"):
        return True
    alone = {"kind": kind, "key": field["key"], "label": "x", **START.get(kind, {}), name: value}
    try:
        read = KINDS[kind].model_validate(alone)
    except ValueError:
        return False
    return not any(problem.path.partition(".")[0] == name for problem in read.problems())


def _insert(parts: list[Part], index: int | None, part: Part) -> None:
    parts.insert(len(parts) if index is None else max(0, min(index, len(parts))), part)
