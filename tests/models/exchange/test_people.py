"""People files: every way offices write them is read, every way they can be broken ends in a clear sentence."""

import csv
import io
import unicodedata
import zipfile
from datetime import datetime

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from forms.exchange.delimited import guard, unguard
from models.errors import Invalid
from models.exchange.people import HEADER, PeopleSheet, read_people_file, write_csv, write_xlsx
from models.exchange.sheets import MOST_ROWS
from tests.models.people_files import chief, contract, row, text_of

PEOPLE = [chief(), row(nama="Siti Fatimah Müller, S.Sos."), contract()]


def values(data: bytes, filename: str = "pegawai.csv") -> list[dict[str, str]]:
    return [dict(one.values) for one in read_people_file(data, filename).rows]


def outcome(data: bytes, filename: str) -> PeopleSheet | str:
    """The sheet, or the sentence that refuses the file; anything else fails the test."""
    try:
        return read_people_file(data, filename)
    except Invalid as wrong:
        return str(wrong.message)


def workbook(cells: dict[tuple[int, int], object]) -> bytes:
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for (line, column), value in cells.items():
            if isinstance(value, datetime):
                page.write_datetime(line, column, value, day)
            else:
                page.write(line, column, value)
    return output.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_of_any_encoding_delimiter_and_line_end_is_read(encoding: str, delimiter: str, end: str) -> None:
    data = text_of(*PEOPLE, delimiter=delimiter, end=end).encode(encoding)
    assert values(data) == PEOPLE


def test_columns_may_stand_in_any_order() -> None:
    data = text_of(*PEOPLE, header=tuple(reversed(HEADER))).encode()
    assert values(data) == PEOPLE


def test_titles_of_columns_may_have_capitals_and_blanks() -> None:
    data = text_of(*PEOPLE).replace('"status_pegawai"', '" Status Pegawai "').encode()
    assert values(data) == PEOPLE


def test_the_line_by_which_excel_tells_the_delimiter_counts_as_a_row_but_is_none() -> None:
    found = read_people_file(("sep=;\r\n" + text_of(chief(), delimiter=";", end="\r\n")).encode(), "a.csv")
    assert [one.number for one in found.rows] == [3]
    assert found.header_number == 2


def test_row_numbers_are_those_a_spreadsheet_shows_even_after_blank_rows_and_line_breaks_in_cells() -> None:
    lines = text_of(row(jabatan="Penelaah\nKebijakan"), chief()).split("\n")
    assert [one.number for one in read_people_file("\n".join(["", *lines]).encode(), "a.csv").rows] == [3, 4]


def test_a_name_with_a_comma_but_without_quotation_marks_is_noticed() -> None:
    data = (",".join(HEADER) + "\n" + ",".join(row().values())).encode()
    assert [one.surplus for one in read_people_file(data, "a.csv").rows] == [True]


def test_a_workbook_gives_the_same_rows_as_the_csv() -> None:
    assert values(write_xlsx(PEOPLE), "pegawai.xlsx") == PEOPLE == values(write_csv(PEOPLE))


def test_the_same_people_give_the_same_workbook() -> None:
    assert write_xlsx(PEOPLE) == write_xlsx(PEOPLE)


def test_days_in_a_workbook_are_read_as_days() -> None:
    data = workbook({(0, 0): "nip", (0, 1): "mulai", (1, 0): "1", (1, 1): datetime(2024, 3, 1)})  # noqa: DTZ001
    assert values(data) == [{"nip": "1", "mulai": "2024-03-01"}]


def test_a_number_in_a_workbook_is_marked_since_its_last_digits_may_be_gone() -> None:
    data = workbook({(0, 0): "nip", (1, 0): 198609262015051001})
    assert read_people_file(data, "a.xlsx").rows[0].numbers == {"nip"}


def test_digits_that_excel_keeps_as_a_formula_in_csv_are_read() -> None:
    data = b'nip;nama\n="198609262015051001";Ani\n'
    assert values(data) == [{"nip": "198609262015051001", "nama": "Ani"}]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-5", "@x", "|x", "%x", "＝1", "'=1", "''+1", "=cmd|' /C calc'!A0"])
def test_no_cell_of_an_export_acts_as_a_formula_and_each_comes_back_as_it_was(text: str) -> None:
    written = next(csv.reader(io.StringIO(write_csv([row(nama=text)], bom=False).decode().split("\r\n")[1])))[1]
    assert unicodedata.normalize("NFKC", written[0]) not in set("=+-@|%")
    assert values(write_csv([row(nama=text)])) == [row(nama=text)]
    data = write_xlsx([row(nama=text)])
    assert values(data) == [row(nama=text)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.text(max_size=20))
def test_guarding_a_text_is_undone_exactly(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize(
    ("data", "filename", "says"),
    [
        (b"", "a.csv", "kosong"),
        (b"\n\n ,, \n", "a.csv", "tidak berisi baris"),
        (b"a,b\n1,2\n", "a.csv", "Baris judul kolom tidak ditemukan"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.csv", "bukan CSV atau XLSX"),
        (b"\x81\x8d", "a.csv", "bukan CSV atau XLSX"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "bukan XLSX"),
        (b"nip,nama\n", "a.xlsx", "bukan XLSX"),
        (b"\xd0\xcf\x11\xe0 an old workbook", "a.xls", "bukan XLSX"),
        (b'nip,nama\n1,"open', "a.csv", "Tanda kutip"),
        (b"x" * 10_000_001, "a.csv", "10 MB"),
        (b"nip\n" + b"1\n" * MOST_ROWS, "a.csv", "lebih dari 20000 baris"),
        (b"nip," * 101 + b"\n", "a.csv", "lebih dari 100 kolom"),
    ],
)
def test_what_is_no_people_file_is_refused_with_the_reason(data: bytes, filename: str, says: str) -> None:
    with pytest.raises(Invalid, match=says):
        read_people_file(data, filename)


def test_a_small_workbook_that_wants_all_memory_is_refused_and_harms_nobody() -> None:
    """Two cells far apart make the library reserve half a terabyte and abort: only the child process dies."""
    with pytest.raises(Invalid, match="terlalu besar"):
        read_people_file(workbook({(0, 0): "nip", (1_048_575, 16_383): "x"}), "a.xlsx")


def test_a_workbook_with_too_many_rows_is_refused() -> None:
    with pytest.raises(Invalid, match="lebih dari 20000 baris"):
        read_people_file(workbook({(0, 0): "nip", (30_000, 0): "x"}), "a.xlsx")


def test_an_archive_that_inflates_without_end_is_refused_before_it_is_parsed() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    with pytest.raises(Invalid, match="terlalu besar"):
        read_people_file(output.getvalue(), "a.xlsx")


def test_an_archive_that_lies_about_its_size_is_counted() -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 3_000_000)
    honest = output.getvalue()
    lying = honest.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Invalid):
        read_people_file(lying, "a.xlsx")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", ""]))
@example(b"\xff\xfe\x00", "a.csv")
@example(b"sep=;\r\n", "a.csv")
def test_any_bytes_end_in_rows_or_a_clear_sentence(data: bytes, filename: str) -> None:
    found = outcome(data, filename)
    assert found.endswith((".", "?")) if isinstance(found, str) else found.columns


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_damaged_bytes_ends_in_rows_or_a_clear_sentence(place: int, junk: bytes) -> None:
    data = bytearray(write_xlsx([chief()]))
    place %= len(data)
    data[place : place + len(junk)] = junk
    assert outcome(bytes(data), "a.xlsx")
