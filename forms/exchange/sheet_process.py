"""The child process that opens spreadsheets, with limits: what a hostile file bursts is this process only.

Started by `forms.exchange.sheets` as a file of its own (`python -I sheet_process.py SETTINGS`), so it imports nothing
of ours. The settings are JSON; the workbook comes in on standard input; sheets leave as JSON on standard output.
Formulas are never evaluated: a cell has the value that its last editor stored, and the cells with formulas are named.
"""

import io
import json
import re
import resource
import sys
import zipfile
from datetime import date, datetime
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20


def main(settings: dict[str, Any]) -> None:
    """Read the wanted worksheets and print their rows, or the name of the problem."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    try:
        answer = _read(sys.stdin.buffer.read(), settings)
    except MemoryError:
        answer = {"problem": "large"}
    except Exception:
        # Whatever the library stumbles over, the answer to the reader is the same: this is no workbook.
        answer = {"problem": "damaged"}
    json.dump(answer, sys.stdout)


def _read(data: bytes, settings: dict[str, Any]) -> dict[str, Any]:
    import python_calamine as calamine  # after the limits stand

    workbook = calamine.load_workbook(io.BytesIO(data))
    pages = [sheet for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet]
    if settings["wanted"] is None:
        names = [sheet.name for sheet in pages if sheet.visible == calamine.SheetVisibleEnum.Visible][:1]
    else:
        names = [sheet.name for sheet in pages if sheet.name.strip().lower() in settings["wanted"]]
        names = names or [sheet.name for sheet in pages][: 1 if len(pages) == 1 else 0]
    if not names and not pages:
        return {"problem": "empty"}
    formulas = _formulas(data, names)
    sheets = []
    room = settings["characters"]
    for name in names:
        sheet = workbook.get_sheet_by_name(name)
        if sheet.total_width > settings["columns"]:
            return {"problem": "columns"}
        rows: list[list[Any]] = []
        for number, cells in enumerate(sheet.iter_rows()):
            if number >= settings["rows"]:
                return {"problem": "rows"}
            row = [_plain(cell) for cell in cells]
            room -= sum(len(cell) for cell in row if isinstance(cell, str))
            if room < 0:
                return {"problem": "large"}
            rows.append(row)
        sheets.append({"name": name, "rows": rows, "formulas": formulas.get(name, [])})
    if settings["wanted"] is None and not names:
        return {"problem": "empty"}
    return {"sheets": sheets, "names": [sheet.name for sheet in pages]}


def _plain(cell: Any) -> Any:
    """Text as it is, numbers as numbers, days as ISO text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if cell is None or isinstance(cell, str | bool | int):
        return cell
    return cell if isinstance(cell, float) else str(cell)


def _formulas(data: bytes, names: list[str]) -> dict[str, list[str]]:
    """The cells that hold formulas, by sheet; the places only, since nothing of a formula is ever used."""
    if not data.startswith(b"PK"):
        return {}
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = set(archive.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= entries:
            return {}
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        targets = {
            _attribute(tag, "Id"): _attribute(tag, "Target") for tag in re.findall(r"<Relationship\b[^>]*>", links)
        }
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", book):
            name, target = _attribute(tag, "name"), targets.get(_attribute(tag, r"\w+:id"), "")
            entry = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if name in names and entry in entries:
                cells = archive.read(entry).decode("utf-8", "replace")
                found[name] = re.findall(
                    r'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"[^>]*>\s*<(?:\w+:)?f\b', cells
                )[:1000]
    return found


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return match[1] if match else ""


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
