"""What a change means for answers there are: nothing, something to add or correct, or something that is lost."""

from decimal import Decimal, InvalidOperation
from typing import Any, TypeAlias

from forms.changes.change import Effect
from forms.changes.conversions import convertible
from forms.fields import Ranking
from forms.fields.base import FieldBase

Field: TypeAlias = FieldBase[Any]

_UPPER = frozenset({"max", "latest", "most", "max_mb", "places"})
_LOWER = frozenset({"min", "earliest"})
_STRICTER_WHEN_SET = frozenset({"format", "pattern", "checks", "required_when"})
_OTHER_MEANING = frozenset({"unit", "currency"})
_OTHER_ANSWER = frozenset({"each", "source", "of"})


def must_be_answered(field: Field) -> bool:
    """Whether a respondent may have to give it and nothing is proposed."""
    asked = field.answered and not field.disabled and not field.read_only
    return asked and (field.required or field.required_when is not None) and field.default is None


def of_added(field: Field) -> Effect:
    """What a new question means."""
    return "needs-answer" if must_be_answered(field) else "safe"


def of_removed(field: Field) -> Effect:
    """What it means that a question is gone."""
    return "loses-data" if field.answered else "safe"


def of_item(part: str, verb: str, field: Field) -> Effect:
    """What a new or missing option, point, statement or given row means."""
    if part == "check":
        return "needs-answer" if verb == "added" else "safe"
    if verb == "removed":
        return "loses-data"
    grows = part in ("statement", "row") or (isinstance(field, Ranking) and field.most is None)
    return "needs-answer" if grows and must_be_answered(field) else "safe"


def of_setting(old: Field, new: Field, setting: str, before: Any, after: Any) -> Effect:
    """What a changed setting of a question means."""
    if not old.answered and not new.answered:
        return "safe"
    if setting == "kind":
        return "needs-answer" if convertible(old, new) else "loses-data"
    if setting in _OTHER_ANSWER:
        return "loses-data"
    if setting in ("disabled", "read_only"):
        return "loses-data" if after else of_added(new)
    if setting == "required":
        return "needs-answer" if after and must_be_answered(new) else "safe"
    if setting == "show_when":
        return of_added(new) if after is None else "loses-data"
    if setting == "label" and new.kind == "declaration":
        return "loses-data" if reworded(before, after) else "safe"
    return "needs-answer" if setting in _OTHER_MEANING or _stricter(setting, before, after) else "safe"


def of_section_setting(setting: str, after: Any, required: bool) -> Effect:
    """What a changed setting of a section means for the questions in it."""
    if setting == "show_when":
        return "loses-data" if after is not None else "needs-answer" if required else "safe"
    return "loses-data" if setting == "each" else "safe"


def reworded(before: Any, after: Any) -> bool:
    """Whether anybody read other words than are there now; a new translation takes nothing back."""
    return any(after.get(language) != words for language, words in before.items() if language != "stale")


def _stricter(setting: str, before: Any, after: Any) -> bool:
    if setting in _STRICTER_WHEN_SET:
        return bool(after)
    if setting == "types":
        return bool(set(before) - set(after))
    if setting in _UPPER or setting in _LOWER:
        return after is not None and (before is None or _tighter(setting, before, after))
    return False


def _tighter(setting: str, before: Any, after: Any) -> bool:
    try:
        was, now = Decimal(str(before)), Decimal(str(after))
        return now < was if setting in _UPPER else now > was
    except InvalidOperation:
        # Days, months and times of day compare as they are written; "today" may be anything.
        if "today" in (before, after):
            return True
        return str(after) < str(before) if setting in _UPPER else str(after) > str(before)
