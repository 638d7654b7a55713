"""The difference between two versions of a form: found completely, told as sentences, judged by what it means."""

from typing import Any

import pytest
from hypothesis import given

from forms.changes import Change, difference
from forms.schema import FormSchema
from tests.forms.changes.versions import OPTIONS, POINTS, STATEMENTS, form, versions

TEXT: dict[str, Any] = {"kind": "short_text", "key": "aim", "label": "Sasaran"}
NUMBER: dict[str, Any] = {"kind": "number", "key": "target", "label": "Target"}
CHOICE: dict[str, Any] = {"kind": "choice", "key": "sort", "label": "Jenis", "options": OPTIONS}
ROWS: dict[str, Any] = {"kind": "rows", "key": "results", "label": "Hasil", "columns": [TEXT, NUMBER]}


def told(old: FormSchema, new: FormSchema) -> list[tuple[str, str]]:
    """Each change as sentence and class."""
    return [(change.sentence().say(), change.effect) for change in difference(old, new)]


@given(versions())
def test_a_form_does_not_differ_from_itself(schema: FormSchema) -> None:
    assert difference(schema, FormSchema.model_validate(schema.definition())) == ()


@given(versions(), versions())
def test_forms_that_differ_have_changes_and_each_is_a_whole_sentence(old: FormSchema, new: FormSchema) -> None:
    changes = difference(old, new)
    assert bool(changes) == (old.digest() != new.digest())
    for change in changes:
        said = change.sentence().say()
        assert said.endswith(".")
        assert not any(sign in said for sign in ("None", "{", "%("))


@given(versions(), versions())
def test_what_is_added_one_way_is_removed_the_other_way(old: FormSchema, new: FormSchema) -> None:
    def places(changes: tuple[Change, ...], verb: str) -> set[tuple[str, str, str]]:
        parts = {"section", "field", "column", "option", "point", "statement", "row"}
        found = [one for one in changes if one.verb == verb and one.part in parts]
        return {(one.part, one.place.partition(".")[2] or one.place, one.item) for one in found}

    assert places(difference(old, new), "added") == places(difference(new, old), "removed")


@pytest.mark.parametrize(
    ("before", "after", "sentence", "effect"),
    [
        ([TEXT], [TEXT, NUMBER], "Isian “Target” ditambahkan pada “Pekerjaan” dan wajib diisi.", "needs-answer"),
        ([TEXT], [TEXT, NUMBER | {"required": False}], "Isian “Target” ditambahkan pada “Pekerjaan”.", "safe"),
        ([TEXT], [TEXT, NUMBER | {"default": "5"}], "Isian “Target” ditambahkan pada “Pekerjaan”.", "safe"),
        ([TEXT, NUMBER], [TEXT], "Isian “Target” dihapus dari “Pekerjaan”.", "loses-data"),
        ([TEXT], [TEXT | {"disabled": True}], "Isian “Sasaran” kini: tidak ditanyakan lagi.", "loses-data"),
        ([TEXT | {"required": False}], [TEXT], "Isian “Sasaran” kini: wajib diisi.", "needs-answer"),
        ([TEXT], [TEXT | {"required": False}], "Isian “Sasaran” tidak lagi: wajib diisi.", "safe"),
        (
            [TEXT],
            [TEXT | {"label": "Tujuan"}],
            "Isian “Tujuan”: tulisan berubah dari “Sasaran” menjadi “Tujuan”.",
            "safe",
        ),
        (
            [TEXT],
            [TEXT | {"label": {"id": "Sasaran", "en": "Aim"}}],
            "Isian “Sasaran”: tulisan dalam bahasa en ditetapkan menjadi “Aim”.",
            "safe",
        ),
        (
            [TEXT],
            [TEXT | {"max": 50}],
            "Isian “Sasaran”: batas terbesar berubah dari 200 menjadi 50.",
            "needs-answer",
        ),
        ([TEXT], [TEXT | {"max": 400}], "Isian “Sasaran”: batas terbesar berubah dari 200 menjadi 400.", "safe"),
        (
            [NUMBER | {"max": 1000000}],
            [NUMBER | {"max": "1250000.5"}],
            "Isian “Target”: batas terbesar berubah dari 1.000.000 menjadi 1.250.000,5.",
            "safe",
        ),
        (
            [NUMBER],
            [NUMBER | {"unit": "buku"}],
            "Isian “Target”: satuan ditetapkan menjadi “buku”.",
            "needs-answer",
        ),
        (
            [TEXT],
            [TEXT | {"kind": "long_text"}],
            "Isian “Sasaran”: jenis isian berubah dari teks pendek menjadi teks panjang.",
            "needs-answer",
        ),
        (
            [TEXT],
            [TEXT | {"kind": "number"}],
            "Isian “Sasaran”: jenis isian berubah dari teks pendek menjadi angka.",
            "loses-data",
        ),
        (
            [TEXT],
            [TEXT | {"show_when": "1 == 1"}],
            "Isian “Sasaran”: syarat tampil ditetapkan menjadi “1 == 1”.",
            "loses-data",
        ),
        (
            [CHOICE],
            [CHOICE | {"options": OPTIONS[:3]}],
            "Pilihan “Pilihan d” dihapus dari “Jenis”.",
            "loses-data",
        ),
        ([CHOICE | {"options": OPTIONS[:3]}], [CHOICE], "Pilihan “Pilihan d” ditambahkan pada “Jenis”.", "safe"),
        (
            [CHOICE],
            [CHOICE | {"options": [OPTIONS[1], OPTIONS[0], *OPTIONS[2:]]}],
            "Pilihan “Pilihan b” berpindah urutan pada “Jenis”.",
            "safe",
        ),
        (
            [{"kind": "matrix", "key": "m", "label": "Nilai", "statements": STATEMENTS[:2], "points": POINTS}],
            [{"kind": "matrix", "key": "m", "label": "Nilai", "statements": STATEMENTS, "points": POINTS}],
            "Pernyataan “Butir z” ditambahkan pada “Nilai”.",
            "needs-answer",
        ),
        (
            [{"kind": "declaration", "key": "d", "label": "Saya jujur"}],
            [{"kind": "declaration", "key": "d", "label": "Saya sangat jujur"}],
            "Isian “Saya sangat jujur”: tulisan berubah dari “Saya jujur” menjadi “Saya sangat jujur”.",
            "loses-data",
        ),
        (
            [ROWS],
            [ROWS | {"columns": [TEXT]}],
            "Kolom “Target” dihapus dari “Hasil”.",
            "loses-data",
        ),
        (
            [ROWS],
            [ROWS | {"columns": [TEXT | {"required": False}, NUMBER]}],
            "Kolom “Sasaran” tidak lagi: wajib diisi.",
            "safe",
        ),
        ([TEXT, NUMBER], [NUMBER, TEXT], "Isian “Target” berpindah urutan pada “Pekerjaan”.", "safe"),
        (
            [NUMBER],
            [NUMBER | {"checks": [{"rule": "target > 0", "message": "Lebih dari nol."}]}],
            "Batas “Lebih dari nol.” ditambahkan pada “Target”.",
            "needs-answer",
        ),
        (
            [NUMBER | {"checks": [{"rule": "target > 0", "message": "Terlalu kecil."}]}],
            [NUMBER | {"checks": [{"rule": "target > 1", "message": "Terlalu kecil."}]}],
            "Batas “Terlalu kecil.”: isi aturan berubah dari “target > 0” menjadi “target > 1”.",
            "needs-answer",
        ),
    ],
)
def test_a_change_is_told_and_judged(before: list[Any], after: list[Any], sentence: str, effect: str) -> None:
    assert told(form(*before), form(*after)) == [(sentence, effect)]


