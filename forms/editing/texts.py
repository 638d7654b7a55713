"""Texts of a definition: found wherever they stand, and marked where a translation has been left behind."""

from collections.abc import Iterator
from typing import Any

from forms.editing.places import Definition

Path = tuple[str, ...]


def texts(definition: Definition) -> dict[Path, dict[str, Any]]:
    """Every text by a path that stays when parts are moved: `("fields", "results", "columns", "target", "label")`.

    The texts are those of the definition itself, not copies.
    """
    found: dict[Path, dict[str, Any]] = {}
    for path, text in _walk({name: value for name, value in definition.items() if name != "sections"}, ()):
        found.setdefault(path, text)
    for section in definition.get("sections", []):
        own = {name: value for name, value in section.items() if name != "fields"}
        for path, text in _walk(own, ("sections", str(section.get("key")))):
            found.setdefault(path, text)
        for path, text in _walk(section.get("fields", []), ("fields",)):
            found.setdefault(path, text)
    return found


def is_text(value: Any) -> bool:
    """Whether a value of a definition is a text with its translations."""
    return isinstance(value, dict) and isinstance(value.get("id"), str) and not {"kind", "key", "value"} & set(value)


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    if is_text(value):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from _walk(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, _identity(inner, index)))


def _identity(value: Any, index: int) -> str:
    if isinstance(value, dict):
        for name in ("key", "value"):
            if isinstance(value.get(name), str):
                return str(value[name])
    return f"#{index}"


def mark_stale(before: Definition, after: Definition) -> None:
    """Mark, in `after`, every translation that stayed while its Indonesian text changed; a new translation is fresh."""
    old = texts(before)
    for path, text in texts(after).items():
        was = old.get(path)
        if was is None:
            continue
        stale = set(text.get("stale", ()))
        for language in set(text) - {"id", "stale"}:
            if text[language] != was.get(language):
                stale.discard(language)
            elif text["id"] != was["id"]:
                stale.add(language)
        text.pop("stale", None)
        if stale:
            text["stale"] = sorted(stale)
