"""Any list as CSV or XLSX: figures stay figures, and no text can act as a formula."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter

from forms.exchange.delimited import guard

Cell = str | int | Decimal | date | datetime | None
WIDEST = 60


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[Cell]], *, bom: bool = True) -> bytes:
    """The rows as CSV in UTF-8, with a BOM so that Excel reads the letters right; texts guarded, figures plain."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guard(column) for column in columns])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if bom else "utf-8")


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
    """The rows as a workbook: texts as texts, days as days, never a formula. Moments are written in their own zone."""
    output = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(output, options) as workbook:
        # A fixed moment: the same list gives the same bytes.
        workbook.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        head = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"num_format": "@"})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        moment = workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet = workbook.add_worksheet()
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            widest = max([len(column), *(len(str(row[place])) for row in rows[:200] if row[place] is not None)])
            sheet.set_column(place, place, min(widest + 2, WIDEST), text)
            sheet.write_string(0, place, column, head)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                match cell:
                    case str() if cell:
                        sheet.write_string(number, place, cell, text)
                    case datetime():
                        sheet.write_datetime(number, place, cell.replace(tzinfo=None), moment)
                    case date():
                        sheet.write_datetime(number, place, cell, day)
                    case int() | Decimal():
                        sheet.write_number(number, place, cell)
    return output.getvalue()
