"""Tables of cells out of CSV and XLSX files that anybody may have made; any bytes end in a table or a clear message."""

from dataclasses import dataclass

from forms.errors import Invalid as NotReadable
from forms.exchange import delimited
from forms.exchange.sheets import MOST_BYTES, OLD_WORKBOOK, Cell, damaged, read_workbook
from forms.text import msg
from models.errors import Invalid

MOST_ROWS = 20_001
"""20,000 rows and the header."""
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table with its number as a spreadsheet shows it (the first row is 1)."""

    number: int
    cells: list[Cell]


def read_table(data: bytes, filename: str) -> list[Line]:
    """The rows of a CSV or XLSX file that hold anything, cells without blanks around them.

    CSV may be UTF-8 (with or without BOM), UTF-16 with BOM or Windows-1252, separated by comma, semicolon or tab.
    Of a workbook the first visible sheet is read. Raises `Invalid` with what to do for everything else.
    """
    if not data:
        raise Invalid(msg("Berkas ini kosong. Pilih berkas CSV atau XLSX yang berisi data pegawai."))
    if len(data) > MOST_BYTES:
        raise Invalid(
            msg("Ukuran berkas melebihi %(limit)s MB. Bagi menjadi beberapa berkas.", limit=MOST_BYTES // 10**6)
        )
    if data.startswith(b"PK"):
        rows = _workbook_rows(data)
    elif filename.lower().endswith((".xlsx", ".xlsm")) or data.startswith(OLD_WORKBOOK):
        raise Invalid(damaged())
    else:
        rows = _text_rows(data)
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1) if any(cell != "" for cell in cells)]
    if not lines:
        raise Invalid(msg("Berkas ini tidak berisi baris. Pilih berkas CSV atau XLSX yang berisi data pegawai."))
    return lines


def _text_rows(data: bytes) -> list[list[Cell]]:
    try:
        return [[*row] for row in delimited.read_rows(delimited.decode(data), MOST_ROWS, MOST_COLUMNS)]
    except NotReadable as wrong:
        raise Invalid(wrong.message) from wrong


def _workbook_rows(data: bytes) -> list[list[Cell]]:
    try:
        return read_workbook(data, MOST_ROWS, MOST_COLUMNS).sheets[0].rows
    except NotReadable as wrong:
        raise Invalid(wrong.message) from wrong
