"""Forms out of files: YAML, JSON, workbooks, and anything else."""

import io
import json

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from forms.exchange.incoming import read_form
from forms.exchange.yaml import dump_form
from tests.forms.examples import FORM
from tests.forms.strategies import json_values

TEXT = "key: a\ntitle: A\nsections:\n- key: s\n  title: S\n  fields:\n  - {kind: yes_no, key: y, label: Y}\n"


def workbook(**sheets: list[list[str]]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
    return output.getvalue()


def said(content: bytes, name: str = "") -> list[tuple[int, str, str]]:
    found = read_form(content, name)
    assert found.form is None
    return [(one.row, one.column, str(one.message)) for one in found.errors]


@pytest.mark.parametrize(
    "content",
    [
        dump_form(FORM).encode(),
        dump_form(FORM).encode("utf-8-sig"),
        json.dumps(FORM.definition()).encode(),
        json.dumps(FORM.definition(), ensure_ascii=False, indent=2).encode("utf-8-sig"),
    ],
)
def test_yaml_and_json_give_the_same_form(content):
    found = read_form(content)
    assert (found.form, found.errors, found.warnings) == (FORM, [], [])


def test_figures_of_json_stay_exact():
    content = TEXT.replace("{kind: yes_no, key: y,", "{kind: number, key: y, places: 2, max: 18.10,")
    form = read_form(content.encode()).form.definition()
    again = json.dumps(form).replace('"18.1"', "18.10")
    assert "18.10" in again
    assert str(read_form(again.encode()).form.field("y").max) == "18.1"


def test_json_that_is_none_names_its_line():
    assert said(b'{\n "key": "a",\n "title": }', "a.json") == [
        (3, "", "Baris 3: tulisan ini tidak mengikuti aturan JSON.")
    ]
    assert said(b'{"key": "a", "key": "b"}') == [(1, "", "Kunci “key” tertulis dua kali.")]
    assert said(b'{"a":' * 100_000)[0][2] == "Berkas ini bukan JSON yang dapat dibaca."
    assert read_form(b"{key: a, title: A}").form.key == "a"


def test_what_may_not_be_published_yet_is_a_problem_with_its_line():
    found = read_form(TEXT.replace("label: Y", "label: Y, show_when: z").encode())
    assert found.form.key == "a"
    assert [(one.row, one.column) for one in found.problems] == [(7, "y.show_when")]
    assert found.definition()["warnings"][0]["row"] == 7


def test_a_workbook_is_known_by_its_bytes_and_named_by_its_file():
    survey = [["type", "name", "label"], ["text", "tujuan", "Tujuan"], ["geopoint", "lokasi", "Lokasi"]]
    found = read_form(workbook(survey=survey), "Kunjungan Lapangan.xlsx")
    kinds = {one.kind for one in found.form.fields()} if found.form else set()
    assert kinds <= {"short_text", "long_text", "note"}
    remarks = found.errors + found.warnings
    assert [(one.sheet, one.row) for one in remarks if one.row == 3] == [("survey", 3)]
    simple = read_form(workbook(survey=survey[:2], settings=[["form_title"], ["Kunjungan"]]), "x.xlsx")
    assert (simple.form.key, simple.errors) == ("kunjungan", [])
    broken = [*survey[:1], ["select_one nothing", "a", "A"]]
    refused = read_form(workbook(survey=broken, settings=[["form_id"], ["kunjungan"]]), "x.xlsx")
    assert (refused.form, refused.definition()["form"], refused.errors[0].row) == (None, "kunjungan", 2)


@given(st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_end_in_a_form_or_in_words(content):
    found = read_form(content)
    assert (found.form is None) == bool(found.errors)
    assert json.dumps(found.definition())


def test_a_form_too_long_to_be_worked_with_is_not_even_read() -> None:
    fields = "".join(f"  - {{kind: short_text, key: a{number}, label: A}}\n" for number in range(3001))
    found = read_form(f"key: f\ntitle: X\nsections:\n- key: s\n  title: S\n  fields:\n{fields}".encode(), "f.yaml")
    assert found.form is None
    assert [str(one.message) for one in found.errors] == ["Formulir terlalu panjang: paling banyak 1000 isian."]
