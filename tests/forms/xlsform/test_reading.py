"""What becomes of the sheets people write: carried over, or listed with sheet, row, column and consequence."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.exchange.sheets import Sheet
from forms.exchange.xlsform.files import read_sheets
from forms.exchange.xlsform.findings import Imported, Report
from forms.exchange.xlsform.languages import language_code
from forms.exchange.xlsform.types import LEFT_OUT, SIMPLE, read_type
from tests.forms.xlsform.books import read, said

YES_NO = "| list_name | name | label |\n| yn | yes | Ya |\n| yn | no | Tidak |"
LIKERT = "| list_name | name | label |\n| l | 1 | Buruk |\n| l | 2 | Cukup |\n| l | 3 | Baik |"


def fields(found: Imported) -> dict[str, dict[str, Any]]:
    """The fields by key, without what is the default."""
    assert found.form is not None, said(found.errors)
    return {field.key: field.model_dump(mode="json", exclude_defaults=True) for field in found.form.fields()}


def one(kind: str, **cells: str) -> dict[str, Any]:
    """The field that a single row of this type becomes."""
    titles = ["type", "name", "label", *cells]
    row = [kind, "q", "Q", *cells.values()]
    found = read(survey=f"| {' | '.join(titles)} |\n| {' | '.join(row)} |", choices=YES_NO)
    return fields(found)["q"]


@pytest.mark.parametrize(
    ("kind", "cells", "becomes"),
    [
        ("text", {}, {"kind": "short_text"}),
        ("text", {"appearance": "multiline"}, {"kind": "long_text"}),
        ("text", {"parameters": "rows=5"}, {"kind": "long_text"}),
        ("integer", {}, {"kind": "number"}),
        ("int", {"required": "TRUE"}, {"kind": "number"}),
        ("decimal", {}, {"kind": "number", "places": 6}),
        ("date", {}, {"kind": "date"}),
        ("date", {"appearance": "month-year"}, {"kind": "month"}),
        ("time", {}, {"kind": "time"}),
        ("dateTime", {}, {"kind": "date"}),
        ("select_one yn", {}, {"kind": "choice"}),
        ("select one yn", {"appearance": "minimal"}, {"kind": "choice", "look": "list"}),
        ("select1 yn", {}, {"kind": "choice"}),
        ("select_one yn or_other", {}, {"kind": "choice_or_other"}),
        ("select_multiple yn", {}, {"kind": "choices"}),
        ("select all that apply from yn", {}, {"kind": "choices"}),
        ("rank yn", {}, {"kind": "ranking"}),
        ("range", {"parameters": "start=0 end=20 step=1"}, {"kind": "number", "min": "0", "max": "20"}),
        ("range", {"parameters": "start=1 end=5", "appearance": "rating"}, {"kind": "rating"}),
        ("acknowledge", {}, {"kind": "declaration"}),
        ("note", {}, {"kind": "note"}),
        ("image", {}, {"kind": "evidence", "types": ["jpeg", "png", "webp"]}),
        ("file", {}, {"kind": "evidence", "most": 1}),
        ("barcode", {}, {"kind": "short_text"}),
        ("calculate", {"calculation": "1 + 1"}, {"kind": "hidden", "formula": "1 + 1"}),
        ("hidden", {"default": "abc"}, {"kind": "hidden", "formula": '"abc"'}),
        ("today", {}, {"kind": "hidden", "formula": "today()"}),
        ("text", {"calculation": "'a'", "read_only": "yes"}, {"kind": "calculated", "formula": '"a"'}),
        ("text", {"read_only": "yes"}, {"kind": "note"}),
        ("text", {"read_only": "yes", "default": "abc"}, {"read_only": True, "default": '"abc"'}),
        ("select_one_from_file desa.csv", {}, {"kind": "short_text"}),
    ],
)
def test_a_question_becomes_a_field_of_the_kind_that_asks_the_same(
    kind: str, cells: dict[str, str], becomes: dict[str, Any]
) -> None:
    found = one(kind, **cells)
    assert {name: found.get(name) for name in becomes} == becomes


@pytest.mark.parametrize("kind", sorted(SIMPLE))
def test_every_old_name_of_a_type_is_known(kind: str) -> None:
    assert read_type(kind.upper()) == read_type(kind)
    assert read_type(kind).name == SIMPLE[kind]


@pytest.mark.parametrize("kind", sorted(LEFT_OUT))
def test_what_only_a_phone_can_answer_is_left_out_with_its_place_and_the_reason(kind: str) -> None:
    found = read(survey=f"| type | name | label |\n| text | a | A |\n| {kind} | b | B |")
    assert list(fields(found)) == ["a"]
    assert [(w.sheet, w.row, w.column) for w in found.warnings] == [("survey", 3, "type")]


def test_logic_that_refers_to_what_is_left_out_is_an_error() -> None:
    found = read(survey="| type | name | label | relevant |\n| geopoint | g | G | |\n| text | a | A | ${g} != '' |")
    assert found.form is None
    assert said(found.errors) == [
        "survey 3 relevant: Merujuk “g”, yang tidak dapat dialihkan: "
        "Kinerja tidak mencatat lokasi, jadi pertanyaan ini tidak ikut."
    ]
    assert found.rest is not None


def test_a_calculation_that_nobody_needs_is_a_loss_and_one_that_logic_needs_an_error() -> None:
    sheet = """
    | type | name | label | calculation | relevant |
    | calculate | c | | pulldata('f', 'a', 'b', 'c') | |
    | text | a | A | | %s |
    """
    lost = read(survey=sheet % "")
    assert said(lost.warnings) == [
        "survey 2 calculation: Nilai ini tidak ikut dihitung. Fungsi pulldata() tidak dapat dialihkan."
    ]
    assert lost.form is not None
    wrong = read(survey=sheet % "${c} = 'x'")
    assert [(e.row, e.column) for e in wrong.errors] == [(2, "calculation"), (3, "relevant")]


def test_groups_become_sections_and_their_condition_stays_with_them() -> None:
    found = read(
        survey="""
        | type | name | label | relevant |
        | select_one yn | q | Q | |
        | begin_group | g | Rumah | ${q} = 'yes' |
        | text | a | A | |
        | begin group | h | Dapur | ${a} != 'x' |
        | text | b | B | ${a} = 'y' or ${a} = 'z' |
        | end group | | | |
        | end_group | | | |
        """,
        choices=YES_NO,
    )
    assert found.form is not None
    assert [(s.key, s.title.id, s.show_when) for s in found.form.sections] == [
        ("part_1", "Formulir", None),
        ("g", "Rumah", 'q == "yes"'),
    ]
    assert {key: (field["kind"], field.get("show_when")) for key, field in fields(found).items()} == {
        "q": ("choice", None),
        "a": ("short_text", None),
        "h": ("note", 'a != "x"'),
        "b": ("short_text", 'a != "x" and (a == "y" or a == "z")'),
    }


def test_a_group_around_everything_gives_its_groups_as_sections() -> None:
    found = read(
        survey="""
        | type | name | label |
        | begin group | all | Semua |
        | begin group | g | G |
        | text | a | A |
        | end group | | |
        | begin group | h | H |
        | text | b | B |
        | end group | | |
        | end group | | |
        """
    )
    assert found.form is not None
    assert [section.title.id for section in found.form.sections] == ["Formulir", "G", "H"]
    assert fields(found)["note"]["label"] == {"id": "Semua"}


def test_field_lists_become_pages() -> None:
    found = read(
        survey="""
        | type | name | label | appearance |
        | begin group | g | G | field-list |
        | text | a | A | |
        | end group | | | |
        """
    )
    assert found.form is not None
    assert found.form.layout == "pages"
    assert found.warnings == []


def test_repeats_become_rows_and_their_count_a_limit() -> None:
    found = read(
        survey="""
        | type | name | label | repeat_count | relevant | calculation |
        | integer | n | Berapa | | | |
        | begin repeat | anak | Anak | ${n} | ${n} > 0 | |
        | text | nama | Nama | | | |
        | integer | umur | Umur | | | |
        | text | sekolah | Sekolah | | ${umur} >= 7 and ${n} < 9 | |
        | end repeat | | | | | |
        | begin repeat | dua | Dua | 2 | | |
        | text | x | X | | | |
        | end repeat | | | | | |
        | calculate | total | | | | sum(${umur}) + count(${anak}) |
        """
    )
    rows = fields(found)["anak"]
    assert rows["show_when"] == "n > 0"
    assert rows["checks"][0]["rule"] == "count(anak) == n"
    assert rows["columns"][2]["show_when"] == "umur >= 7 and n < 9"
    assert (fields(found)["dua"]["min"], fields(found)["dua"]["max"]) == (2, 2)
    assert fields(found)["total"]["formula"] == "sum(anak.umur) + count(anak)"


def test_a_repeat_in_a_repeat_is_carried_over_and_a_third_one_refused() -> None:
    sheet = """
    | type | name | label |
    | begin repeat | r | R |
    | begin repeat | s | S |
    | text | b | B |
    %s
    | end repeat | | |
    | end repeat | | |
    """
    rows = fields(read(survey=sheet % ""))["r"]
    assert [column["kind"] for column in rows["columns"]] == ["rows"]
    deep = read(survey=sheet % "| begin repeat | t | T |\n| text | c | C |\n| end repeat | | |")
    assert said(deep.errors) == [
        "survey 5 type: Kelompok berulang hanya dapat bersarang satu kali; yang ini terlalu dalam."
    ]


def test_choice_filters_become_a_condition_for_each_option() -> None:
    found = read(
        survey="""
        | type | name | label | choice_filter |
        | select_one prov | prov | P | |
        | select_one kab | kab | K | prov = ${prov} |
        | select_multiple kab | more | M | name != ${kab} and prov != '' |
        """,
        choices="""
        | list name | name | label | prov |
        | prov | jb | Jawa Barat | |
        | prov | jt | Jawa Tengah | |
        | kab | bdg | Bandung | jb |
        | kab | smg | Semarang | jt |
        | kab | lain | Lainnya | |
        """,
    )
    assert {option["value"]: option.get("show_when") for option in fields(found)["kab"]["options"]} == {
        "bdg": 'prov == "jb"',
        "smg": 'prov == "jt"',
        "lain": "not given(prov)",
    }
    assert {option["value"]: option["show_when"] for option in fields(found)["more"]["options"]} == {
        "bdg": 'kab != "bdg"',
        "smg": 'kab != "smg"',
    }


def test_names_of_choices_that_cannot_be_values_are_changed_together_with_the_logic() -> None:
    found = read(
        survey="""
        | type | name | label | relevant |
        | select_one l | a | A | |
        | text | b | B | ${a} = 'sangat baik' |
        """,
        choices="| list_name | name | label |\n| l | sangat baik | Sangat baik |\n| l | -1 | Tidak tahu |",
    )
    assert [option["value"] for option in fields(found)["a"]["options"]] == ["sangat_baik", "minus_1"]
    assert fields(found)["b"]["show_when"] == 'a == "sangat_baik"'


def test_the_same_name_twice_in_a_list_is_an_error_unless_the_settings_allow_it() -> None:
    sheets = {
        "survey": "| type | name | label | choice_filter | relevant |\n| select_one p | p | P | | |"
        "\n| select_one l | a | A | p = ${p} | |\n| text | t | T | | ${a} = 'o' |",
        "choices": """
        | list_name | name | label | p |
        | p | x | X | |
        | p | y | Y | |
        | l | o | Lain | x |
        | l | o | Lain | y |
        """,
    }
    assert said(read(**sheets).errors) == ["choices 5 name: Pilihan “o” ada lebih dari sekali dalam daftar “l”."]
    allowed = read(**sheets, settings="| allow_choice_duplicates |\n| yes |")
    assert [option["value"] for option in fields(allowed)["a"]["options"]] == ["o", "o_2"]
    assert fields(allowed)["t"]["show_when"] == 'a in ("o", "o_2")'


@pytest.mark.parametrize(
    ("sheet", "key"),
    [
        (
            """
            | type | name | label | appearance |
            | begin group | pendapat | Pendapat | table-list |
            | select_one l | a | Bersih | |
            | select_one l | b | Cepat | |
            | end group | | | |
            """,
            "pendapat",
        ),
        (
            """
            | type | name | label | appearance |
            | begin group | g | Pendapat | field-list |
            | select_one l | judul | Nilai | label |
            | select_one l | a | Bersih | list-nolabel |
            | select_one l | b | Cepat | list-nolabel |
            | text | saran | Saran | |
            | end group | | | |
            """,
            "judul",
        ),
    ],
)
def test_tables_of_selects_on_one_scale_become_a_matrix(sheet: str, key: str) -> None:
    survey = sheet.rstrip() + "\n| integer | n | N | |"
    found = fields(read(survey=survey, choices=LIKERT))
    assert [statement["key"] for statement in found[key]["statements"]] == ["a", "b"]
    assert [point["value"] for point in found[key]["points"]] == ["1", "2", "3"]


def test_logic_reads_a_line_of_a_matrix_as_the_number_of_its_point() -> None:
    found = read(
        survey="""
        | type | name | label | appearance | relevant |
        | begin group | m | M | table-list | |
        | select_one l | a | A | | |
        | select_one l | b | B | | |
        | end group | | | | |
        | text | t | T | | ${a} < 2 or ${b} = '3' |
        """,
        choices=LIKERT,
    )
    assert fields(found)["t"]["show_when"] == "m.a < 2 or m.b == 3"


def test_a_table_whose_answers_are_compared_by_name_stays_single_questions() -> None:
    found = read(
        survey="""
        | type | name | label | appearance | relevant |
        | begin group | m | M | table-list | |
        | select_one yn | a | A | | |
        | select_one yn | b | B | | |
        | end group | | | | |
        | text | t | T | | ${a} = 'yes' |
        """,
        choices=YES_NO,
    )
    assert (fields(found)["a"]["kind"], fields(found)["t"]["show_when"]) == ("choice", 'a == "yes"')


def test_texts_are_read_in_all_languages_and_the_indonesian_is_the_source() -> None:
    found = read(
        survey="""
        | type | name | label::English (en) | label::Bahasa Indonesia (id) | label::Sunda | hint::en | label::Xy |
        | text | a | Name | Nama | Ngaran | As written | nuq |
        """
    )
    assert fields(found)["a"]["label"] == {"id": "Nama", "en": "Name", "su": "Ngaran"}
    assert fields(found)["a"]["help"]["id"] == "As written"
    assert [(w.row, w.column) for w in found.warnings] == [(1, "label::Xy")]


def test_without_indonesian_the_default_language_is_the_source_and_that_is_said() -> None:
    found = read(
        survey="| type | name | label::English (en) | label::Français (fr) |\n| text | a | Name | Nom |",
        settings="| default_language |\n| Français (fr) |",
    )
    assert fields(found)["a"]["label"] == {"id": "Nom", "en": "Name", "fr": "Nom"}
    assert said(found.warnings) == [
        "survey 1 label::Français (fr): "
        "Tidak ada teks berbahasa Indonesia; teks kolom ini menjadi teks asal. Terjemahkan."
    ]


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("English (en)", "en"),
        ("Bahasa Indonesia (id)", "id"),
        ("Bahasa Indonesia", "id"),
        ("Français", "fr"),
        ("العربية", "ar"),
        ("Jawa", "jv"),
        ("en-US", "en"),
        ("ind", "id"),
        ("default", None),
        ("", None),
    ],
)
def test_languages_are_known_by_code_or_name(title: str, code: str | None) -> None:
    assert language_code(title) == code


def test_marks_of_html_and_markdown_leave_plain_text() -> None:
    found = one("note", hint='**Tebal** dan <b style="x">miring</b>', label2="")
    assert found["help"]["id"] == "Tebal dan miring"
    plain = one("text", hint="pakai nama_kolom_ini, 2*3*4 dan x < 5")
    assert plain["help"]["id"] == "pakai nama_kolom_ini, 2*3*4 dan x < 5"


def test_a_label_that_would_show_an_answer_names_the_question_instead_and_says_so() -> None:
    found = read(survey="| type | name | label |\n| text | nama | Nama Anda |\n| integer | n | Umur ${nama}? |")
    assert fields(found)["n"]["label"] == {"id": "Umur [Nama Anda]?"}
    assert [(w.row, w.column) for w in found.warnings] == [(3, "label")]


def test_names_become_keys_and_stay_unique() -> None:
    found = read(
        survey=f"""
        | type | name | label |
        | begin group | g | G |
        | text | Nama-Lengkap.1 | A |
        | text | _x | B |
        | text | form | C |
        | text | {"n" * 80} | D |
        | end group | | |
        | begin group | h | H |
        | text | nama_lengkap_1 | E |
        | end group | | |
        """
    )
    assert list(fields(found)) == ["nama_lengkap_1", "x", "q_form", "n" * 60, "nama_lengkap_1_2"]


def test_columns_of_older_sheets_are_understood() -> None:
    found = read(
        survey="""
        | Type | NAME | label:English | Relevance | bind:constraint | bind:jr:constraintMsg | body:appearance | image |
        | select_one yn | a | A | | | | minimal | x.png |
        | integer | b | B | ${a} = 'yes' | . > 3 | Too small | | |
        """,
        choices=YES_NO,
    )
    assert fields(found)["b"]["show_when"] == 'a == "yes"'
    assert fields(found)["b"]["checks"] == [{"rule": "b > 3", "message": {"id": "Too small"}}]
    assert any(w.column == "image" for w in found.warnings)


def test_rows_keep_their_numbers_after_empty_ones_and_comments_are_passed_over() -> None:
    found = read(
        survey="| type | name | label | note |\n\n| | | | komentar |\n| text | a | A | |\n\n| txt | b | B | |",
        choices=YES_NO,
    )
    assert said(found.errors) == ["survey 6 type: Jenis “txt” tidak dikenal. Maksud Anda “text”?"]


@pytest.mark.parametrize(
    ("sheet", "finding"),
    [
        ("| name | label |\n| a | A |", "survey 1 type: Kolom “type” tidak ada pada lembar survey."),
        (
            "| type | name | label |\n| select_one nope | a | A |",
            "survey 2 type: Daftar pilihan “nope” tidak ada pada lembar choices.",
        ),
        ("| type | name | label |\n| text | | A |", "survey 2 name: Isi nama (name) pada baris ini."),
        (
            "| type | name | label |\n| | a | A |",
            "survey 2 type: Isi jenis (type) pada baris ini, atau hapus barisnya.",
        ),
        (
            "| type | name | label |\n| end group | | |",
            "survey 2 type: Baris end group ini tidak memiliki pasangan begin group yang terbuka.",
        ),
        (
            "| type | name | label |\n| begin repeat | r | R |\n| text | a | A |",
            "survey 2 type: Kelompok ini tidak ditutup. Tambahkan baris end repeat.",
        ),
        (
            "| type | name | label | relevant |\n| text | a | A | ${b} = 1 |",
            "survey 2 relevant: Pertanyaan “b” tidak ada.",
        ),
        (
            "| type | name | label | relevant |\n| text | a | A | ${a |",
            "survey 2 relevant: Rumus ini salah tulis di dekat “${a”.",
        ),
        (
            "| type | name | label | relevant |\n| text | a | A | ${c} = 1 |\n| calculate | c | | |",
            "survey 3 calculation: Nilai ini tidak dihitung dari apa pun.",
        ),
        (
            "| type | name | label | constraint |\n| text | a | A | regex(., '(?=x)') |",
            "survey 2 constraint: Pola dengan (?=…), (?!…) atau (?<…) tidak dapat dipakai.",
        ),
        (
            "| type | name | label | label |\n| text | a | A | B |",
            "survey 1 label: Kolom ini sama artinya dengan kolom “label”. Hapus salah satunya.",
        ),
        (
            "| type | name | label |\n| geopoint | a | A |",
            "survey 0 : Lembar survey tidak berisi pertanyaan yang dapat dialihkan.",
        ),
        (
            "| type | name | label | parameters |\n| range | a | A | start=x |",
            "survey 2 parameters: Batas “start” pada rentang ini bukan angka yang benar.",
        ),
        (
            "| type | name | label |\n| begin loop over yn | a | A |\n| end loop | | |",
            "survey 2 type: Susunan “begin loop” tidak dapat dialihkan.",
        ),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(sheet: str, finding: str) -> None:
    found = read(survey=sheet, choices=YES_NO)
    assert found.form is None
    assert finding in said(found.errors)


def test_questions_that_wait_for_each_other_are_told() -> None:
    found = read(
        survey="| type | name | label | relevant |\n| text | a | A | ${b} = 'x' |\n| text | b | B | ${a} = 'x' |"
    )
    assert any("bergantung pada dirinya sendiri" in line for line in said(found.errors))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("trigger", "${a}"),
        ("required_message", "Isi"),
        ("media::audio", "x.mp3"),
        ("save_to", "x"),
        ("autoplay", "audio"),
        ("body::accuracyThreshold", "5"),
        ("bind::custom:thing", "5"),
        ("$kuid", "abc"),
        ("my_column", "abc"),
        ("appearance", "w4"),
        ("read_only", "${a} = 1"),
        ("default", "${last-saved#a}"),
        ("choice_filter", "a = 'b'"),
        ("parameters", "quality=low"),
        ("repeat_count", "3"),
    ],
)
def test_no_cell_is_dropped_in_silence(column: str, cell: str) -> None:
    found = read(survey=f"| type | name | label | {column} |\n| text | a | A | |\n| integer | b | B | {cell} |")
    assert [(w.row, w.column) for w in found.warnings] == [(3, column)]


@pytest.mark.parametrize("column", ["required", "constraint", "default", "read_only", "calculation", "parameters"])
def test_what_means_nothing_for_a_group_is_told(column: str) -> None:
    found = read(
        survey=f"""
        | type | name | label | {column} |
        | begin group | g | G | yes |
        | text | a | A | |
        | end group | | | |
        """
    )
    assert [(w.row, w.column) for w in found.warnings] == [(2, column)]


def test_what_repeats_is_said_once_and_counted() -> None:
    rows = "\n".join(f"| text | a{number} | A | w1 |" for number in range(5))
    found = read(survey=f"| type | name | label | appearance |\n{rows}")
    assert said(found.warnings) == [
        "survey 2 appearance: Tampilan “w1” tidak ikut; pertanyaannya tampil seperti biasa. (Juga pada 4 baris lain.)"
    ]


def test_settings_give_title_and_key_and_the_rest_is_listed() -> None:
    found = read(
        survey="| type | name | label |\n| text | a | A |",
        settings="""
        | form_title | form_id | version | style | submission_url |
        | Judul | Survei_2 A | 7 | pages | http://x |
        """,
    )
    assert found.form is not None
    assert (found.form.title.id, found.form.key, found.form.layout) == ("Judul", "survei-2-a", "pages")
    assert [w.column for w in found.warnings] == ["version", "submission_url"]


def test_a_long_list_is_typed_instead_and_a_form_too_long_refused() -> None:
    choices = "\n".join(f"| l | c{number} | C{number} |" for number in range(1001))
    found = read(
        survey="| type | name | label |\n| select_one l | a | A |", choices=f"| list_name | name | label |\n{choices}"
    )
    assert fields(found)["a"]["kind"] == "short_text"
    long = "\n".join(f"| text | a{number} | A |" for number in range(5001))
    assert "terlalu panjang" in said(read(survey=f"| type | name | label |\n{long}").errors)[0]


_KINDS = [
    "text",
    "integer",
    "select_one l",
    "select_multiple l or_other",
    "calculate",
    "note",
    "range",
    "rank l",
    "date",
]
_KINDS += ["begin group", "end group", "begin repeat", "end repeat", "acknowledge", "geopoint"]
_CELLS = [
    "table-list",
    "field-list",
    "label",
    "yes",
    "no",
    "a",
    "b",
    "l",
    "g",
    "${a}",
    "${b} = 1",
    "${a} > 'x'",
    ". > 3",
]
_CELLS += ["selected(., 'a')", "sum(${b})", "if(${a}, 1, 'x')", "3", "start=1 end=3", "name = ${a}", "'", "${", "1.0"]
_CELLS += ["a b", "<b>x</b>", "**", "\u202e", "名前", "", "", ""]
_WORDS = st.sampled_from([*_KINDS, *_CELLS])
_COLUMNS = ["type", "name", "label", "label::en", "relevant", "constraint", "calculation", "appearance"]
_COLUMNS += ["choice_filter", "required", "default", "read_only", "repeat_count", "parameters", "hint", "x::y"]


@st.composite
def _sheets(draw: st.DrawFn) -> dict[str, Sheet]:
    kind, cell = st.sampled_from(_KINDS), st.lists(_WORDS, max_size=len(_COLUMNS) - 1)
    survey = [[*_COLUMNS], *([first, *rest] for first, rest in draw(st.lists(st.tuples(kind, cell), max_size=12)))]
    choices = [["list_name", "name", "label", "a"], *draw(st.lists(st.lists(_WORDS, max_size=4), max_size=6))]
    return {
        "survey": Sheet("survey", [[*row] for row in survey]),
        "choices": Sheet("choices", [[*row] for row in choices]),
    }


@given(_sheets())
@settings(max_examples=4 * settings.default.max_examples)
def test_any_sheets_end_in_a_form_or_in_words(sheets: dict[str, Sheet]) -> None:
    found = read_sheets(sheets, tuple(sheets), Report())
    assert (found.form is None) == bool(found.errors)
    assert all(str(one.message) and one.definition()["sheet"] is not None for one in (*found.errors, *found.warnings))
