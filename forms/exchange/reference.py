"""The reference of the form language in words: every kind with its settings, out of the published schema."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from forms.exchange.json_schema import form_json_schema
from forms.fields import KINDS
from forms.fields.base import FieldBase

START = "<!-- kinds: written by scripts/form_reference.py -->"
END = "<!-- end of kinds -->"


def kinds_in_words() -> str:
    """Markdown: what every question can say, then each kind with what it says beside."""
    schema = form_json_schema()["$defs"]
    common = [name for name in FieldBase.model_fields if name != "kind"]
    plain = schema["ShortText"]["properties"]
    lines = ["### What every question can say", "", *_table({name: plain[name] for name in common}), ""]
    for kind, model in KINDS.items():
        part = schema[model.__name__]
        own = {name: one for name, one in part["properties"].items() if name not in (*common, "kind")}
        lines += [f"### `{kind}`", "", " ".join(inspect.getdoc(model).split()), ""]  # type: ignore[union-attr]
        lines += [*_table(own), ""] if own else []
    return "\n".join(lines).strip()


def with_kinds(document: str) -> str:
    """A document with its part between the marks written anew. Raises ValueError for a document without marks."""
    before, start, rest = document.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError("the document has no marks for the kinds")
    return f"{before}{START}\n\n{kinds_in_words()}\n\n{END}{after}"


def _table(settings: dict[str, Any]) -> Iterator[str]:
    yield "| setting | value | without it | what it means |"
    yield "|---|---|---|---|"
    for name, one in settings.items():
        yield f"| `{name}` | {_value(one)} | {_default(one)} | {one['description']} |"


def _value(setting: dict[str, Any]) -> str:
    """What a setting holds, in words."""
    if "$ref" in setting:
        return setting["$ref"].rpartition("/")[2].lower()  # type: ignore[no-any-return]
    if "enum" in setting or "const" in setting:
        return ", ".join(f"`{one}`" for one in setting.get("enum", [setting.get("const")]))
    parts = [one for one in setting.get("anyOf", []) if one.get("type") != "null"]
    if parts:
        words = list(dict.fromkeys(_value(one) for one in parts))
        return " or ".join(word for word in words if not (word == "text" and "number" in words))
    if setting.get("type") == "array":
        inner = setting.get("items", {})
        return f"list of {'questions' if 'oneOf' in inner else _value(inner)}"
    return {"integer": "whole number", "number": "number", "boolean": "`true`, `false`"}.get(setting["type"], "text")


def _default(setting: dict[str, Any]) -> str:
    value = setting.get("default")
    if value in (None, [], ""):
        return "–"
    if isinstance(value, dict):
        return str(value.get("en", value["id"]))
    if isinstance(value, list):
        return "all"
    return f"`{re.sub('^(True|False)$', lambda found: found[0].lower(), str(value))}`"
