"""Places of problems in YAML texts."""

import pytest

from forms.errors import DefinitionInvalid
from forms.exchange.lines import Lines
from forms.exchange.yaml import load_form

TEXT = """key: dialog
title:
  id: Dialog
  en: Dialogue
sections:
- key: work
  title: Pekerjaan
  fields:
  - kind: choice
    key: kind
    label: Jenis
    options:
    - {value: main, label: Utama}
    - value: extra
      label: Tambahan
  - kind: rows
    key: results
    label: Hasil
    columns:
    - {kind: short_text, key: result, label: Hasil}
    - kind: number
      key: target
      label: Target
      max: 5
rules:
- rule: count(results) > 1
  message: Dua.
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", 1),
        ("title.en", 4),
        ("sections", 5),
        ("sections.work", 6),
        ("sections.work.title", 7),
        ("sections.0.fields.1.columns.1.max", 24),
        ("sections.work.fields.results.columns.target.max", 24),
        ("sections.work.fields.kind.options.extra.label", 15),
        ("kind.options.extra.label", 15),
        ("kind.options.1.label", 15),
        ("results.target", 21),
        ("results.target.max", 24),
        ("results.target.min", 21),
        ("rules.0.message", 27),
        ("rules.7", 25),
        ("nobody", 1),
    ],
)
def test_a_path_leads_to_the_line_of_the_nearest_part(path, line):
    assert Lines(TEXT).of(path) == line


def test_every_problem_of_reading_has_a_line():
    text = TEXT.replace("max: 5", "most: 5").replace("kind: choice", "kind: telepathy").replace("en:", "xx:")
    with pytest.raises(DefinitionInvalid) as refusal:
        load_form(text)
    assert {problem.path: Lines(text).of(problem.path) for problem in refusal.value.problems} == {
        "title.xx": 4,
        "sections.work.fields.kind": 9,
        "sections.work.fields.results.columns.target.most": 24,
    }


@pytest.mark.parametrize(
    "text", ["", "a: [", "a: &x [*x]", "\x00", "- a", "key: 5\nsections: 7", "sections: {fields: 3}"]
)
def test_what_is_no_form_has_no_places_or_its_first_line(text):
    assert Lines(text).of("sections.work.fields.kind") in (None, 1, 2)
    assert Lines(text).of("kind") in (None, 1, 2)
