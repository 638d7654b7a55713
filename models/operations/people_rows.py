"""Reading rows of a people file as people: each value by itself, each error with row, column, value and advice."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from forms.characters import UnreadableText, clean_line
from forms.errors import Invalid
from forms.identifiers import EmployeeNumber, read_employee_number
from forms.text import Message, msg
from models import organisation
from models.exchange.people import HEADER, PeopleSheet, PersonRow
from models.operations.people_report import CheckedRow, CheckedSheet, RowError

LONGEST = 255
YOUNGEST_IN_POST = 15
"""Nobody held a post before this age, in years; what is earlier is a slip of the pen."""
FARTHEST_DAYS = 366
"""A post may begin in the future, but not farther away than this."""
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_SERIAL = re.compile(r"[2-7]\d{4}")
_SERIAL_START = date(1899, 12, 30)
"""Day 0 of the numbers by which spreadsheets count days."""


def check_sheet(sheet: PeopleSheet, on: date) -> CheckedSheet:
    """Read every row as a person; wrong columns are errors of the header's row and leave the rows unread."""
    found = CheckedSheet(errors=_header_errors(sheet))
    if found.errors:
        return found
    first_rows: dict[str, int] = {}
    for row in sheet.rows:
        reader = _Reader(row, on)
        checked = reader.person()
        found.errors += reader.errors
        found.warnings += reader.warnings
        if checked is None:
            continue
        before = first_rows.setdefault(checked.employee_number, row.number)
        if before != row.number:
            message = msg(
                "NIP %(value)s sudah ada di baris %(before)s. Hapus salah satunya.",
                value=checked.employee_number,
                before=before,
            )
            found.errors.append(RowError(row.number, "nip", message))
        else:
            found.rows.append(checked)
    return found


def _header_errors(sheet: PeopleSheet) -> list[RowError]:
    errors = []
    missing = [column for column in HEADER if column not in sheet.columns]
    for place, column in enumerate(sheet.columns):
        if column in sheet.columns[:place]:
            message = msg("Kolom “%(value)s” ada dua kali. Hapus salah satunya.", value=column)
        elif column in HEADER:
            continue
        elif (meant := organisation.closest(column, missing)) is not None:
            message = msg(
                "Kolom “%(value)s” tidak dikenal. Maksud Anda “%(meant)s”? Ubah judulnya.", value=column, meant=meant
            )
        elif column:
            message = msg("Kolom “%(value)s” tidak dikenal. Hapus kolom itu.", value=column)
        else:
            message = msg("Kolom ke-%(place)s tidak berjudul. Beri judul atau hapus kolom itu.", place=place + 1)
        errors.append(RowError(sheet.header_number, column, message))
    for column in missing:
        message = msg(
            "Kolom “%(value)s” tidak ada. Tambahkan kolom itu; isinya boleh kosong bila tidak wajib.", value=column
        )
        errors.append(RowError(sheet.header_number, column, message))
    return errors


class _Refused(Exception):
    """A value cannot be read; the error has been noted."""


