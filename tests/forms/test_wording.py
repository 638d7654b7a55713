"""Numbers, dates and times in words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.wording import (
    format_date,
    format_date_in_words,
    format_datetime,
    format_number,
    format_time,
    roman,
    terbilang,
)


@pytest.mark.parametrize(
    ("value", "places", "indonesian", "english"),
    [
        (Decimal("18.75"), None, "18,75", "18.75"),
        (1250000, None, "1.250.000", "1,250,000"),
        (Decimal("1250.50"), None, "1.250,5", "1,250.5"),
        (Decimal("-0.5"), None, "-0,5", "-0.5"),
        (Decimal("-1250.5"), None, "-1.250,5", "-1,250.5"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
        (Decimal("5.625"), 2, "5,63", "5.63"),
        (Decimal("28.125"), 2, "28,13", "28.13"),
        (Decimal("84"), 2, "84,00", "84.00"),
        (Decimal("-0.004"), 2, "0,00", "0.00"),
        (0, None, "0", "0"),
    ],
)
def test_numbers_are_written_with_the_signs_of_the_language_and_rounded_half_up(value, places, indonesian, english):
    assert format_number(value, places) == indonesian
    assert format_number(value, places, "en_GB") == english


def test_dates_are_written_out():
    assert format_date(date(2026, 1, 30)) == "30 Januari 2026"
    assert format_date(date(2026, 1, 2), weekday=True) == "Jumat, 2 Januari 2026"
    assert format_date(date(2026, 8, 17), "en", weekday=True) == "Monday, 17 August 2026"


def test_times_bear_the_name_of_their_zone():
    moment = datetime(2026, 1, 30, 16, 59, tzinfo=UTC)
    assert format_time(moment, "Asia/Jakarta") == "23.59 WIB"
    assert format_datetime(moment, "Asia/Jakarta") == "30 Januari 2026 pukul 23.59 WIB"
    assert format_datetime(moment, "Asia/Makassar") == "31 Januari 2026 pukul 00.59 WITA"
    assert format_datetime(moment, "Asia/Jayapura", "en") == "31 January 2026 at 01.59 WIT"
    assert format_time(moment, "UTC") == "16.59 UTC"


def test_a_moment_without_a_zone_is_not_guessed():
    with pytest.raises(ValueError, match="zone"):
        format_time(datetime(2026, 1, 30, 16, 59), "Asia/Jakarta")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (11, "sebelas", "eleven"),
        (12, "dua belas", "twelve"),
        (19, "sembilan belas", "nineteen"),
        (21, "dua puluh satu", "twenty-one"),
        (100, "seratus", "one hundred"),
        (111, "seratus sebelas", "one hundred eleven"),
        (1000, "seribu", "one thousand"),
        (1100, "seribu seratus", "one thousand one hundred"),
        (2026, "dua ribu dua puluh enam", "two thousand twenty-six"),
        (100_000, "seratus ribu", "one hundred thousand"),
        (1_001_000, "satu juta seribu", "one million one thousand"),
        (-5, "minus lima", "minus five"),
        (Decimal("18.75"), "delapan belas koma tujuh lima", "eighteen point seven five"),
        (10**15 - 1, None, None),
    ],
)
def test_numbers_are_spelled(number, indonesian, english):
    if indonesian is None:
        assert terbilang(number).startswith("sembilan ratus sembilan puluh sembilan triliun")
    else:
        assert (terbilang(number), terbilang(number, "en")) == (indonesian, english)


def test_numbers_beyond_the_words_are_refused():
    with pytest.raises(ValueError, match="quadrillion"):
        terbilang(10**15)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_different_numbers_are_spelled_differently(one, other):
    assert (terbilang(one) == terbilang(other)) == (one == other)


def test_a_date_is_spelled_as_an_official_report_does():
    spelled = "Jumat tanggal dua bulan Januari tahun dua ribu dua puluh enam (02-01-2026)"
    assert format_date_in_words(date(2026, 1, 2)) == spelled


def test_roman_months():
    assert " ".join(roman(month) for month in range(1, 13)) == "I II III IV V VI VII VIII IX X XI XII"
    assert roman(1994) == "MCMXCIV"
    with pytest.raises(ValueError, match="3999"):
        roman(0)
