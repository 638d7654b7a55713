"""Forms in files."""

import pytest

from forms.errors import DefinitionInvalid
from forms.exchange.yaml import dump_form, load_form, load_value
from forms.fields import KINDS
from forms.schema import FormSchema
from tests.forms.examples import FORM

SHORT = """
key: log
title: Catatan
sections:
- key: s
  title: {id: Catatan, en: Log}
  fields:
  - kind: choice
    key: done
    label: Selesai?
    options:
    - {value: yes, label: Ya}
    - {value: no, label: Tidak}
  - {kind: date, key: day, label: Hari, earliest: 2026-01-01}
  - {kind: number, key: n, label: N, places: 2, min: 0.10, max: 1000}
"""


def test_a_plain_string_is_an_indonesian_text():
    form = load_form(SHORT)
    assert (form.title.id, form.title.en, form.sections[0].title.en) == ("Catatan", None, "Log")


def test_words_stay_words_days_stay_days_and_numbers_exact():
    done, day, number = load_form(SHORT).fields()
    assert [option.value for option in done.options] == ["yes", "no"]
    assert day.earliest.isoformat() == "2026-01-01"
    assert str(number.min) == "0.1"
    assert load_value("a: 12:30\nb: 010\nc: 1e3\nd: 0x1\ne: true\nf: -7\ng: ~") == {
        "a": "12:30",
        "b": "010",
        "c": "1e3",
        "d": "0x1",
        "e": True,
        "f": -7,
        "g": None,
    }


def test_an_exported_form_is_short_and_the_same_when_read_again():
    text = dump_form(FORM)
    assert load_form(text) == FORM
    assert "title: Tindak" not in text
    assert "required: true" not in text
    assert "label: Rekan\n" in text
    assert text.startswith("key: dialogue\n")


def test_every_language_and_its_stale_marks_survive_the_file():
    form = load_form("key: a\ntitle: {su: Ngaran, id: Nama, jv: Jeneng, stale: [su]}\n")
    assert (form.title.say("su"), form.title.say("jv"), form.title.stale) == ("Ngaran", "Jeneng", ("su",))
    assert "title:\n  id: Nama\n  jv: Jeneng\n  su: Ngaran\n  stale:\n  - su\n" in dump_form(form)
    assert load_form(dump_form(form)) == form == FormSchema.model_validate_json(form.model_dump_json())
    with pytest.raises(DefinitionInvalid) as refusal:
        load_form("key: a\ntitle: {id: Nama, xx: Name}\n")
    assert [problem.path for problem in refusal.value.problems] == ["title.xx"]


def test_texts_of_several_lines_are_written_as_lines():
    form = load_form("key: a\ntitle: A\nintro: |\n  Satu\n  Dua\n")
    assert "intro: |-\n  Satu\n  Dua\n" in dump_form(form)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: [", ": Baris 2: tulisan ini tidak mengikuti aturan YAML."),
        ("a: &x [1]\nb: *x", ": Baris 2: rujukan (*) tidak didukung."),
        ("key: a\nkey: b", ": Baris 2: kunci ganda atau jenis nilai yang tidak didukung."),
        ("!!python/object/apply:os.system [x]", ": Baris 1: kunci ganda atau jenis nilai yang tidak didukung."),
        ("? [a]\n: b", ": Baris 1: kunci ganda atau jenis nilai yang tidak didukung."),
        ("[" * 40, ": Baris 1: susunan terlalu dalam."),
        ("\x00", ": Berkas ini bukan YAML yang dapat dibaca."),
        ("\ud800", ": Berkas ini bukan YAML yang dapat dibaca."),
        ("#" * 1_000_001, ": Berkas terlalu besar."),
        ("title: A", "key: Bagian ini harus ada."),
        ("key: A b\ntitle: A", "key: Gunakan huruf kecil, angka, dan tanda hubung, diawali huruf."),
        ("key: a\ntitle: A\nowner: x", "owner: Bagian ini tidak dikenal."),
        ("key: a\ntitle: ''", "title.id: Teks tidak boleh kosong."),
        ("key: a\ntitle: A\nsections: x", "sections: Tuliskan sebuah daftar."),
        (
            SHORT.replace("kind: date", "kind: day"),
            f"sections.s.fields.day: Jenis (kind) ini tidak dikenal. Pilihan: {', '.join(KINDS)}.",
        ),
        (
            SHORT.replace("value: yes", "value: true"),
            "sections.s.fields.done.options.0.value: "
            "Tuliskan teks; beri tanda kutip bila berupa angka, ya, atau tidak.",
        ),
        (SHORT.replace("0.10", "0.1234567"), "sections.s.fields.n.min: Angka memiliki terlalu banyak digit."),
    ],
)
def test_what_is_no_form_is_refused_with_the_place(text, problem):
    with pytest.raises(DefinitionInvalid) as refusal:
        load_form(text)
    assert [f"{found.path}: {found.message}" for found in refusal.value.problems] == [problem]
