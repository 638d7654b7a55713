"""Any list as CSV or XLSX: figures stay figures, and no text can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TextIO

import xlsxwriter

from forms.exchange.delimited import guard
from models.exchange.workbooks import WIDEST, Cell, looks, write_cell


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, bom: bool = True) -> bytes:
    """The rows as CSV in UTF-8, with a BOM so that Excel reads the letters right; texts guarded, figures plain."""
    text = io.StringIO(newline="")
    write_lines(text, columns, rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


def write_lines(output: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The rows as CSV, written one by one; texts guarded, figures plain."""
    writer = csv.writer(output)
    writer.writerow([guard(column) for column in columns])
    writer.writerows([_written(cell) for cell in row] for row in rows)


def _written(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guard(cell)
        case datetime():
            return cell.isoformat(timespec="minutes")
        case date():
            return cell.isoformat()
    return str(cell)


def write_xlsx(columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The rows as a workbook of one sheet."""
    return write_workbook([(None, columns, rows)])


def write_workbook(sheets: Sequence[tuple[str | None, Sequence[str], Sequence[Sequence[Cell]]]]) -> bytes:
    """Lists as sheets of a workbook, each with its name: texts as texts, days as days, never a formula.

    Moments are written in their own zone. The same lists give the same bytes.
    """
    output = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        look = looks(workbook)
        for name, columns, rows in sheets:
            _write_sheet(workbook.add_worksheet(name), columns, rows, look)
    return output.getvalue()


def _write_sheet(sheet: Any, columns: Sequence[str], rows: Sequence[Sequence[Cell]], look: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        widest = max([len(column), *(len(str(row[place])) for row in rows[:200] if row[place] is not None)])
        sheet.set_column(place, place, min(widest + 2, WIDEST), look["text"])
        sheet.write_string(0, place, column, look["head"])
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            write_cell(sheet, number, place, cell, look)
