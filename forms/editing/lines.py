"""Lists of choices as lines of text, one choice a line: quicker to write, paste and sort than forty small boxes."""

import re
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from forms.editing.places import fresh_key, slug
from forms.errors import Invalid
from forms.fields.number import read_decimal
from forms.text import msg
from forms.wording import plain

Item = dict[str, Any]
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_POINT_KEY = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
MOST_LINES = 1000


def is_listed(model: type[BaseModel]) -> bool:
    """Whether things of this class can be written one a line: they have a name of their own and a label."""
    return "label" in model.model_fields and bool({"key", "value"} & set(model.model_fields)) and not _is_field(model)


def _is_field(model: type[BaseModel]) -> bool:
    return "kind" in model.model_fields


def to_lines(model: type[BaseModel], items: list[Item]) -> str:
    """The list as text: the label alone where the value follows from it, else `value = label`."""
    write = _point_line if _is_scale(model) else _keyed_line(_name(model))
    return "\n".join(write(item) for item in items)


def from_lines(model: type[BaseModel], text: str, before: list[Item]) -> list[Item]:
    """The list that lines of text say. Whatever else a choice had (translations, a condition) it keeps by its value.

    A line that names no value keeps the one its label had, or gets one made of the label. Raises Invalid, naming the
    line, for what cannot be read.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST_LINES:
        raise Invalid(msg("Tuliskan paling banyak %(limit)s baris.", limit=MOST_LINES))
    return _read_points(lines, before) if _is_scale(model) else _read_keyed(lines, before, _name(model))


def _name(model: type[BaseModel]) -> str:
    return "key" if "key" in model.model_fields else "value"


def _is_scale(model: type[BaseModel]) -> bool:
    return {"key", "value"} <= set(model.model_fields)


def _words(item: Item) -> str:
    label = item.get("label") or ""
    return " ".join((label["id"] if isinstance(label, dict) else str(label)).split())


def _keyed_line(name: str) -> Any:
    def write(item: Item) -> str:
        words = _words(item)
        return words if slug(words) == item[name] and " = " not in words else f"{item[name]} = {words}"

    return write


def _label(words: str, before: Item | None) -> Any:
    kept = before.get("label") if before else None
    return {**kept, "id": words} if isinstance(kept, dict) else words


def _read_keyed(lines: list[tuple[int, str]], before: list[Item], name: str) -> list[Item]:
    by_value = {item[name]: item for item in before}
    by_words = {_words(item): item for item in before}
    named = [_VALUE.fullmatch(line.partition(" = ")[0].strip()) if " = " in line else None for _, line in lines]
    taken = {match[0] for match in named if match}
    found = []
    for (_, line), match in zip(lines, named, strict=True):
        words = line.partition(" = ")[2].strip() if match else line
        old = by_value.get(match[0]) if match else by_words.get(words)
        if match:
            value = match[0]
        elif old is not None and old[name] not in taken:
            value = old[name]
        else:
            value = fresh_key(words, taken, "pilihan")
        taken.add(value)
        found.append({**(old or {}), name: value, "label": _label(words, old)})
    return found


def _point_line(item: Item) -> str:
    value = plain(Decimal(str(item["value"]))).replace(".", ",") if item.get("value") is not None else ""
    words = _words(item)
    if value and item["key"] == _value_key(value):
        return f"{value} = {words}" if words else value
    left = f"{item['key']}: {value}".rstrip()
    return f"{left} = {words}" if words else left


def _value_key(value: str) -> str:
    return value.replace("-", "minus_").replace(",", "_").replace(".", "_")


def _read_points(lines: list[tuple[int, str]], before: list[Item]) -> list[Item]:
    old = {item["key"]: item for item in before}
    read = [_point(number, line) for number, line in lines]
    if all(key is None and value is None for key, value, _ in read):
        # Words alone: the scale counts from one.
        read = [(None, Decimal(position), words) for position, (_, _, words) in enumerate(read, 1)]
    taken: set[str] = {key for key, _, _ in read if key is not None}
    found = []
    for given, value, words in read:
        made = _value_key(plain(value)) if value is not None else fresh_key(words, taken, "titik")
        key = given or made
        taken.add(key)
        point: Item = {"key": key}
        if value is not None:
            point["value"] = plain(value)
        if words:
            point["label"] = _label(words, old.get(key))
        found.append(point)
    return found


def _point(number: int, line: str) -> tuple[str | None, Decimal | None, str]:
    """Key, value and label of `above: 3 = Di atas`, `3 = Di atas`, `unknown: = Tidak tahu` or `Di atas`."""
    left, equals, words = line.partition(" = ")
    if not equals and line.endswith(" ="):
        left, words = line[:-2], ""
    left, words = left.strip(), words.strip()
    key, colon, figure = left.partition(":")
    if colon and _POINT_KEY.fullmatch(key.strip()):
        return key.strip(), _figure(number, figure.strip()) if figure.strip() else None, words
    try:
        return None, read_decimal(left, 6), words
    except Invalid:
        if equals and _POINT_KEY.fullmatch(left):
            return left, None, words
        return None, None, line


def _figure(number: int, text: str) -> Decimal:
    try:
        return read_decimal(text, 6)
    except Invalid as wrong:
        raise Invalid(msg("Baris %(line)s: tuliskan nilai berupa angka.", line=number)) from wrong
