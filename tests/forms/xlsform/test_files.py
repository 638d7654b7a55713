"""XLSForm files: every container is opened safely, every place is right, any bytes end in words."""

import base64
import io
import random
import zipfile
import zlib

import pytest
import xlsxwriter

from forms.exchange.xlsform import read_xlsform
from tests.forms.xlsform.books import said, sheets_of, workbook

OLD_EXCEL = zlib.decompress(
    base64.b64decode(
        "eNrtWE1oE0EU/mabn6ambVJToRVKKVi19iJevLRRQXuytKL4g1C36aIh221NUiEetFpzFARPipdCL16qXvxBD3rzIFT0IAhCokdPgoKHtut7L7"
        "tpqwEbf4o/+5Z5M/PmfbuT/d68mezzuWhh+k5rEV9JL2qwaIcQWGZTVEJuJwIat21uunUtFduTv0pCtURkwI+H9c+CzCHzXYSG274npIG3VI5j"
        "HP1jltG+hrJH5qArnkOP8lHsabhBpQEtMq8m0QnR60XfEt9HoneJ5bLoHvItqGOYi/d37XTi+IjWIWMNpBXuCea1WLajGU85js9fUSVfP3ank7"
        "r5Zw60+cKYATHXZ1hGWjcLiBGFM/hktwMf3bX6uN2zr61dgeyfV9qDFexXNR8wCfuE4kDMU0B2+krLMDORPmPk8mhETHJwEIlTY8mEkZmHyckX"
        "9VTIN5sbN6iy9FHDD5j6sGFSOCStrHHSSNPAxOgEV4eoIkTGMI1EdogXc86iUDpNZZByupnMZIf4HrQGchapozrd7WByRE/VcdaXLBFZkSXqZe"
        "2ESY/QJLkdlRUUoX1g/uaHF/uHB+JDYpmUnaG0f2ziHwwbFxhB4AYZqSnrLkFsE31R7rpR2q2iYxT3VHcONDuNfVPic0lGO+k5O0Rexjcva2+h"
        "dv794P22/Lv4VmrP9hXPxmZfxafRQfvZCOH5mkK36lbXr7E8iLu1cjLNG9Et32SdWi3izN12NslGLKBOmlHRpR6/HVXuac67YrSqgFaCrnH8la"
        "B95R6j/Q5aq4DWBB1w/EvMBMs9RjMfvVoT7rIrZcsl8dj+cbZDP8U2e57TXLYDK9he9122XfQSM0tsh122UYltTzzxxBNPPPHkfxMl55PSaYzP"
        "an7nvBd0vussUFn0PpP8s3IAY3Rl6W/pXlhUp5GrKn42wK/ce6lVYtzvhSyH6elppDAs80hVHb90XlfLf8+qgZFft4Sqff5iNfP8zc//AhdOFa"
        "Q="
    )
)
"""A workbook of Excel 97 with one number and one choice between 1 and 0, whose names are numbers in their cells."""

SMALL = sheets_of(
    survey="""
    | type | name | label | relevant |

    | integer | umur | Umur | |
    | text | kerja | Pekerjaan | ${umur} > 17 |
    """
)


def test_a_workbook_becomes_a_form() -> None:
    found = read_xlsform(workbook(SMALL), "survei")
    assert said(found.errors) == said(found.warnings) == []
    assert found.form is not None
    assert (found.form.key, [field.key for field in found.form.fields()]) == ("survei", ["umur", "kerja"])


def test_a_workbook_of_excel_97_is_read_too() -> None:
    found = read_xlsform(OLD_EXCEL)
    assert found.form is not None
    question = found.form.field("q")
    assert question is not None
    assert list(question.option_conditions()) == []
    assert [option.value for option in question.options] == ["1", "0"]  # type: ignore[union-attr]


def test_what_pyxform_refuses_is_an_error_at_its_row_and_column() -> None:
    sheets = sheets_of(survey="| type | name | label |\n| text | a b | A |")
    found = read_xlsform(workbook(sheets))
    assert found.form is None
    assert [(one.sheet, one.row, one.column) for one in found.errors] == [("survey", 2, "name")]
    assert "pyxform" in str(found.errors[0].message)


