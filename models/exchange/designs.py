"""Definitions as YAML text, in and out without loss, and the digest that names a definition."""

import hashlib
import json
import re
from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import ValidationError

from forms.exchange.definition_errors import sentences
from forms.text import msg
from models.cycle_design import CycleDesign
from models.errors import Invalid

MOST_CHARACTERS = 500_000
MOST_NODES = 50_000
"""How many values a definition may have once its references are followed: a short file can mean an endless one."""


def canonical_digest(definition: dict[str, Any]) -> str:
    """SHA-256 of the definition as canonical JSON (sorted keys, no white space)."""
    text = json.dumps(definition, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def load_cycle(text: str) -> CycleDesign:
    """Read a cycle design from YAML; raises `Invalid` that names each wrong place."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid(msg("Berkas rancangan terlalu besar."))
    try:
        _check_size(text)
        found = yaml.safe_load(text)
    except RecursionError as wrong:
        raise Invalid(msg("Berkas rancangan tersusun terlalu dalam.")) from wrong
    except yaml.YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise Invalid(msg("Berkas ini bukan YAML yang benar (baris %(line)s).", line=line)) from wrong
    try:
        return CycleDesign.model_validate(found)
    except ValidationError as wrong:
        raise Invalid(msg("Rancangan ini tidak dapat dibaca."), sentences(wrong)) from wrong


def _check_size(text: str) -> None:
    """Refuse what grows without bound when references are followed, those to themselves included."""
    todo, seen = [yaml.compose(text, Loader=yaml.SafeLoader)], 0
    while todo:
        node = todo.pop()
        seen += 1
        if seen > MOST_NODES:
            raise Invalid(msg("Berkas rancangan terlalu besar."))
        if isinstance(node, yaml.MappingNode):
            todo += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            todo += node.value


def is_cycle(content: bytes) -> bool:
    """Whether the bytes of a definition in YAML are those of a cycle: it has stages, a form has none."""
    return re.search(rb"^stages:", content, re.MULTILINE) is not None


def read_cycle(content: bytes) -> dict[str, Any]:
    """The definition of a cycle in the bytes of a YAML file. Raises `Invalid` with each place."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise Invalid(msg("Berkas ini bukan teks UTF-8.")) from wrong
    return load_cycle(text).model_dump(mode="json", exclude_defaults=True, by_alias=True)


def dump_cycle(design: CycleDesign) -> str:
    """Write a cycle design as YAML; `load_cycle` gives the same value back."""
    value = design.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=120)


@cache
def shipped_cycles() -> dict[str, CycleDesign]:
    """The cycle designs that come with the product."""
    folder = resources.files("models.exchange") / "catalogue"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name)
    designs = [load_cycle(file.read_text(encoding="utf-8")) for file in files]
    return {design.key: design for design in designs}
