"""Names of files: readable, on one line, without a path, never longer than agreed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.uploads.names import MOST_CHARACTERS, clean_name, ending_of


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("laporan.pdf", "laporan.pdf"),
        ("  Laporan   Triwulan I.PDF ", "Laporan Triwulan I.PDF"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Citra\\foto.jpg", "foto.jpg"),
        ("laporan\u202efdp.exe", "laporanfdp.exe"),
        ("a\u200bb\u2066c\ufeff.pdf", "abc.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("nol\0.pdf", "nol.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ('"a"<b>|?.pdf', "_a__b___.pdf"),
        ("...pdf", "pdf"),
        (".pdf", "pdf"),
        ("", "berkas"),
        ("\u202e\u200b", "berkas"),
        ("\ud800.pdf", "pdf"),
        ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("data.tar.gz", "data.tar.gz"),
    ],
)
def test_a_name_is_made_harmless(given_name, cleaned):
    assert clean_name(given_name) == cleaned


@given(st.text(max_size=400))
def test_any_name_ends_in_a_harmless_one(given_name):
    name = clean_name(given_name)
    assert 0 < len(name) <= MOST_CHARACTERS
    assert not set(name) & set('/\\<>:"|?*\0\n\r')
    assert name.encode()
    assert all(unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for letter in name)
    assert clean_name(name) == name
    assert ending_of(name) == ending_of(name.upper())
