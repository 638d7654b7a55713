"""Tables of cells out of CSV and XLSX files that anybody may have made; any bytes end in a table or a clear message."""

import io
import json
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.errors import Invalid as NotReadable
from forms.exchange import delimited
from forms.text import Message, msg
from models.errors import Invalid

MOST_BYTES = 10_000_000
MOST_ROWS = 20_001
"""20,000 rows and the header."""
MOST_COLUMNS = 100
MOST_CHARACTERS = 20_000_000
MOST_ENTRIES = 2_000
MOST_INFLATED_BYTES = 50_000_000
MOST_INFLATION = 100
ALWAYS_ALLOWED_BYTES = 1_000_000
"""Small workbooks may be packed tighter than `MOST_INFLATION`: white space compresses well."""
SECONDS = 30

Cell = str | float


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
    elif filename.lower().endswith((".xlsx", ".xlsm")) or data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(
            msg("Berkas ini bukan XLSX yang dapat dibaca. Simpan ulang sebagai XLSX atau CSV tanpa kata sandi.")
        )
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
    _check_archive(data)
    program = str(Path(__file__).parent / "sheet_process.py")
    limits = [str(limit) for limit in (MOST_ROWS, MOST_COLUMNS, MOST_CHARACTERS)]
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the file goes in as data)
            [sys.executable, "-I", program, *limits],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as wrong:
        raise Invalid(_too_large()) from wrong
    if done.returncode != 0:
        raise Invalid(_too_large())
    answer: dict[str, Any] = json.loads(done.stdout)
    match answer.get("problem"):
        case "rows":
            raise Invalid(_too_many_rows())
        case "columns":
            raise Invalid(_too_many_columns())
        case "large":
            raise Invalid(_too_large())
        case "damaged":
            raise Invalid(_damaged())
        case "empty":
            raise Invalid(msg("Buku kerja ini tidak memiliki lembar yang terlihat. Tampilkan lembar data pegawai."))
    return [[_cell(cell) for cell in row] for row in answer["rows"]]


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    return float(cell)


def _check_archive(data: bytes) -> None:
    """Refuse an archive that holds too much before anything is parsed; sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if "xl/workbook.xml" not in archive.namelist():
                raise Invalid(_damaged())
            allowed = min(MOST_INFLATED_BYTES, max(ALWAYS_ALLOWED_BYTES, MOST_INFLATION * len(data)))
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > allowed:
                raise Invalid(_too_large())
            inflated = 0
            for entry in entries:
                with archive.open(entry) as content:
                    while chunk := content.read(1 << 16):
                        inflated += len(chunk)
                        if inflated > allowed:
                            raise Invalid(_too_large())
    # An archive put together by hand makes zipfile stumble in all these ways (also over passwords and unknown methods).
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, OverflowError) as wrong:
        raise Invalid(_damaged()) from wrong


def _damaged() -> Message:
    return msg("Berkas ini bukan XLSX yang dapat dibaca. Simpan ulang sebagai XLSX atau CSV tanpa kata sandi.")


def _too_large() -> Message:
    return msg("Isi berkas ini terlalu besar untuk dibaca. Hapus lembar dan gambar yang tidak diperlukan.")


def _too_many_rows() -> Message:
    return msg("Berkas berisi lebih dari %(limit)s baris. Bagi menjadi beberapa berkas.", limit=MOST_ROWS - 1)


def _too_many_columns() -> Message:
    return msg("Berkas berisi lebih dari %(limit)s kolom. Hapus kolom yang tidak diperlukan.", limit=MOST_COLUMNS)
