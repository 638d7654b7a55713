"""Forms leave as XLSForm: ODK can use them, what it cannot say is listed, and they come back equal."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from forms.catalogue import shipped
from forms.exchange.sheets import Sheet
from forms.exchange.xlsform import read_xlsform, write_xlsform
from forms.exchange.xlsform.companion import companion_rows
from forms.exchange.xlsform.files import read_sheets
from forms.exchange.xlsform.findings import Imported, Report
from forms.exchange.xlsform.writing import write_sheets
from forms.exchange.yaml import load_form
from forms.schema import FormSchema
from tests.forms.strategies import schemas
from tests.forms.xlsform.books import said

Edit = Callable[[dict[str, list[list[str]]]], None]

FORM = load_form("""
key: rencana-kerja
title: {id: Rencana kerja, en: Work plan}
intro: Selamat datang.
layout: pages
sections:
- key: umum
  title: Umum
  fields:
  - {kind: short_text, key: nama, label: {id: Nama, en: Name}, max: 120}
  - {kind: percentage, key: capaian, label: Capaian, measure: capaian}
  - {kind: yes_no, key: siap, label: Siap}
  - {kind: money, key: biaya, label: Biaya, required: false, required_when: siap, show_when: capaian > 50 and siap}
  - kind: choice
    key: bidang
    label: Bidang
    options: [{value: a, label: A}, {value: b, label: B, show_when: siap}]
  - {kind: colleague, key: rekan, label: Rekan}
  - {kind: hidden, key: tanda, label: Tanda, formula: nama + "!"}
  - {kind: short_text, key: lama, label: Lama, disabled: true}
- key: hasil
  title: Hasil
  show_when: siap
  fields:
  - kind: rows
    key: kerja
    label: Hasil kerja
    columns:
    - {kind: short_text, key: nama, label: Nama hasil}
    - {kind: number, key: bobot, label: Bobot, checks: [{rule: bobot > 0, message: Lebih dari nol.}]}
  - {kind: calculated, key: jumlah, label: Jumlah, formula: sum(kerja.bobot)}
  - kind: matrix
    key: pendapat
    label: Pendapat
    statements: [{key: bersih, label: Bersih}, {key: cepat, label: Cepat}]
    points: [{key: "1", value: "1", label: Buruk}, {key: "2", value: "2", label: Baik}]
- key: tiap
  title: Tiap hasil
  each: planning.results
  fields:
  - {kind: long_text, key: catatan, label: Catatan}
