"""Workbooks written line by line: however many lines there are, only the last is held in memory."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

Cell = str | int | Decimal | date | datetime | None
WIDEST = 60
MEASURED = 200
"""After how many lines the width of a column is settled."""
MOST_LINES = 1_048_576
"""How many lines a sheet of a workbook can have, the first with the titles."""
LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Workbook:
    """A workbook being written: texts as texts, days as days, never a formula. The same lines give the same bytes."""

    def __init__(self, output: BinaryIO) -> None:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(output, options)
        self._book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        self._look = looks(self._book)
        self._names: set[str] = set()

    def sheet(self, name: str, columns: Sequence[str]) -> "Sheet":
        """A new sheet; its name becomes one that a workbook can have, and of its own."""
        return Sheet(self, name, columns)

    def close(self) -> None:
        """Write the end; nothing can be added after it."""
        self._book.close()

    def _new(self, name: str) -> Any:
        free = sheet_name(name, self._names)
        self._names.add(free.casefold())
        return self._book.add_worksheet(free)


class Sheet:
    """One sheet; where it is full, another goes on with the same titles."""

    def __init__(self, book: Workbook, name: str, columns: Sequence[str]) -> None:
        self._book, self._name, self._columns = book, name, columns
        self._begin()

    def _begin(self) -> None:
        self._sheet = self._book._new(self._name)
        self._sheet.freeze_panes(1, 0)
        self._widths = [len(column) for column in self._columns]
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column, self._book._look["head"])
        self._next = 1
        self._settle_widths()

    def _settle_widths(self) -> None:
        for place, width in enumerate(self._widths):
            self._sheet.set_column(place, place, min(width + 2, WIDEST), self._book._look["text"])

    def add(self, line: Sequence[Cell]) -> None:
        """Write the next line."""
        if self._next == MOST_LINES:
            self._begin()
        for place, cell in enumerate(line):
            write_cell(self._sheet, self._next, place, cell, self._book._look)
            if self._next <= MEASURED and cell is not None:
                self._widths[place] = max(self._widths[place], len(str(cell)))
        if self._next <= MEASURED:
            self._settle_widths()
        self._next += 1


def looks(book: Any) -> dict[str, Any]:
    """How titles, texts, days and moments look."""
    return {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }


def write_cell(sheet: Any, number: int, place: int, cell: Cell, look: dict[str, Any]) -> None:
    """One cell as what it is; moments in their own zone."""
    match cell:
        case str() if cell:
            sheet.write_string(number, place, cell, look["text"])
        case datetime():
            sheet.write_datetime(number, place, cell.replace(tzinfo=None), look["moment"])
        case date() if cell.year >= 1900:
            sheet.write_datetime(number, place, cell, look["day"])
        case date():  # before the first day that a workbook knows
            sheet.write_string(number, place, cell.isoformat(), look["text"])
        case int() | Decimal():
            sheet.write_number(number, place, cell)


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a sheet can have: short, without forbidden characters, unlike those `taken` (casefolded)."""
    printable = "".join(letter if letter.isprintable() else " " for letter in wanted.translate(_FORBIDDEN))
    clean = " ".join(printable.split()).strip("' ") or "-"
    number, name = 1, _short(clean, "")
    while name.casefold() in taken or name.casefold() == "history":  # Excel keeps that name for itself
        number += 1
        name = _short(clean, f" ({number})")
    return name


def _short(text: str, ending: str) -> str:
    # Excel counts UTF-16 units: letters beyond the first plane count twice.
    while len((text + ending).encode("utf-16-le")) > 2 * LONGEST_NAME:
        text = text[:-1]
    return text.rstrip("' ") + ending
