"""The forms that ship."""

from hashlib import sha256
from importlib.resources import files
from random import Random

import pytest

from forms import answers
from forms.catalogue import PURPOSES, entries, shipped
from forms.context import AnswerContext
from forms.exchange.yaml import dump_form, load_form
from forms.fields import KINDS
from forms.schema import canonical
from forms.text import Text
from tests.forms.kinds import CONTEXT

KEYS = sorted(PURPOSES)
FIRST_DIGESTS = {
    "evaluation": "52f1b91d0c45d6492f350c29e8af20f72575ffbdfefce25ca11c6837e441fc92",
    "peer-feedback": "d7a6597a2c8ae692253418e0e71f013ad781b571a22925235acf15bcd5c663cc",
    "progress-log": "806aa0ca5ab8d3fc41e2d55dc85568bd70bd4980d92278ac688d034b12b77765",
    "public-survey": "6f8550a3634ffa3f4fda178045d9adcf5c985d7d43de1004bec4fe36dace01e4",
    "self-assessment": "e05bea54d238f18c11184b2af885ae903e54fb772189d80e9967508f1479d974",
    "skp-quantitative": "a0eb0c9972476c48ddb5d8eade0bfde1205393f8928896cb006fb38af754fb32",
}
"""Under which these forms are stored where they were published before the language grew; cycles run on them."""
VALUES = ["berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif"]


def texts(value, path=""):
    """Every text of a form with its place."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part, f"{path}.{getattr(part, 'key', getattr(part, 'value', ''))}")
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{path}.{name}")


def test_the_forms_of_the_cycle_ship_under_the_names_of_their_files():
    assert list(shipped()) == KEYS
    assert len(KEYS) >= 12
    assert [file.stem for file in sorted(files("forms.catalogue").glob("*.yaml"))] == KEYS


def test_the_catalogue_says_what_each_form_is_for_and_how_long_it_is():
    assert [entry.key for entry in entries()] == list(PURPOSES)
    assert all(len(entry.purpose.id) < 120 and entry.purpose.en for entry in entries())
    questions = {entry.key: entry.questions for entry in entries()}
    assert questions["progress-log"] == len(shipped()["progress-log"].fields())
    assert all(number > 3 for number in questions.values())


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_may_be_published(key):
    assert shipped()[key].problems() == []


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_speaks_both_languages(key):
    found = list(texts(shipped()[key]))
    assert found
    assert [path for path, text in found if not text.en] == []


@pytest.mark.parametrize("key", FIRST_DIGESTS)
def test_the_first_forms_keep_the_digests_they_were_published_under(key):
    stored = shipped()[key].model_dump(mode="json", exclude_defaults=True, by_alias=True)
    assert sha256(canonical(stored)).hexdigest() == FIRST_DIGESTS[key]


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_form_survives_export_and_import(key):
    form = shipped()[key]
    assert load_form(dump_form(form)) == form
    assert load_form(dump_form(form)).digest() == form.digest()


@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_file_is_written_as_the_export_writes_it(key):
    text = files("forms.catalogue").joinpath(f"{key}.yaml").read_text(encoding="utf-8")
    written = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    assert written == dump_form(shipped()[key])


@pytest.mark.parametrize("key", FIRST_DIGESTS)
def test_invented_answers_to_a_shipped_form_are_accepted(key):
    for seed in range(20):
        stored = answers.check(shipped()[key], answers.example(shipped()[key], Random(seed), CONTEXT), CONTEXT)
        assert answers.check(shipped()[key], answers.edit(shipped()[key], stored), CONTEXT) == stored


def test_the_catalogue_uses_only_kinds_there_are_and_most_of_them():
    fields = [field for form in shipped().values() for field in form.fields()]
    used = {inner.kind for field in fields for inner in (field, *getattr(field, "columns", ()))}
    assert used <= set(KINDS)
    assert set(KINDS) - used == {"hidden", "time"}


@pytest.mark.parametrize(
    ("key", "places"),
    [
        ("self-assessment", ["results.each"]),
        ("evaluation", ["results.each"]),
        ("coaching-feedback", ["progress.each", "actions.for_result.source"]),
    ],
)
def test_later_forms_follow_the_rows_of_the_plan(key, places):
    plan = shipped()["skp-quantitative"].field("results")
    assert shipped()[key].source_problems({"planning.results": plan}) == []
    assert [problem.path for problem in shipped()[key].source_problems({})] == places


def test_the_values_stand_with_their_three_behaviours_as_the_law_words_them():
    form = shipped()["peer-feedback"]
    assert [field.key for field in form.sections[0].fields] == VALUES
    assert all(field.help.id.count("• ") == field.help.en.count("• ") == 3 for field in form.sections[0].fields)
    assert form.field("akuntabel").help.id == (
        "• Melaksanakan tugas dengan jujur, bertanggung jawab, cermat, disiplin, dan berintegritas tinggi\n"
        "• Menggunakan kekayaan dan barang milik negara secara bertanggung jawab, efektif, dan efisien\n"
        "• Tidak menyalahgunakan kewenangan jabatan"
    )
    assert [point.key for point in form.field("loyal").points] == ["above", "meets", "below", "cannot_judge"]
    assert form.field("loyal").number("cannot_judge") is None


def test_plan_and_evaluation_ask_about_every_value():
    assert all(shipped()["skp-quantitative"].field(f"expectation_{value}") for value in VALUES)
    assert all(shipped()["evaluation"].field(f"note_{value}") for value in VALUES)


def test_the_survey_keeps_the_codes_of_the_elements_apart_from_their_order():
    form = shipped()["public-survey"]
    elements = form.sections[1].fields
    assert [field.key for field in elements] == ["u1", "u2", "u3", "u4", "u5", "u6", "u7", "u9", "u8"]
    assert all([int(point.value) for point in field.points] == [1, 2, 3, 4] for field in elements)
    assert [point.label.id for point in form.field("u4").points] == ["Sangat mahal", "Cukup mahal", "Murah", "Gratis"]
    assert [point.label.id for point in form.field("u8").points] == [
        "Tidak ada",
        "Ada tetapi tidak berfungsi",
        "Berfungsi kurang maksimal",
        "Dikelola dengan baik",
    ]
    raw = {"service": "keterangan", **{f"u{number}": "4" for number in range(1, 10)}}
    measured = answers.measures(form, answers.check(form, raw, AnswerContext(CONTEXT.today)))
    assert sorted(measured) == [(f"u{number}", 4) for number in range(1, 10)]


def test_a_log_entry_counts_services_and_lies_not_in_the_future():
    form = shipped()["progress-log"]
    raw = {"date": "30/01/2026", "activity": "pelayanan", "service": "Surat keterangan domisili", "count": "12"}
    assert [(name, int(number)) for name, number in answers.measures(form, answers.check(form, raw, CONTEXT))] == [
        ("services", 12)
    ]
    with pytest.raises(answers.AnswersInvalid) as refusal:
        answers.check(form, raw | {"date": "31/01/2026"}, CONTEXT)
    assert list(refusal.value.errors) == ["date"]
