"""Forms as YAML files that people can read, change and compare: in and out without loss."""

import re
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from forms.errors import DefinitionInvalid, Problem
from forms.exchange.definition_errors import sentence
from forms.schema import MOST_FIELDS, FormSchema
from forms.text import Message, msg

MOST_READ = 3 * MOST_FIELDS
"""A form that is too long is read, to be shortened; one this long would only keep everybody waiting."""
MOST_CHARACTERS = 1_000_000
MOST_LEVELS = 30


class _Loader(yaml.CSafeLoader):
    """YAML in which only `true`, `false`, `null` and whole numbers mean anything but text.

    So an option whose value is `no` stays the text "no", a day or `12:30` stays what was written, and `18.75` reaches
    the design as exact digits.
    """

    yaml_implicit_resolvers: dict[str, Any] = {}

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value in seen:
                raise yaml.constructor.ConstructorError(None, None, "a key is double or no text", key_node.start_mark)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep=deep)


class _Dumper(yaml.CSafeDumper):
    """YAML in block style; texts that another reader could take for something else are quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolve("bool", r"^(?:true|false)$", "tf")
_resolve("int", r"^[-+]?(?:0|[1-9][0-9]*)$", "-+0123456789")
_resolve("null", r"^(?:~|null|)$", "~n\0")


def load_form(text: str) -> FormSchema:
    """The form a YAML text defines. Raises DefinitionInvalid, with every problem and its place, for what is none.

    A form that can be read may still not be fit for publication: ask its `problems()`.
    """
    return form_of(load_value(text))


def form_of(value: Any) -> FormSchema:
    """The form a value of JSON or YAML defines. Raises DefinitionInvalid."""
    try:
        found = FormSchema.model_validate(value)
    except ValidationError as error:
        raise DefinitionInvalid([_problem(detail, value) for detail in error.errors()]) from error
    if found.questions() > MOST_READ:
        limit = msg("Formulir terlalu panjang: paling banyak %(limit)s isian.", limit=MOST_FIELDS)
        raise DefinitionInvalid([Problem("", limit)])
    return found


def load_value(text: str) -> Any:
    """The plain value of a YAML text. Raises DefinitionInvalid for what is too large, too deep, or no YAML."""
    if len(text) > MOST_CHARACTERS:
        raise DefinitionInvalid([Problem("", msg("Berkas terlalu besar."))])
    try:
        _check_events(text)
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a loader that builds plain values only
    except DefinitionInvalid:
        raise
    except yaml.MarkedYAMLError as error:
        raise DefinitionInvalid([Problem("", _yaml_message(error))]) from error
    except (yaml.YAMLError, UnicodeError, ValueError) as error:
        raise DefinitionInvalid([Problem("", msg("Berkas ini bukan YAML yang dapat dibaca."))]) from error


def compose(text: str) -> yaml.Node | None:
    """The tree of a YAML text with the place of each node; nothing for what is no YAML or refers to itself."""
    try:
        _check_events(text)
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except (DefinitionInvalid, yaml.YAMLError, UnicodeError, ValueError):
        return None
    return node


def _check_events(text: str) -> None:
    """Refuse references, which can swell without bound, and nesting deeper than any form."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise DefinitionInvalid([Problem("", msg("Baris %(line)s: rujukan (*) tidak didukung.", line=line))])
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MOST_LEVELS:
                raise DefinitionInvalid([Problem("", msg("Baris %(line)s: susunan terlalu dalam.", line=line))])
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _yaml_message(error: yaml.MarkedYAMLError) -> Message:
    line = error.problem_mark.line + 1 if error.problem_mark else 1
    if isinstance(error, yaml.constructor.ConstructorError):
        return msg("Baris %(line)s: kunci ganda atau jenis nilai yang tidak didukung.", line=line)
    return msg("Baris %(line)s: tulisan ini tidak mengikuti aturan YAML.", line=line)


def _problem(detail: ErrorDetails, value: Any) -> Problem:
    path = ".".join(str(part) for part in _keyed(detail["loc"], value))
    return Problem(path, sentence(detail))


def _keyed(location: tuple[int | str, ...], value: Any) -> list[int | str]:
    """The place with the keys of sections and fields instead of their numbers, and without the tags of kinds."""
    parts: list[int | str] = []
    for part in location:
        if isinstance(value, dict) and part in value:
            value = value[part]
            parts.append(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
            parts.append(value["key"] if isinstance(value, dict) and isinstance(value.get("key"), str) else part)
        elif not (isinstance(value, dict) and value.get("kind") == part):
            parts.append(part)
    return parts


def dump_form(schema: FormSchema) -> str:
    """The form as YAML, leaving out what is the default anyway; `load_form` gives an equal form back."""
    return dump_value(_short(schema.model_dump(mode="json", exclude_defaults=True)))


def dump_value(value: Any) -> str:
    """A plain value as YAML in the style of the shipped files."""
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def _short(value: Any) -> Any:
    """Texts in Indonesian alone as plain strings."""
    if isinstance(value, dict):
        if set(value) == {"id"} and isinstance(value["id"], str):
            return value["id"]
        return {key: _short(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_short(part) for part in value]
    return value
