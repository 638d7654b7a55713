"""The child process that opens spreadsheets, with limits: what a hostile file bursts is this process only.

Started by `models.exchange.sheets` as a file of its own (`python -I sheet_process.py ROWS COLUMNS CHARACTERS`), so it
imports nothing of ours. The workbook comes in on standard input; rows leave as JSON on standard output.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20


def main(most_rows: int, most_columns: int, most_characters: int) -> None:
    """Read the first visible worksheet and print its rows, or the name of the problem."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer = _read(sys.stdin.buffer.read(), most_rows, most_columns, most_characters)
    except MemoryError:
        answer = {"problem": "large"}
    except Exception:
        # Whatever the library stumbles over, the answer to the reader is the same: this is no workbook.
        answer = {"problem": "damaged"}
    json.dump(answer, sys.stdout)


def _read(data: bytes, most_rows: int, most_columns: int, most_characters: int) -> dict[str, Any]:
    import python_calamine as calamine  # after the limits stand

    workbook = calamine.load_workbook(io.BytesIO(data))
    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    if not names:
        return {"problem": "empty"}
    sheet = workbook.get_sheet_by_name(names[0])
    if sheet.total_width > most_columns:
        return {"problem": "columns"}
    rows: list[list[Any]] = []
    characters = 0
    for number, cells in enumerate(sheet.iter_rows()):
        if number >= most_rows:
            return {"problem": "rows"}
        row = [_plain(cell) for cell in cells]
        characters += sum(len(cell) for cell in row if isinstance(cell, str))
        if characters > most_characters:
            return {"problem": "large"}
        rows.append(row)
    return {"rows": rows}


def _plain(cell: Any) -> Any:
    """Text as it is, numbers as numbers, days as ISO text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    return cell if isinstance(cell, float) else str(cell)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
