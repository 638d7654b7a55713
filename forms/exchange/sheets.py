"""The safe way to open workbooks that anybody may have made: any bytes end in sheets of cells or a clear message."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forms.errors import Invalid
from forms.exchange import archive
from forms.text import Message, msg

MOST_BYTES = 10_000_000
MOST_CHARACTERS = 20_000_000
SECONDS = 30
OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"
"""How files of Excel 97 (.xls) begin, and encrypted ones of later days."""

Cell = str | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet: rows from the first, cells from column A; `formulas` names cells ("B5") that hold one."""

    name: str
    rows: list[list[Cell]]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """The wanted sheets of a workbook and the names of all its sheets; `inert` names what is in it and never used."""

    sheets: tuple[Sheet, ...]
    names: tuple[str, ...]
    inert: tuple[str, ...] = ()


def read_workbook(
    data: bytes, most_rows: int, most_columns: int, wanted: Iterable[str] | None = None, old: bool = False
) -> Workbook:
    """The sheets named in `wanted` (in small letters; the only sheet if there is but one), or the first visible one.

    The archive is measured before anything is parsed; parsing happens in a child process with little memory and time.
    Formulas are not evaluated, macros and external links never looked at. `old` also takes workbooks of Excel 97.
    Raises Invalid.
    """
    inert: tuple[str, ...] = ()
    if data.startswith(b"PK"):
        inert = _check_archive(data)
    elif not (old and data.startswith(OLD_WORKBOOK)):
        raise Invalid(damaged())
    program = str(Path(__file__).parent / "sheet_process.py")
    settings = {
        "wanted": sorted(wanted) if wanted is not None else None,
        "rows": most_rows,
        "columns": most_columns,
        "characters": MOST_CHARACTERS,
    }
    try:
        done = subprocess.run(  # noqa: S603  (our own program; the file goes in as data)
            [sys.executable, "-I", program, json.dumps(settings)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as wrong:
        raise Invalid(too_large()) from wrong
    if done.returncode != 0:
        raise Invalid(too_large())
    answer: dict[str, Any] = json.loads(done.stdout)
    match answer.get("problem"):
        case "rows":
            raise Invalid(too_many_rows(most_rows - 1))
        case "columns":
            raise Invalid(too_many_columns(most_columns))
        case "large":
            raise Invalid(too_large())
        case "damaged":
            raise Invalid(damaged())
        case "empty":
            raise Invalid(msg("Buku kerja ini tidak memiliki lembar yang terlihat. Tampilkan lembar datanya."))
    sheets = tuple(
        Sheet(sheet["name"], [[_cell(cell) for cell in row] for row in sheet["rows"]], tuple(sheet["formulas"]))
        for sheet in answer["sheets"]
    )
    return Workbook(sheets, tuple(answer["names"]), inert)


def _cell(cell: Any) -> Cell:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    return float(cell)


def _check_archive(data: bytes) -> tuple[str, ...]:
    """Refuse an archive that holds too much before anything is parsed; gives what is in it and never used."""
    try:
        names = archive.names(data)
        if "xl/workbook.xml" not in names:
            raise Invalid(damaged())
        archive.check(data)
    except archive.ArchiveTooLarge as wrong:
        raise Invalid(too_large()) from wrong
    except archive.ArchiveDamaged as wrong:
        raise Invalid(damaged()) from wrong
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    links = any(name.startswith("xl/externalLinks/") for name in names)
    return ("macros",) * macros + ("links",) * links


def damaged() -> Message:
    """The bytes are no workbook."""
    return msg("Berkas ini bukan XLSX yang dapat dibaca. Simpan ulang sebagai XLSX atau CSV tanpa kata sandi.")


def too_large() -> Message:
    """Reading would take more memory or time than a sheet of people or questions ever needs."""
    return msg("Isi berkas ini terlalu besar untuk dibaca. Hapus lembar dan gambar yang tidak diperlukan.")


def too_many_rows(limit: int) -> Message:
    """A sheet is longer than `limit` rows below the header."""
    return msg("Berkas berisi lebih dari %(limit)s baris. Bagi menjadi beberapa berkas.", limit=limit)


def too_many_columns(limit: int) -> Message:
    """A sheet is wider than `limit` columns."""
    return msg("Berkas berisi lebih dari %(limit)s kolom. Hapus kolom yang tidak diperlukan.", limit=limit)
