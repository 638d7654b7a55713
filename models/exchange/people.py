"""Lists of people as files: one header for CSV and XLSX, in and out, without loss."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from forms.exchange.delimited import unguard
from forms.exchange.sheets import Cell
from forms.text import msg
from models.errors import Invalid
from models.exchange import tables
from models.exchange.sheets import read_table

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
    """The rows as CSV; without a BOM for programs that do not expect one."""
    return tables.write_csv(HEADER, [[row.get(column, "") for column in HEADER] for row in rows], bom=bom)


def write_xlsx(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as a workbook: employee numbers as text, `mulai` as a day."""
    return tables.write_xlsx(HEADER, [[_cell(column, row.get(column, "")) for column in HEADER] for row in rows])


def _cell(column: str, value: str) -> str | date:
    return date.fromisoformat(value) if column == "mulai" and value else value


def _text(cell: Cell, guarded: bool) -> str:
    """A cell as text; numbers without a decimal point where they are whole. `="123"` is how Excel keeps digits."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if not guarded:
        return cell
    kept = re.fullmatch(r'="([^"]*)"', cell)
    return kept[1] if kept else unguard(cell)
