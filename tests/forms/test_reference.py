"""The reference of the form language names every kind and every setting."""

import re
from pathlib import Path

import pytest

from forms.catalogue import PURPOSES
from forms.exchange.reference import END, START, kinds_in_words, with_kinds
from forms.exchange.yaml import load_form
from forms.fields import KINDS
from webapp.cli.forms import forms as commands

ENGLISH = Path("docs/forms.md").read_text(encoding="utf-8")
INDONESIAN = Path("docs/formulir.md").read_text(encoding="utf-8")


def test_the_reference_is_up_to_date():
    assert with_kinds(ENGLISH) == ENGLISH, "run scripts/form_reference.py"


def test_every_kind_and_every_setting_of_it_is_explained():
    words = kinds_in_words()
    for kind, model in KINDS.items():
        part = words.partition(f"### `{kind}`\n")[2].partition("\n### ")[0]
        assert part, kind
        common = words.partition("\n### `")[0]
        for setting in set(model.model_fields) - {"kind"}:
            assert re.search(rf"^\| `{setting}` \| .+ \| .+ \| .{{10,}} \|$", common + part, re.MULTILINE), setting


def test_people_in_hr_find_every_kind_and_the_form_of_the_example_can_be_published():
    assert [kind for kind in KINDS if f"`{kind}`" not in INDONESIAN] == []
    example = re.search(r"\n\n((?:    .*\n)+)", ENGLISH)[1]
    form = load_form("\n".join(line[4:] for line in example.splitlines()))
    assert form.problems() == []
    assert form.title.say("jv") == "Cathetan kunjungan"


def test_every_command_is_in_the_reference():
    assert [name for name in commands.commands if f"`{name}`" not in ENGLISH and f"forms {name}" not in ENGLISH] == []
    assert len(PURPOSES) == 12


def test_a_document_without_marks_is_refused():
    with pytest.raises(ValueError, match="marks"):
        with_kinds(f"{END} {START}")
