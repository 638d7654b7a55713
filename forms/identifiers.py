"""The employee numbers of civil servants: NIP of PNS and NI PPPK, 18 digits that say birth, appointment and sex.

Layout: Perka BKN 22/2007 and 43/2007 for the NIP; for the NI PPPK the meaning of digits 13 and 14 is not documented
with authority, so 13 to 99 are accepted there.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from forms.errors import Invalid
from forms.text import Message, msg

_SEPARATORS = re.compile(r"[\s.\-]")
YOUNGEST = 18
"""Age from which one can be appointed, in years."""
OLDEST = 70
"""Age from which a number in use deserves a second look: the highest retirement age, of professors."""


@dataclass(frozen=True, slots=True)
class EmployeeNumber:
    """A number that can be, taken apart. `appointed` is (year, month), the month None for PPPK."""

    value: str
    kind: Literal["pns", "pppk"]
    born_on: date
    appointed: tuple[int, int | None]
    sex: Literal["male", "female"]
    sequence: int
    warnings: tuple[Message, ...] = ()

    @property
    def grouped(self) -> str:
        """As it is printed: `19860926 201505 1 001`."""
        return f"{self.value[:8]} {self.value[8:14]} {self.value[14]} {self.value[15:]}"


def read_employee_number(text: str, today: date) -> EmployeeNumber:
    """The number in a text, written with or without blanks, dots or hyphens. Raises Invalid for what no number can be.

    What is unusual but possible (appointed before 18, older than 70) is in `warnings`.
    """
    value = _SEPARATORS.sub("", text)
    if not (value.isascii() and value.isdigit()):
        raise Invalid(msg("NIP hanya terdiri atas angka, contoh 19860926 201505 1 001."))
    if len(value) != 18:
        raise Invalid(msg("NIP harus terdiri atas 18 angka; yang tertulis %(count)s angka.", count=len(value)))
    born_on = _birth(value, today)
    kind, appointed = _appointment(value, today)
    if value[14] not in "12":
        raise Invalid(msg("Angka ke-15 pada NIP harus 1 (laki-laki) atau 2 (perempuan)."))
    if value[15:] == "000":
        raise Invalid(msg("Nomor urut pada NIP (tiga angka terakhir) tidak boleh 000."))
    return EmployeeNumber(
        value,
        kind,
        born_on,
        appointed,
        "male" if value[14] == "1" else "female",
        int(value[15:]),
        tuple(_warnings(born_on, appointed, today)),
    )


def _birth(value: str, today: date) -> date:
    written = f"{value[6:8]}/{value[4:6]}/{value[:4]}"
    try:
        born_on = date(int(value[:4]), int(value[4:6]), int(value[6:8]))
    except ValueError as error:
        raise Invalid(msg("Tanggal lahir pada NIP (%(date)s) tidak ada dalam kalender.", date=written)) from error
    if born_on >= today:
        raise Invalid(msg("Tanggal lahir pada NIP (%(date)s) belum lewat.", date=written))
    return born_on


def _appointment(value: str, today: date) -> tuple[Literal["pns", "pppk"], tuple[int, int | None]]:
    year, code = int(value[8:12]), int(value[12:14])
    if code == 0:
        raise Invalid(msg("Bulan pengangkatan pada NIP (angka ke-13 dan ke-14) tidak boleh 00."))
    month = code if code <= 12 else None
    if (year, month or 1) > (today.year, today.month):
        raise Invalid(msg("Waktu pengangkatan pada NIP (%(year)s) belum tiba.", year=value[8:12]))
    return ("pns", (year, month)) if month else ("pppk", (year, None))


def _warnings(born_on: date, appointed: tuple[int, int | None], today: date) -> list[Message]:
    year, month = appointed
    found = []
    # With a year alone, the last day of the year is the benefit of the doubt.
    if (year - YOUNGEST, month or 12) < (born_on.year, born_on.month):
        found.append(
            msg("Menurut NIP, pengangkatan terjadi sebelum usia %(age)s tahun. Periksa kembali.", age=Decimal(YOUNGEST))
        )
    if (today.year - OLDEST, today.month, today.day) > (born_on.year, born_on.month, born_on.day):
        found.append(msg("Menurut NIP, usia pegawai lebih dari %(age)s tahun. Periksa kembali.", age=Decimal(OLDEST)))
    return found
