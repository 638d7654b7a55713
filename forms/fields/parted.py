"""What kinds share whose one answer is given in several inputs with a name each."""

from collections.abc import Mapping
from typing import TypeVar

from forms.errors import Invalid
from forms.fields.base import NOT_READABLE, RAW_LIMIT, FieldBase, Raw

Value = TypeVar("Value")


class Parted(FieldBase[Value]):
    """A question whose typed answer is a mapping from part to text; part `x` of `key` is named `key-x` in a page."""

    def parts(self) -> tuple[str, ...]:
        """The names of the inputs."""
        raise NotImplementedError

    def is_blank(self, raw: Raw) -> bool:
        if isinstance(raw, Mapping):
            return all(part is None or (isinstance(part, str) and not part.strip()) for part in raw.values())
        return super().is_blank(raw)

    def typed(self, raw: Raw) -> dict[str, str]:
        """What was typed into each part, without blanks around it. Raises Invalid for what is no such mapping."""
        if not isinstance(raw, Mapping):
            raise Invalid(NOT_READABLE)
        found = {}
        for part in self.parts():
            text = raw.get(part)
            if text is not None and not isinstance(text, str):
                raise Invalid(NOT_READABLE)
            found[part] = (text or "")[:RAW_LIMIT].strip()
        return found

    def shown(self, raw: Raw) -> dict[str, str]:
        """A text for each part whatever `raw` is, for drawing a draft again."""
        given = raw if isinstance(raw, Mapping) else {}
        return {part: given[part] if isinstance(given.get(part), str) else "" for part in self.parts()}