def test_a_question_that_moves_to_another_section_is_neither_removed_nor_added() -> None:
    talk = {"key": "talk", "title": "Dialog", "fields": [TEXT]}
    old = form(TEXT, NUMBER)
    new = FormSchema.model_validate(
        {
            "key": "a-form",
            "title": "Formulir",
            "sections": [{"key": "work", "title": "Pekerjaan", "fields": [NUMBER]}, talk],
        }
    )
    assert told(old, new) == [
        ("Bagian “Dialog” ditambahkan.", "safe"),
        ("Isian “Sasaran” dipindahkan dari “Pekerjaan” ke “Dialog”.", "safe"),
    ]


def test_a_question_that_moves_into_rows_loses_its_answers() -> None:
    old, new = form(TEXT, ROWS | {"columns": [NUMBER]}), form(ROWS)
    assert [(one.verb, one.place, one.effect) for one in difference(old, new)] == [
        ("removed", "work.aim", "loses-data"),
        ("added", "work.results.aim", "needs-answer"),
    ]


def test_one_moved_section_is_one_change() -> None:
    sections = [{"key": key, "title": key, "fields": [TEXT | {"key": f"f_{key}"}]} for key in "abcde"]
    old, new = (
        FormSchema.model_validate({"key": "a-form", "title": "x", "sections": order})
        for order in (sections, [*sections[1:], sections[0]])
    )
    assert told(old, new) == [("Bagian “a” berpindah urutan.", "safe")]


def test_a_for_each_section_that_follows_another_answer_loses_what_was_answered() -> None:
    section = {"key": "each", "title": "Realisasi", "each": "planning.results", "fields": [NUMBER]}
    old, new = (
        FormSchema.model_validate({"key": "a-form", "title": "x", "sections": [section | {"each": source}]})
        for source in ("planning.results", "planning.others")
    )
    (change,) = difference(old, new)
    assert (change.setting, change.effect, change.answers) == ("each", "loses-data", ("each",))


def test_a_new_rule_may_ask_for_corrections_and_other_words_of_it_do_not() -> None:
    rule = {"rule": "target > 0", "message": "Target harus lebih dari nol."}
    assert told(form(NUMBER), form(NUMBER, rules=[rule])) == [
        ("Aturan “Target harus lebih dari nol.” ditambahkan.", "needs-answer")
    ]
    assert told(form(NUMBER, rules=[rule]), form(NUMBER, rules=[rule | {"message": "Isi target."}])) == [
        ("Aturan “Isi target.”: pesan berubah dari “Target harus lebih dari nol.” menjadi “Isi target.”.", "safe")
    ]
