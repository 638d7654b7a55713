"""Edits of what a part says: the settings of the form, of a section, of a question, and the key of either."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from pydantic import BaseModel

from forms.editing.changes import Edit, edited, merged
from forms.editing.lines import from_lines
from forms.editing.places import Definition, Place, find, fresh_key, name_of, refused, siblings, slug, taken_keys
from forms.editing.references import rename
from forms.editing.texts import texts
from forms.text import msg

KEPT = frozenset({"kind", "key", "columns", "fields", "sections"})
"""Settings with an edit of their own."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def set_form(definition: Definition, values: Mapping[str, Any]) -> Edit:
    """Title, introduction, layout and rules of the form."""

    def change(copy: Definition) -> None:
        merged(copy, _settings(values))

    return edited(definition, change, msg("Pengaturan formulir diubah."))


def set_part(definition: Definition, place: Place, values: Mapping[str, Any], *, settled: Collection[str] = ()) -> Edit:
    """Settings of a section, question or column. A provisional key follows the first label, unless it is `settled`."""

    def change(copy: Definition) -> Place:
        part = find(copy, place)
        old_label = part.get("label")
        merged(part, _settings(values))
        if part.get("label") == old_label or not is_provisional(part) or part["key"] in settled:
            return place
        wanted = slug(name_of(part))
        if not wanted:
            return place
        key = fresh_key(wanted, taken_keys(copy, place.parent) - {part["key"]})
        rename(copy, place, key)
        return place.parent.child(key)

    part = find(definition, place)
    words = {name: value for name, value in values.items() if name in ("label", "title") and value}
    name = name_of({**part, **words})
    return edited(definition, change, msg("“%(name)s” diubah.", name=name), place=place)


def is_provisional(part: Mapping[str, Any]) -> bool:
    """Whether a key was only made up from the kind when the question was added."""
    return "kind" in part and re.fullmatch(rf"{re.escape(part['kind'])}(_\d+)?", part["key"]) is not None


def set_lines(definition: Definition, place: Place, setting: str, model: type[BaseModel], text: str) -> Edit:
    """A list of a question, such as its options, from lines of text. Raises Invalid at the setting."""

    def change(copy: Definition) -> None:
        part = find(copy, place)
        part[setting] = from_lines(model, text, part.get(setting, []))

    name = name_of(find(definition, place))
    return edited(definition, change, msg("Pilihan “%(name)s” diubah.", name=name), place=place)


def rename_part(definition: Definition, place: Place, key: str) -> Edit:
    """Another key, also in every expression that names it. Raises Invalid for a key that is none or is taken."""
    if not _KEY.fullmatch(key):
        raise refused("key", msg("Gunakan huruf kecil, angka, dan garis bawah, diawali huruf."))

    def change(copy: Definition) -> Place:
        parts, _ = siblings(copy, place)
        others = {part["key"] for part in parts} if len(place.keys) > 2 else taken_keys(copy, Place())
        if key in others - {place.key}:
            raise refused("key", msg("Kunci “%(key)s” dipakai lebih dari sekali.", key=key))
        rename(copy, place, key)
        return place.parent.child(key)

    return edited(
        definition, change, msg("Kunci “%(old)s” diubah menjadi “%(new)s”.", old=place.key, new=key), place=place
    )


def set_texts(definition: Definition, given: Mapping[tuple[str, ...], Mapping[str, str | None]]) -> Edit:
    """Texts in several languages by their path (see `texts`); a text given as None or "" takes a translation away.

    A translation that is given again, be it unchanged, counts as up to date.
    """

    def change(copy: Definition) -> None:
        found = texts(copy)
        for path, by_language in given.items():
            text = found.get(path)
            if text is None:
                continue
            for language, words in by_language.items():
                if language == "id":
                    text["id"] = words or text["id"]
                    continue
                text["stale"] = [code for code in text.get("stale", ()) if code != language]
                if words:
                    text[language] = words
                else:
                    text.pop(language, None)

    return edited(definition, change, msg("Terjemahan diubah."))


def replace(definition: Definition, new: Definition) -> Edit:
    """The whole form in other words, as it was written in YAML; it keeps its key."""

    def change(copy: Definition) -> None:
        copy.clear()
        copy.update({**new, "key": definition["key"]})

    return edited(definition, change, msg("Sumber (YAML) diubah."))


def _settings(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in KEPT}
