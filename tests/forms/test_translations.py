"""Translations of a form as a table, out and back."""

import csv
import io
from copy import deepcopy
from functools import reduce
from operator import getitem

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.catalogue import shipped
from forms.exchange.translations import Status, from_csv, languages, rows, to_csv
from forms.exchange.yaml import load_form
from forms.schema import FormSchema
from tests.forms.strategies import schemas, words

FORM = load_form("""
key: dialog
title: {id: Dialog kinerja, en: Performance dialogue, jv: Rembugan, stale: [jv]}
rules:
- {rule: "sum(results.weight) == 100", message: Bobot berjumlah 100.}
sections:
- key: work
  title: Pekerjaan
  fields:
  - kind: choice
    key: kind
    label: {id: Jenis, en: Kind}
    options:
    - {value: main, label: {id: Utama, en: Main}}
    - {value: "2", label: "=Tambahan"}
  - kind: rows
    key: results
    label: Hasil
    columns:
    - {kind: number, key: weight, label: Bobot, checks: [{rule: "weight > 0", message: Lebih dari nol.}]}
""")
EVERY_PATH = [
    "title",
    "sections.work.title",
    "fields.kind.label",
    "fields.kind.options.main.label",
    "fields.kind.options.2.label",
    "fields.results.label",
    "fields.results.columns.weight.label",
    "fields.results.columns.weight.checks.#0.message",
    "rules.#0.message",
]


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def typed(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def refused(form, data):
    same, problems = from_csv(form, data)
    assert same == form
    assert problems
    return [(one.row, one.column, str(one.message)) for one in problems]


def test_every_text_stands_in_the_table_with_the_state_of_each_translation():
    assert sorted(row.path for row in rows(FORM)) == sorted(EVERY_PATH)
    assert languages(FORM) == ("en", "jv")
    head, title, *_ = table(to_csv(FORM, also=["su", "en"]))
    assert head == ["path", "id", "en", "status_en", "jv", "status_jv", "su", "status_su"]
    assert title == [
        "title",
        "Dialog kinerja",
        "Performance dialogue",
        "current",
        "Rembugan",
        "stale",
        "",
        "missing",
    ]
    assert {row.path: row.status("en") for row in rows(FORM)}["fields.results.label"] == Status.MISSING


def test_no_text_can_act_as_a_formula_and_it_comes_back_as_it_was():
    written = [cells for cells in table(to_csv(FORM)) if cells[0] == "fields.kind.options.2.label"]
    assert written[0][1] == "'=Tambahan"
    data = typed("path;id;en", "fields.kind.options.2.label;'=Tambahan;'=Additional")
    form, problems = from_csv(FORM, data)
    assert problems == []
    assert form.field("kind").options[1].label.en == "=Additional"


@st.composite
def translated(draw: st.DrawFn) -> tuple[FormSchema, FormSchema]:
    """A form in Indonesian alone, and the same with translations of which some are out of date."""
    plain = draw(schemas()).model_dump(mode="json")
    full = deepcopy(plain)
    for row in rows(FormSchema.model_validate(plain)):
        said = draw(st.dictionaries(st.sampled_from(["en", "jv", "zh_Hant"]), words, max_size=2))
        for form, text in ((plain, {}), (full, {**said, "stale": draw(st.lists(st.sampled_from(["en", "jv"])))})):
            *way, last = row.location
            reduce(getitem, way, form)[last] = {"id": row.text.id, **text}
    return FormSchema.model_validate(plain), FormSchema.model_validate(full)


@settings(max_examples=25)
@given(translated())
def test_the_translations_of_any_form_leave_and_come_back(forms):
    plain, full = forms
    assert from_csv(full, to_csv(full)) == (full, [])
    again, problems = from_csv(plain, to_csv(full))
    assert (again, problems, again.digest()) == (full, [], full.digest())


def test_the_shipped_forms_come_back_equal():
    for form in shipped().values():
        again, problems = from_csv(form, to_csv(form))
        assert (again, problems, again.digest()) == (form, [], form.digest())


@pytest.mark.parametrize(
    "data",
    [
        "path,id,en\nfields.results.label,Hasil,Café".encode(),
        "path;id;en\r\nfields.results.label;Hasil;Café\r\n".encode("utf-8-sig"),
        "path;id;en\r\nfields.results.label;Hasil;Café\r\n".encode("cp1252"),
        "path\tid\ten\r\nfields.results.label\tHasil\tCafé\r\n".encode("utf-16"),
        'sep=;\r\n"PATH";"ID";"EN"\r\n\r\n"fields.results.label";" Hasil ";"Café "\r\n'.encode(),
        "en;id;path;catatan kosong\nCafé;Hasil;fields.results.label".replace(";catatan kosong", ";").encode(),
    ],
)
def test_files_are_read_however_offices_save_them(data):
    form, problems = from_csv(FORM, data)
    assert problems == []
    assert form.field("results").label.en == "Café"
    assert form.title == FORM.title


def test_a_new_translation_is_current_and_a_stale_one_stays_so_until_it_is_confirmed():
    stale = typed("path;id;jv;status_jv", "title;Dialog kinerja;Rembugan;stale")
    assert from_csv(FORM, stale)[0] == FORM
    confirmed = typed("path;id;jv;status_jv", "title;Dialog kinerja;Rembugan;CURRENT")
    assert from_csv(FORM, confirmed)[0].title.stale == ()
    changed = from_csv(FORM, typed("path;id;jv", "title;Dialog kinerja;Rembug kinerja"))[0]
    assert (changed.title.say("jv"), changed.title.stale, changed.title.en) == (
        "Rembug kinerja",
        (),
        "Performance dialogue",
    )


def test_empty_cells_and_missing_rows_change_nothing():
    assert from_csv(FORM, typed("path;id;en;jv", "title;Dialog kinerja;;", ";;;")) == (FORM, [])


def test_a_moved_question_is_found_again():
    moved = FORM.model_dump(mode="json")
    moved["sections"].append({"key": "other", "title": "Lain", "fields": [moved["sections"][0]["fields"].pop()]})
    form, problems = from_csv(FormSchema.model_validate(moved), to_csv(FORM))
    assert problems == []
    assert form.field("results").label == FORM.field("results").label


def test_every_row_that_does_not_fit_is_named_and_nothing_is_taken_over():
    data = typed(
        "path;id;en;jv",
        "fields.results.label;Hasil;Results;Asil",
        "fields.gone.label;Hilang;Gone;",
        "title;Dialog lama;Old dialogue;",
        "fields.results.label;Hasil;Results;",
        f"fields.kind.label;Jenis;{'x' * 4001};",
    )
    assert refused(FORM, data) == [
        (3, "path", "Teks ini tidak ada lagi pada formulir. Hapus barisnya atau ekspor ulang."),
        (4, "id", "Teks bahasa Indonesia telah berubah sejak berkas diekspor. Ekspor ulang lalu terjemahkan."),
        (5, "path", "Teks ini tercantum dua kali. Hapus salah satu barisnya."),
        (6, "en", "Teks terlalu panjang."),
    ]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"", (1, "path")),
        (b"\xff\xfe\x00", (1, "path")),
        (b"PK\x03\x04\x00\x00", (1, "path")),
        (b"nama;nip\nA;1", (1, "path")),
        (b"path;id;en;en\n", (1, "path")),
        (b"path;id;xx\ntitle;Dialog kinerja;A", (1, "xx")),
        (b'path;id;en\n"title;Dialog', (1, "path")),
        (b"path;id;en\n" * 30_000, (1, "path")),
        (b"x" * 5_000_001, (1, "path")),
    ],
)
def test_files_that_are_no_table_of_texts_are_refused(data, place):
    assert refused(FORM, data)[0][:2] == place


@given(st.binary(max_size=200) | st.text().map(lambda text: f"path;id;en\n{text}".encode(errors="replace")))
def test_any_bytes_end_in_a_form_or_in_problems(data):
    form, problems = from_csv(FORM, data)
    assert form == FORM or not problems
