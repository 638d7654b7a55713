"""The published JSON Schema says what forms may be read."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from forms.catalogue import shipped
from forms.exchange.json_schema import form_json_schema
from forms.exchange.yaml import load_value
from forms.fields import KINDS
from tests.forms.examples import FORM

SCHEMA = form_json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
BROKEN = """
key: a-form
title: {id: Judul, en: Title}
sections:
- key: isi
  title: Isi
  fields:
  - {kind: number, key: n, label: Angka, max: 5}
"""


def faults(value: Any) -> list[str]:
    return [fault.message for fault in VALIDATOR.iter_errors(value)]


def test_it_is_a_schema_of_its_dialect():
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"].endswith("2020-12/schema")
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("key", list(shipped()))
def test_every_shipped_form_is_valid_by_it(key):
    form = shipped()[key]
    assert faults(form.definition()) == []
    assert faults(form.model_dump(mode="json")) == []


def test_a_form_with_texts_in_every_way_is_valid_by_it():
    assert faults(FORM.definition()) == []
    assert faults(load_value(BROKEN)) == []


@pytest.mark.parametrize(
    ("part", "broken"),
    [
        ("kind: number", "kind: telepathy"),
        ("kind: number, ", ""),
        ("key: n, ", ""),
        ("key: n,", "key: N n,"),
        ("max: 5", "most: 5"),
        ("max: 5", "places: 99"),
        ("en: Title", "xx: Title"),
        ("id: Judul, ", ""),
        ("label: Angka", "label: ''"),
        ("key: a-form", "name: a-form"),
        ("title: Isi", "title: [Isi]"),
    ],
)
def test_a_broken_form_is_not(part, broken):
    assert part in BROKEN
    assert faults(load_value(BROKEN.replace(part, broken))) != []


def test_every_kind_and_every_setting_is_described():
    parts = {"form": SCHEMA, **SCHEMA["$defs"]}
    named = {part["properties"]["kind"]["const"] for part in parts.values() if "kind" in part.get("properties", {})}
    assert named == set(KINDS)
    bare = [
        f"{title}.{name}"
        for title, part in parts.items()
        for name, setting in part.get("properties", {}).items()
        if not setting.get("description")
    ]
    assert bare == []
    assert [title for title, part in parts.items() if not part.get("description")] == []
