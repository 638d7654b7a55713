"""Lists of people as files: one header for CSV and XLSX, in and out, without loss."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter

from forms.text import msg
from models.errors import Invalid
from models.exchange.sheets import Cell, read_table

HEADER: tuple[str, ...] = (
    "nip",
    "nama",
    "status_pegawai",
    "golongan",
    "jenis_jabatan",
    "jabatan",
    "jenjang",
    "unit_kerja",
    "unit_induk",
    "nip_atasan",
    "email",
    "mulai",
)
WIDTHS = (22, 34, 10, 10, 16, 36, 16, 30, 26, 22, 32, 12)
_DANGEROUS = frozenset("=+-@\t\r\n\0|%")
"""With these a spreadsheet program takes a cell for a formula or a command."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What stands in one row, by column; `numbers` names the columns whose cell was a number, not text."""

    number: int
    values: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    surplus: bool = False
    """There are more cells than the header has columns: usually a comma in a name without quotation marks."""


@dataclass(frozen=True, slots=True)
class PeopleSheet:
    """A list of people as it stands in a file, nothing of it checked yet."""

    columns: tuple[str, ...]
    rows: list[PersonRow]
    header_number: int = 1


def read_people_file(data: bytes, filename: str) -> PeopleSheet:
    """The rows of a CSV or XLSX file below its header, with the row numbers that a spreadsheet shows.

    Raises `Invalid` when the bytes are no such file; which columns and values are wrong is said by the import.
    """
    header, *lines = read_table(data, filename)
    columns = tuple("_".join(str(cell).lower().split()) for cell in header.cells)
    while columns and not columns[-1]:
        columns = columns[:-1]
    if not set(columns) & set(HEADER):
        raise Invalid(
            msg("Baris judul kolom tidak ditemukan. Baris pertama harus berisi: %(header)s.", header=", ".join(HEADER))
        )
    guarded = not data.startswith(b"PK")
    rows = []
    for line in lines:
        values = {name: _text(cell, guarded) for name, cell in zip(columns, line.cells, strict=False)}
        numbers = frozenset(name for name, cell in zip(columns, line.cells, strict=False) if isinstance(cell, float))
        surplus = any(cell != "" for cell in line.cells[len(columns) :])
        rows.append(PersonRow(line.number, values, numbers, surplus))
    return PeopleSheet(columns, rows, header.number)


def write_csv(rows: Iterable[Mapping[str, str]], *, bom: bool = True) -> bytes:
    """The rows as CSV in UTF-8; with a BOM, so that Excel reads the letters right. No cell can act as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows([guard(row.get(column, "")) for column in HEADER] for row in rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def write_xlsx(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as a workbook: employee numbers as text, `mulai` as a date, never a formula."""
    output = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(output, options) as workbook:
        # A fixed moment: the same people give the same bytes.
        workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        head = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Pegawai")
        sheet.freeze_panes(1, 2)
        for place, (column, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(place, place, width, text)
            sheet.write_string(0, place, column, head)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(HEADER):
                value = row.get(column, "")
                if column == "mulai" and value:
                    sheet.write_datetime(number, place, date.fromisoformat(value), day)
                elif value:
                    sheet.write_string(number, place, value, text)
    return output.getvalue()


def guard(text: str) -> str:
    """The text of a CSV cell so that no spreadsheet program executes it; `unguard` is the way back."""
    return f"'{text}" if _acts(text.lstrip("'")) else text


def unguard(text: str) -> str:
    """A CSV cell as it was before `guard`."""
    return text[1:] if text.startswith("'") and _acts(text.lstrip("'")) else text


def _acts(text: str) -> bool:
    return bool(text) and unicodedata.normalize("NFKC", text[0])[:1] in _DANGEROUS


def _text(cell: Cell, guarded: bool) -> str:
    """A cell as text; numbers without a decimal point where they are whole. `="123"` is how Excel keeps digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if not guarded:
        return cell
    kept = re.fullmatch(r'="([^"]*)"', cell)
    return kept[1] if kept else unguard(cell)