class _Reader:
    """Reads the values of one row and collects what is wrong with them, so that all is said at once."""

    def __init__(self, row: PersonRow, on: date) -> None:
        self.row = row
        self.on = on
        self.errors: list[RowError] = []
        self.warnings: list[RowError] = []

    def person(self) -> CheckedRow | None:
        """The person of this row, or nothing when a value was wrong."""
        if self.row.surplus:
            message = msg(
                "Baris ini berisi lebih banyak sel daripada judul kolom. "
                "Apit nilai yang memuat pemisah dengan tanda kutip."
            )
            self.errors.append(RowError(self.row.number, "", message))
            return None
        number = self._try(self._employee_number, "nip")
        status = self._try(self._known, "status_pegawai", organisation.read_status, organisation.STATUSES.values())
        kind = self._try(
            self._known, "jenis_jabatan", organisation.read_position_kind, organisation.POSITION_KINDS.values()
        )
        values: dict[str, Any] = {
            "employee_number": number.value if number else None,
            "name": self._try(self._text, "nama"),
            "status": status,
            "rank": self._try(self._rank, status),
            "kind": kind,
            "title": self._try(self._text, "jabatan"),
            "grade": self._try(self._grade, kind),
            "unit": self._try(self._text, "unit_kerja"),
            "parent": self._try(self._text, "unit_induk", False),
            "supervisor": self._try(self._supervisor, number),
            "email": self._try(self._email),
            "starts_on": self._try(self._starts_on, number),
        }
        if number and status and number.kind != status:
            message = msg(
                "NIP %(value)s berbentuk nomor %(kind)s, tetapi status_pegawai berisi %(status)s. Periksa keduanya.",
                value=number.value,
                kind=organisation.STATUSES[number.kind],
                status=organisation.STATUSES[status],
            )
            self.errors.append(RowError(self.row.number, "nip", message))
        return None if self.errors else CheckedRow(number=self.row.number, **values)

    def _try(self, read: Callable[..., Any], *arguments: Any) -> Any:
        try:
            return read(*arguments)
        except _Refused:
            return None

    def _refuse(self, column: str, message: Message) -> _Refused:
        self.errors.append(RowError(self.row.number, column, message))
        return _Refused()

    def _text(self, column: str, required: bool = True) -> str:
        raw = self.row.values.get(column, "")
        try:
            text = " ".join(clean_line(raw).split())
        except UnreadableText as wrong:
            message = msg("Teks ini memuat huruf yang rusak. Ketik ulang isinya.")
            raise self._refuse(column, message) from wrong
        if required and not text:
            raise self._refuse(column, msg("Kolom ini wajib diisi."))
        if len(text) > LONGEST:
            message = msg(
                "“%(value)s…” terlalu panjang; paling banyak %(limit)s huruf.", value=text[:40], limit=LONGEST
            )
            raise self._refuse(column, message)
        return text

    def _number_text(self, column: str, required: bool) -> str:
        text = self._text(column, required).removeprefix("'")
        if text and (column in self.row.numbers or re.fullmatch(r"\d[.,]\d+E\+?\d+", text, re.IGNORECASE)):
            # A spreadsheet keeps 15 digits of a number: the last three of the 18 are gone.
            message = msg(
                "%(value)s tersimpan sebagai angka, sehingga angka terakhirnya hilang. "
                "Ubah format kolom menjadi Teks, lalu ketik ulang NIP.",
                value=text,
            )
            raise self._refuse(column, message)
        return text

    def _employee_number(self, column: str) -> EmployeeNumber:
        text = self._number_text(column, True)
        try:
            number = read_employee_number(text, self.on)
        except Invalid as wrong:
            raise self._refuse(column, msg("“%(value)s”: %(problem)s", value=text, problem=wrong.message)) from wrong
        self.warnings += [
            RowError(self.row.number, column, msg("“%(value)s”: %(problem)s", value=text, problem=warning))
            for warning in number.warnings
        ]
        return number

    def _supervisor(self, own: EmployeeNumber | None) -> str:
        text = self._number_text("nip_atasan", False)
        if text in ("", "-"):
            return ""
        try:
            number = read_employee_number(text, self.on)
        except Invalid as wrong:
            message = msg("“%(value)s”: %(problem)s", value=text, problem=wrong.message)
            raise self._refuse("nip_atasan", message) from wrong
        if own is not None and number.value == own.value:
            message = msg("%(value)s adalah NIP pegawai itu sendiri. Isi NIP atasannya, atau kosongkan.", value=text)
            raise self._refuse("nip_atasan", message)
        return number.value

    def _known(self, column: str, read: Callable[[str], str | None], words: Iterable[str]) -> str:
        text = self._text(column)
        found = read(text)
        if found is None:
            raise self._refuse(column, _unknown(text, list(words)))
        return found

    def _rank(self, status: str | None) -> str:
        text = self._text("golongan", required=status == "pns")
        if text in ("", "-") and status != "pns":
            return ""
        rank = organisation.read_rank(text)
        if status is None:  # the status is the error; which golongan fit cannot be said
            return ""
        if rank is None:
            raise self._refuse("golongan", _unknown(text, list(organisation.ranks_of(status))))
        if not organisation.rank_fits(status, rank):
            message = (
                msg(
                    "Golongan %(value)s bukan golongan PNS. Tulis I/a sampai IV/e, atau periksa status_pegawai.",
                    value=rank,
                )
                if status == "pns"
                else msg(
                    "Golongan %(value)s bukan golongan PPPK. Tulis I sampai XVII, atau periksa status_pegawai.",
                    value=rank,
                )
            )
            raise self._refuse("golongan", message)
        return rank

    def _grade(self, kind: str | None) -> str:
        text = self._text("jenjang", required=False)
        if kind != "functional" or not text:
            return text
        grade = organisation.read_functional_grade(text)
        if grade is None:
            raise self._refuse("jenjang", _unknown(text, list(organisation.FUNCTIONAL_GRADES)))
        return grade

    def _email(self) -> str:
        text = self._text("email", required=False)
        if text in ("", "-"):
            return ""
        if not _EMAIL.fullmatch(text):
            message = msg(
                "“%(value)s” bukan alamat surel. Contoh: nama@nanggalo.example; boleh dikosongkan.", value=text
            )
            raise self._refuse("email", message)
        return text

    def _starts_on(self, number: EmployeeNumber | None) -> date:
        text = self._text("mulai")
        day = _read_day(text, serial="mulai" in self.row.numbers)
        if day is None:
            message = msg(
                "“%(value)s” bukan tanggal. Tuliskan dengan format hh/bb/tttt, contoh 30/01/2026.", value=text
            )
            raise self._refuse("mulai", message)
        if day > self.on + timedelta(days=FARTHEST_DAYS):
            message = msg("%(value)s lebih dari setahun di masa depan. Periksa tahunnya.", value=day)
            raise self._refuse("mulai", message)
        if number is not None:
            self._fits_career(day, number)
        return day

    def _fits_career(self, day: date, number: EmployeeNumber) -> None:
        born = number.born_on
        if (day.year - YOUNGEST_IN_POST, day.month, day.day) < (born.year, born.month, born.day):
            message = msg(
                "%(value)s terlalu dini untuk pegawai yang lahir pada %(born)s. Periksa tanggal ini dan NIP.",
                value=day,
                born=born,
            )
            raise self._refuse("mulai", message)
        year, month = number.appointed
        if (day.year, day.month) < (year, month or 1):
            message = msg("%(value)s mendahului waktu pengangkatan menurut NIP. Periksa kembali.", value=day)
            self.warnings.append(RowError(self.row.number, "mulai", message))


def _read_day(text: str, *, serial: bool) -> date | None:
    if serial:
        return _SERIAL_START + timedelta(days=int(text)) if _SERIAL.fullmatch(text) else None
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _unknown(text: str, words: list[str]) -> Message:
    meant = organisation.closest(text, words)
    if meant is not None:
        return msg("“%(value)s” tidak dikenal. Maksud Anda “%(meant)s”?", value=text, meant=meant)
    return msg("“%(value)s” tidak dikenal. Pilihan: %(words)s.", value=text, words=", ".join(words))
