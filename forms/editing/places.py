"""Where the parts of a form stand: a section, a question of it, a column of its rows."""

import keyword
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from forms.errors import Invalid
from forms.fields.base import RESERVED_KEYS
from forms.text import Message, msg

Definition: TypeAlias = dict[str, Any]
"""A form as JSON: what a version of a design keeps."""
Part: TypeAlias = dict[str, Any]
"""A section, a question or a column in a definition."""

GONE = msg("Bagian atau isian ini sudah tidak ada.")
MOST_KEY = 60


@dataclass(frozen=True, slots=True)
class Place:
    """`work` is a section, `work.results` a question of it, `work.results.target` a column; no keys: the form."""

    keys: tuple[str, ...] = ()

    @classmethod
    def read(cls, text: str) -> "Place":
        """The place a text such as `work.results` names."""
        return cls(tuple(part for part in text.split(".") if part))

    def __str__(self) -> str:
        return ".".join(self.keys)

    def __bool__(self) -> bool:
        return bool(self.keys)

    @property
    def key(self) -> str:
        """The key of the part itself."""
        return self.keys[-1] if self.keys else ""

    @property
    def parent(self) -> "Place":
        """The part that holds it."""
        return Place(self.keys[:-1])

    @property
    def is_section(self) -> bool:
        """Whether it is a section rather than a question or column."""
        return len(self.keys) == 1

    def child(self, key: str) -> "Place":
        """A part inside."""
        return Place((*self.keys, key))


WHOLE = Place()
"""The form itself."""


def inside(part: Part) -> list[Part]:
    """The questions of a section, or the columns of rows; to be read only."""
    found: list[Part] = part.get("columns" if "kind" in part else "fields", [])
    return found


def room(definition: Definition, place: Place) -> list[Part]:
    """The list of what stands inside a place, to be changed. Raises Invalid when the place is gone."""
    part = find(definition, place)
    name = "sections" if not place else "columns" if "kind" in part else "fields"
    found: list[Part] = part.setdefault(name, [])
    return found


def find(definition: Definition, place: Place) -> Part:
    """The part at a place. Raises Invalid when it is gone."""
    part: Part = definition
    parts: list[Part] = definition.get("sections", [])
    for key in place.keys:
        found = next((one for one in parts if one.get("key") == key), None)
        if found is None:
            raise Invalid(GONE)
        part, parts = found, inside(found)
    return part


def siblings(definition: Definition, place: Place) -> tuple[list[Part], int]:
    """The list in which the part at a place stands, and where in it. Raises Invalid when it is gone."""
    if not place:
        raise Invalid(GONE)
    part = find(definition, place)
    parts = room(definition, place.parent)
    return parts, next(index for index, one in enumerate(parts) if one is part)


def parts(definition: Definition) -> Iterator[tuple[Place, Part]]:
    """Every section, question and column with its place, from the top down."""

    def below(place: Place, part: Part) -> Iterator[tuple[Place, Part]]:
        yield place, part
        for one in list(inside(part)):
            yield from below(place.child(one["key"]), one)

    for section in definition.get("sections", []):
        yield from below(Place((section["key"],)), section)


def name_of(part: Part) -> str:
    """How a part is called: its label or title in Indonesian, cut to a line."""
    text = part.get("label") or part.get("title") or part.get("key", "")
    words = text["id"] if isinstance(text, dict) else str(text)
    line = " ".join(words.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def slug(words: str) -> str:
    """A key made of words: `Bobot (%)` → `bobot`."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    key = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].rstrip("_")
    return f"n_{key}" if key and not key[0].isalpha() else key


def fresh_key(wanted: str, taken: set[str], otherwise: str = "isian") -> str:
    """A key like the wanted one that is not taken, nor a word of the expression language or of the pages."""
    base = slug(wanted) or otherwise
    taken = taken | RESERVED_KEYS
    if keyword.iskeyword(base) or base in ("none", "true", "false"):
        base = f"{base}_"
    if base not in taken:
        return base
    stem = re.sub(r"_\d+$", "", base)
    return next(key for key in (f"{stem}_{number}" for number in range(2, 10_000)) if key not in taken)


def taken_keys(definition: Definition, parent: Place) -> set[str]:
    """The keys that a new part inside `parent` had better not bear."""
    top = {section["key"] for section in definition.get("sections", [])}
    top |= {field["key"] for section in definition.get("sections", []) for field in inside(section)}
    # A column that hides a question of the form makes expressions hard to read.
    return top | ({one["key"] for one in inside(find(definition, parent))} if len(parent.keys) > 1 else set())


def refused(setting: str, message: Message) -> Invalid:
    """The refusal of one setting of a part."""
    return Invalid(message, {setting: message})