rules:
- {rule: jumlah == 100, message: Jumlah bobot harus 100.}
after: Terima kasih.
""")


def returned(form: FormSchema, edit: Edit | None = None) -> Imported:
    """What comes back of the sheets of a form after somebody edited them."""
    sheets = {name: [[*row] for row in rows] for name, rows in write_sheets(form, Report()).items()}
    sheets["kinerja"] = companion_rows(form, sheets)
    if edit is not None:
        edit(sheets)
    return read_sheets({name: Sheet(name, [[*row] for row in rows]) for name, rows in sheets.items()}, (), Report())


def cell(sheets: dict[str, list[list[str]]], sheet: str, name: str, title: str, text: str) -> None:
    """Type into a cell of the row with this name."""
    column = sheets[sheet][0].index(title)
    row = next(row for row in sheets[sheet][1:] if name in row[:2])
    row += [""] * (column + 1 - len(row))
    row[column] = text


def converted(form: FormSchema) -> str:
    """The XForm that pyxform makes of the written sheets."""
    definition = {}
    for name, rows in write_sheets(form, Report()).items():
        definition[name] = [{t: c for t, c in zip(rows[0], row, strict=True) if c} for row in rows[1:]]
        definition[f"{name}_header"] = [dict.fromkeys(rows[0])]
    return str(convert(xlsform=definition, validate=False).xform)


@pytest.mark.parametrize("form", [*shipped().values(), FORM], ids=lambda form: form.key)
def test_a_form_that_leaves_comes_back_equal_and_pyxform_takes_it(form: FormSchema) -> None:
    found = returned(form)
    assert found.errors == found.warnings == []
    assert found.form is not None
    assert found.form.digest() == form.digest()
    assert f'id="{form.key}"' in converted(form)


@given(schemas())
@settings(max_examples=40, deadline=None)
def test_any_form_comes_back_equal_even_when_every_cell_was_looked_at_again(form: FormSchema) -> None:
    def touched(sheets: dict[str, list[list[str]]]) -> None:
        sheets["settings"][0].append("version")  # so that the digest of the sheets is another one
        sheets["settings"][1].append("1")

    for found in (returned(form), returned(form, touched)):
        assert said(found.errors) == []
        assert found.form is not None
        assert found.form.digest() == form.digest()
    converted(form)


def test_the_workbook_itself_comes_back_equal_and_holds_no_formula() -> None:
    form = FormSchema.model_validate(FORM.definition() | {"after": "=1+1"})
    data, lost = write_xlsform(form)
    found = read_xlsform(data)
    assert said(found.errors) == said(found.warnings) == []
    assert found.form is not None
    assert found.form.digest() == form.digest()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    assert lost
    assert "Rencana kerja" in convert(xlsform=io.BytesIO(data), file_type=".xlsx", validate=False).xform


def test_what_odk_cannot_do_is_listed_with_its_row() -> None:
    _, lost = write_xlsform(FORM)
    rows = write_sheets(FORM, Report())["survey"]
    told = {rows[one.row - 1][1]: str(one.message) for one in lost if one.row}
    assert told["rekan"] == "Pegawai tidak dapat dipilih dari daftar; namanya diketik."
    assert "catatan" in told["kinerja_rule_1"]
    assert any("Lama" in str(one.message) for one in lost)


def test_conditions_and_limits_are_written_as_xpath() -> None:
    rows = write_sheets(FORM, Report())["survey"]
    table = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[0] != "end_group"}
    assert table["biaya"]["relevant"] == "(${capaian} > 50) and ${siap} = 'yes'"
    assert table["biaya"]["required"] == "${siap} = 'yes'"
    assert table["bidang"]["choice_filter"] == "(name != 'b' or ${siap} = 'yes')"
    assert table["bobot"]["constraint"] == ". > 0"
    assert table["jumlah"]["calculation"] == "sum(${bobot})"
    assert table["kerja_nama"]["type"] == "text"  # the name was taken by a question of the form
    assert table["kinerja_rule_1"]["relevant"] == "not(${jumlah} = 100)"


def test_an_edited_label_wins_and_everything_else_stays() -> None:
    def edit(sheets: dict[str, list[list[str]]]) -> None:
        cell(sheets, "survey", "capaian", "label::Bahasa Indonesia (id)", "Hasil dalam persen")
        cell(sheets, "survey", "kerja_nama", "label::Bahasa Indonesia (id)", "Uraian")

    found = returned(FORM, edit)
    assert said(found.errors) == said(found.warnings) == []
    assert found.form is not None
    expected = FORM.definition()
    expected["sections"][0]["fields"][1]["label"] = {"id": "Hasil dalam persen"}
    expected["sections"][1]["fields"][0]["columns"][0]["label"] = {"id": "Uraian"}
    assert found.form.digest() == FormSchema.model_validate(expected).digest()


def test_an_edited_condition_wins_over_what_was_kept() -> None:
    found = returned(FORM, lambda sheets: cell(sheets, "survey", "biaya", "relevant", "${capaian} > 80"))
    assert found.form is not None
    biaya = found.form.field("biaya")
    assert biaya is not None
    assert (biaya.kind, biaya.show_when, biaya.required_when) == ("money", "capaian > 80", "siap")


def test_an_edited_choice_wins_and_its_condition_stays() -> None:
    found = returned(FORM, lambda sheets: cell(sheets, "choices", "b", "label::Bahasa Indonesia (id)", "Bidang B"))
    assert found.form is not None
    bidang = found.form.definition()["sections"][0]["fields"][4]
    assert bidang["options"][1] == {"value": "b", "label": {"id": "Bidang B"}, "show_when": "siap"}


def test_rows_that_were_added_moved_or_deleted_are_so_in_the_form_and_unsaid_things_stay() -> None:
    def edit(sheets: dict[str, list[list[str]]]) -> None:
        survey = sheets["survey"]
        place = next(index for index, row in enumerate(survey) if row[1] == "siap")
        survey.insert(place, ["integer", "umur", "Umur"])
        survey[:] = [row for row in survey if row[1] != "rekan"]

    found = returned(FORM, edit)
    assert said(found.errors) == []
    assert found.form is not None
    keys = [[field.key for field in section.fields] for section in found.form.sections]
    assert keys == [
        ["nama", "capaian", "umur", "siap", "biaya", "bidang", "tanda", "lama"],
        ["kerja", "jumlah", "pendapat"],
        ["catatan"],
    ]
    assert found.form.rules == FORM.rules
    assert found.form.sections[2].each == "planning.results"


def test_another_type_in_the_sheet_makes_another_kind_and_logic_follows() -> None:
    found = returned(FORM, lambda sheets: cell(sheets, "survey", "capaian", "type", "text"))
    assert found.form is not None
    fields = {field.key: field for field in found.form.fields()}
    assert (fields["capaian"].kind, fields["biaya"].show_when) == ("short_text", "number(capaian) > 50 and siap")


def test_texts_around_the_questions_and_rules_are_edited_in_their_notes() -> None:
    def edit(sheets: dict[str, list[list[str]]]) -> None:
        cell(sheets, "survey", "kinerja_intro", "label::Bahasa Indonesia (id)", "Halo.")
        cell(sheets, "survey", "kinerja_rule_1", "relevant", "${jumlah} > 100")
        sheets["survey"][:] = [row for row in sheets["survey"] if row[1] != "kinerja_after"]

    found = returned(FORM, edit)
    assert found.form is not None
    assert (found.form.intro.id if found.form.intro else "", found.form.after) == ("Halo.", None)
    assert [(rule.rule, rule.message.id) for rule in found.form.rules] == [
        ("not (jumlah > 100)", "Jumlah bobot harus 100.")
    ]


def test_what_a_sheet_cannot_say_but_needs_a_deleted_question_is_an_error() -> None:
    form = FormSchema.model_validate(
        FORM.definition() | {"rules": [{"rule": "years(today(), today()) == capaian", "message": "X"}]}
    )
    found = returned(form, lambda sheets: cell(sheets, "survey", "capaian", "type", "note"))
    assert found.form is None
    assert [one.consequence for one in found.errors] == ["error"] * len(found.errors)


def test_mistakes_made_while_editing_are_told_and_the_old_warnings_are_not() -> None:
    found = returned(FORM, lambda sheets: cell(sheets, "survey", "biaya", "relevant", "${gaji} > 80"))
    assert found.form is None
    assert [str(one.message) for one in found.errors] == ["Pertanyaan “gaji” tidak ada."]
    assert found.warnings == []


def test_a_sheet_of_ours_that_somebody_broke_is_not_used() -> None:
    def edit(sheets: dict[str, list[list[str]]]) -> None:
        sheets["kinerja"][4][1] = "{"

    found = returned(FORM, edit)
    assert any(one.sheet == "kinerja" for one in found.warnings)
    assert found.rest is not None
    assert found.rest.field("nama") is not None


def test_a_form_can_come_back_under_another_key() -> None:
    data, _ = write_xlsform(FORM)
    found = read_xlsform(data, "salinan")
    assert found.form is not None
    assert found.form.key == "salinan"
    assert found.form.definition() | {"key": FORM.key} == FORM.definition()
