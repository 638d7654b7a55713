"""Checking, keeping, measuring and showing answers."""

import json
from decimal import Decimal

import pytest

from forms import answers
from forms.answers import AnswersInvalid
from forms.schema import FormSchema
from tests.forms.examples import FOLLOW_UP, FORM
from tests.forms.kinds import CONTEXT

RAW = {
    "date": "30/01/2026",
    "data": "7",
    "errors": ["perilaku", "hasil"],
    "results": [
        {"_id": "r1", "what": "Surat keterangan", "target": "1.200"},
        {"_id": "r2", "what": "Kepuasan", "target": "87,5"},
    ],
    "results_2": "12",
}
STORED = {
    "date": "2026-01-30",
    "data": "7",
    "errors": ["hasil", "perilaku"],
    "results": [
        {"_id": "r1", "what": "Surat keterangan", "target": "1200"},
        {"_id": "r2", "what": "Kepuasan", "target": "87.5"},
    ],
    "results_2": "12",
}


def test_answers_are_stored_typed_and_without_what_was_not_given():
    assert answers.check(FORM, RAW, CONTEXT) == STORED
    few = {key: RAW[key] for key in ("date", "results")}
    assert answers.check(FORM, few | {"data": "", "errors": []}, CONTEXT) == {
        key: STORED[key] for key in ("date", "results")
    }


def test_nothing_that_is_not_asked_can_get_into_the_answers():
    smuggled = RAW | {"status": "signed", "owner_id": 1, "_id": "x", "csrf_token": "t", "_add": "results", 5: "x"}
    assert answers.check(FORM, smuggled, CONTEXT) == STORED


def test_every_mistake_is_named_by_its_path():
    raw = {
        "date": "",
        "data": "8",
        "results": [{"what": "", "target": ""}, {"what": "A", "target": "x"}, {"what": "B"}],
    }
    with pytest.raises(AnswersInvalid) as refusal:
        answers.check(FORM, raw, CONTEXT)
    assert {path: str(message) for path, message in refusal.value.errors.items()} == {
        "date": "Isian ini wajib diisi.",
        "data": "Pilih salah satu pegawai dari daftar.",
        "results.1.target": "Tuliskan angka, contoh 1.250 atau 18,75.",
        "results.2.target": "Isian ini wajib diisi.",
    }
    assert str(refusal.value.message) == "Ada 4 isian yang perlu diperbaiki."


@pytest.mark.parametrize("raw", [None, [], "x", 5, True])
def test_what_are_no_answers_at_all_is_refused(raw):
    with pytest.raises(AnswersInvalid) as refusal:
        answers.check(FORM, raw, CONTEXT)
    assert list(refusal.value.errors) == [""]


def test_answers_have_a_largest_size():
    fields = [{"kind": "long_text", "key": f"f{number}", "label": "x", "max": 20_000} for number in range(20)]
    form = FormSchema.model_validate(
        {"key": "a", "title": "A", "sections": [{"key": "s", "title": "S", "fields": fields}]}
    )
    assert form.problems() == []
    with pytest.raises(AnswersInvalid) as refusal:
        answers.check(form, {f"f{number}": "x" * 20_000 for number in range(20)}, CONTEXT)
    assert list(refusal.value.errors) == [""]
    assert answers.check(form, {f"f{number}": "x" * 10_000 for number in range(20)}, CONTEXT)


def test_loaded_answers_are_typed_and_complete():
    values = answers.load(FORM, {key: STORED[key] for key in ("date", "results")})
    assert values["date"] == CONTEXT.today
    assert values["results"][1] == {"_id": "r2", "what": "Kepuasan", "target": Decimal("87.5")}
    assert (values["data"], values["results_2"]) == (None, None)


def test_edited_answers_are_as_one_would_type_them():
    raw = answers.edit(FORM, STORED)
    assert raw["results"][1] == {"_id": "r2", "what": "Kepuasan", "target": "87,5"}
    assert answers.check(FORM, raw, CONTEXT) == STORED


def test_a_digest_holds_for_the_answers_whatever_the_order_of_keys():
    turned = json.loads(json.dumps(dict(reversed(STORED.items()))))
    assert answers.digest(turned) == answers.digest(STORED)
    assert answers.digest(STORED | {"results_2": "13"}) != answers.digest(STORED)
    assert len(answers.digest({})) == 64


def test_measures_are_taken_from_fields_and_from_every_row():
    assert answers.measures(FORM, STORED) == [
        ("target", Decimal(1200)),
        ("target", Decimal("87.5")),
        ("services", Decimal(12)),
    ]
    assert answers.measures(FORM, {}) == []


def test_answers_are_shown_by_section_in_the_language_of_the_reader():
    talk, agreed = answers.display(FORM, STORED, "en", CONTEXT)
    assert (talk.title, [(row.label, row.text) for row in talk.rows]) == (
        "Dialogue",
        [("Date", "30 January 2026"), ("Rekan", "Ani Rahmawati"), ("Topik", "Hasil; Perilaku")],
    )
    assert agreed.rows[0].table.columns == ["What", "Target"]
    assert agreed.rows[0].table.rows == [["Surat keterangan", "1,200"], ["Kepuasan", "87.5"]]


def test_what_was_not_answered_shows_as_a_dash():
    talk, agreed = answers.display(FORM, {}, "id", CONTEXT)
    assert [row.text for row in talk.rows + agreed.rows] == ["–"] * 5
    assert agreed.rows[0].table.rows == []


def test_rows_that_follow_the_plan_keep_its_names_and_show_its_words():
    raw = {"results": [{"_id": "b2", "realisation": "9"}, {"_id": "a1", "realisation": "1.100"}]}
    stored = answers.check(FOLLOW_UP, raw, CONTEXT)
    assert stored == {"results": [{"_id": "a1", "realisation": "1100"}, {"_id": "b2", "realisation": "9"}]}
    table = answers.display(FOLLOW_UP, stored, "id", CONTEXT)[0].rows[0].table
    assert (table.columns, table.rows[0]) == (["result", "Realisasi"], ["Terlayaninya pemohon", "1.100"])


def test_a_row_of_the_plan_left_out_is_a_mistake_at_its_place():
    with pytest.raises(AnswersInvalid) as refusal:
        answers.check(FOLLOW_UP, {"results": [{"_id": "b2", "realisation": "9"}]}, CONTEXT)
    assert list(refusal.value.errors) == ["results.0.realisation"]
