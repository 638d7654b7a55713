"""Employee numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import Invalid
from forms.identifiers import read_employee_number

TODAY = date(2026, 1, 30)


@pytest.mark.parametrize("written", ["198609262015051001", "19860926 201505 1 001", " 19860926.201505-1-001\n"])
def test_a_nip_says_birth_appointment_and_sex(written):
    number = read_employee_number(written, TODAY)
    assert (number.value, number.kind) == ("198609262015051001", "pns")
    assert (number.born_on, number.appointed) == (date(1986, 9, 26), (2015, 5))
    assert (number.sex, number.sequence, number.warnings) == ("male", 1, ())
    assert number.grouped == "19860926 201505 1 001"


def test_the_number_of_a_pppk_has_a_year_and_a_code():
    number = read_employee_number("199009132025242014", TODAY)
    assert (number.kind, number.born_on, number.appointed) == ("pppk", date(1990, 9, 13), (2025, None))
    assert (number.sex, number.sequence, number.grouped) == ("female", 14, "19900913 202524 2 014")


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("19860926201505100", "NIP harus terdiri atas 18 angka; yang tertulis 17 angka."),
        ("", "NIP hanya terdiri atas angka, contoh 19860926 201505 1 001."),
        ("19860926201505100A", "NIP hanya terdiri atas angka, contoh 19860926 201505 1 001."),
        ("١٩٨٦٠٩٢٦٢٠١٥٠٥١٠٠١", "NIP hanya terdiri atas angka, contoh 19860926 201505 1 001."),
        ("198602292015051001", "Tanggal lahir pada NIP (29/02/1986) tidak ada dalam kalender."),
        ("000000002015051001", "Tanggal lahir pada NIP (00/00/0000) tidak ada dalam kalender."),
        ("202601302015051001", "Tanggal lahir pada NIP (30/01/2026) belum lewat."),
        ("198609262015001001", "Bulan pengangkatan pada NIP (angka ke-13 dan ke-14) tidak boleh 00."),
        ("198609262015053001", "Angka ke-15 pada NIP harus 1 (laki-laki) atau 2 (perempuan)."),
        ("198609262015051000", "Nomor urut pada NIP (tiga angka terakhir) tidak boleh 000."),
        ("198609262099051001", "Waktu pengangkatan pada NIP (2099) belum tiba."),
        ("198609262026021001", "Waktu pengangkatan pada NIP (2026) belum tiba."),
    ],
)
def test_what_no_number_can_be_is_refused(written, why):
    with pytest.raises(Invalid) as refusal:
        read_employee_number(written, TODAY)
    assert str(refusal.value.message) == why


def test_an_appointment_this_month_has_come():
    assert read_employee_number("200001012026011001", TODAY).appointed == (2026, 1)


def test_what_is_unusual_is_only_warned_of():
    young = read_employee_number("200501012015051001", TODAY)
    assert [str(w) for w in young.warnings] == [
        "Menurut NIP, pengangkatan terjadi sebelum usia 18 tahun. Periksa kembali."
    ]
    old = read_employee_number("195001011975051001", TODAY)
    assert [str(w) for w in old.warnings] == ["Menurut NIP, usia pegawai lebih dari 70 tahun. Periksa kembali."]


def test_eighteen_is_reached_in_the_month_of_the_birthday():
    assert read_employee_number("200001152018011001", TODAY).warnings == ()
    assert len(read_employee_number("200002152018011001", TODAY).warnings) == 1


@given(st.text() | st.from_regex(r"[0-9]{18}", fullmatch=True))
def test_any_text_is_a_number_or_refused(text):
    try:
        number = read_employee_number(text, TODAY)
    except Invalid as refusal:
        assert str(refusal.message)  # noqa: PT017
    else:
        assert read_employee_number(number.grouped, TODAY) == number
