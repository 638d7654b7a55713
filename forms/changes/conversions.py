"""Which kinds of answers can go on as another kind, and how what was typed is then written."""

from collections.abc import Mapping
from typing import Any, TypeAlias

from forms.fields.base import FieldBase, Raw

Field: TypeAlias = FieldBase[Any]

_TEXTS = frozenset({"short_text", "long_text"})
_AS_TYPED = _TEXTS | {"number", "percentage", "money", "date", "time", "month", "link"}
_NUMBERS = frozenset({"number", "percentage", "money"})
_ONE_OF = frozenset({"choice", "rating"})
_FROM_ONE_OF = _ONE_OF | {"choices", "choice_or_other"}


def convertible(old: Field, new: Field) -> bool:
    """Whether an answer to the old kind can stay as an answer to the new one."""
    was, now = old.kind, new.kind
    return (
        was == now
        or (was in _AS_TYPED and now in _TEXTS)
        or (was in _NUMBERS and now in _NUMBERS)
        or (was in _ONE_OF and now in _FROM_ONE_OF)
    )


def converted(old: Field, new: Field, raw: Raw) -> Raw:
    """What was typed for the old kind, written for the new one; what is written for that already stays as it is."""
    if not isinstance(raw, str):
        return raw
    if new.kind == "choices":
        return [raw]
    if new.kind == "choice_or_other":
        return {"choice": raw, "other": ""}
    if old.kind == "long_text" and new.kind == "short_text":
        return " ".join(raw.split())
    return raw


def offered(field: Field) -> frozenset[str] | None:
    """The values that can be chosen, for kinds with options or a scale."""
    options, points = getattr(field, "options", None), getattr(field, "points", None)
    if options is not None:
        return frozenset(option.value for option in options)
    return None if points is None else frozenset(point.key for point in points)


def chosen(raw: Raw) -> list[tuple[str, str]]:
    """Each single choice in what was typed, with the part it stands in: a statement, an option that is ranked."""
    if isinstance(raw, str):
        return [("", raw)]
    if isinstance(raw, list):
        return [("", one) for one in raw if isinstance(one, str)]
    if isinstance(raw, Mapping):
        return [(str(part), one) for part, one in raw.items() if isinstance(one, str) and one.strip()]
    return []
