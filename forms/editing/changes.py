"""What every edit shares: a whole new definition, tidy and readable, with what was done in words."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from forms.editing.places import WHOLE, Definition, Place, find
from forms.editing.texts import mark_stale
from forms.errors import Invalid
from forms.exchange.definition_errors import sentences
from forms.fields import KINDS
from forms.schema import FormSchema, Section
from forms.text import Message, msg

CHECK_AGAIN = msg("Periksa kembali isian Anda.")


@dataclass(frozen=True, slots=True)
class Edit:
    """An edited definition, what was done, and the place to look at now."""

    definition: Definition
    summary: Message
    place: Place = WHOLE


def tidy(definition: Definition) -> Definition:
    """The definition as it is stored. Raises Invalid, by path, for what cannot be read as a form."""
    try:
        return FormSchema.model_validate(definition).definition()
    except ValidationError as wrong:
        raise Invalid(CHECK_AGAIN, sentences(wrong)) from wrong


def edited(
    before: Definition, change: Callable[[Definition], Place | None], summary: Message, *, place: Place = WHOLE
) -> Edit:
    """The edit that `change` makes on a copy; it may give the place to look at. Translations left behind are marked.

    Raises Invalid when the result would not be a form; errors inside the part at hand are named by its settings.
    """
    after = deepcopy(before)
    here = change(after) or place
    mark_stale(before, after)
    _check_part(after, here)
    return Edit(tidy(after), summary, here)


def _check_part(definition: Definition, place: Place) -> None:
    """Say what is wrong with the part at hand by its own settings (`max`, `options.0.value`)."""
    if not place:
        return
    part = find(definition, place)
    model: Any = Section if place.is_section else KINDS.get(part.get("kind", ""))
    if model is None:
        raise Invalid(CHECK_AGAIN, {"kind": msg("Jenis isian ini tidak dikenal.")})
    try:
        model.model_validate(part)
    except ValidationError as wrong:
        raise Invalid(CHECK_AGAIN, sentences(wrong)) from wrong


def merged(part: dict[str, Any], values: dict[str, Any]) -> None:
    """Set the settings of a part. A string for a text changes its Indonesian words and keeps the translations; None
    and "" take the setting away."""
    for name, value in values.items():
        old = part.get(name)
        if isinstance(old, dict) and isinstance(old.get("id"), str) and isinstance(value, str) and value.strip():
            part[name] = {**old, "id": value.strip()}
        elif value is None or value == "":
            part.pop(name, None)
        else:
            part[name] = value