def test_what_we_refuse_ourselves_is_not_said_twice() -> None:
    sheets = sheets_of(survey="| type | name | label |\n| begin group | a | A |\n| text | b | B |")
    assert said(read_xlsform(workbook(sheets)).errors) == [
        "survey 2 type: Kelompok ini tidak ditutup. Tambahkan baris end group."
    ]


def test_formulas_are_not_evaluated_their_stored_value_is_taken_and_their_cells_are_named() -> None:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        page = book.add_worksheet("survey")
        page.write_row(0, 0, ["type", "name", "label"])
        page.write_row(1, 0, ["text", "a"])
        page.write_formula(1, 2, '=CONCATENATE("Na","ma")', None, "Nama")
        page.write_row(2, 0, ["text", "b"])
        page.write_formula(2, 2, "=cmd|' /C calc'!A0", None, "")
    found = read_xlsform(output.getvalue())
    assert said(found.warnings)[0].startswith("survey 2 label: Sel ini berisi rumus, yang tidak dihitung")
    assert said(found.errors)[0].startswith("survey 3 label: Sel ini berisi rumus tanpa nilai tersimpan")


def _with_entry(data: bytes, name: str, content: bytes) -> bytes:
    output = io.BytesIO(data)
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return output.getvalue()


def test_macros_and_links_to_other_workbooks_stay_shut() -> None:
    data = _with_entry(
        _with_entry(workbook(SMALL), "xl/vbaProject.bin", b"x"), "xl/externalLinks/externalLink1.xml", b"<x/>"
    )
    found = read_xlsform(data)
    assert found.form is not None
    assert [str(one.message) for one in found.warnings] == [
        "Berkas ini memuat makro, yang tidak dijalankan.",
        "Berkas ini memuat tautan ke buku kerja lain, yang tidak dibuka.",
    ]


def test_a_workbook_that_inflates_to_something_huge_is_refused() -> None:
    found = read_xlsform(_with_entry(workbook(SMALL), "xl/media/a.xml", b"\0" * 60_000_000))
    assert "terlalu besar" in said(found.errors)[0]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "kosong"),
        (b"type,name\ntext,a\n", "bukan buku kerja Excel"),
        (b"%PDF-1.7", "bukan buku kerja Excel"),
        (b"\x89PNG\r\n\x1a\n", "bukan buku kerja Excel"),
        (b"PK\x03\x04 and nothing", "bukan XLSX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "bukan XLSX"),
        (b"x" * 10_000_001, "10 MB"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    found = read_xlsform(data)
    assert found.form is None
    assert says in said(found.errors)[0]


def test_a_workbook_without_a_survey_sheet_says_so() -> None:
    sheets = sheets_of(a="| x |", b="| y |")
    assert any("survey" in line for line in said(read_xlsform(workbook(sheets)).errors))


def test_the_only_sheet_is_the_survey_whatever_it_is_called() -> None:
    assert read_xlsform(workbook({"Lembar1": SMALL["survey"]})).form is not None


def test_damaged_workbooks_end_in_words(subtests: pytest.Subtests) -> None:
    """Bytes changed at random places of the archive, and of the sheet before it is packed."""
    chance = random.Random(20261124)
    whole = workbook(SMALL)
    for turn in range(6):
        data = bytearray(whole)
        if turn % 2:
            for _ in range(12):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            output = io.BytesIO()
            with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(output, "w") as target:
                for entry in source.namelist():
                    content = bytearray(source.read(entry))
                    for _ in range(4):
                        content[chance.randrange(len(content))] = chance.randrange(256)
                    target.writestr(entry, bytes(content))
            data = bytearray(output.getvalue())
        with subtests.test(turn=turn):
            found = read_xlsform(bytes(data))
            assert found.form is not None or found.errors


def test_even_a_mistake_of_ours_ends_in_words_and_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("forms.exchange.xlsform.files.read_table", lambda *_: 1 / 0)
    found = read_xlsform(workbook(SMALL))
    assert "tidak dapat dibaca" in said(found.errors)[0]
    assert "ZeroDivisionError" in caplog.text
