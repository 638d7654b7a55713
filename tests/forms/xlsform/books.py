"""Workbooks for tests, written as tables of text: one block for each sheet, cells between bars."""

import io

import xlsxwriter

from forms.exchange.sheets import Sheet
from forms.exchange.xlsform.cells import read_table
from forms.exchange.xlsform.findings import Finding, Imported, Report
from forms.exchange.xlsform.reading import interpret

Rows = list[list[str]]


def rows_of(text: str) -> Rows:
    """`| type | name |` lines as rows of cells; blank lines are empty rows, `\\n` in a cell is a line break."""
    lines = text.strip("\n").split("\n")
    return [
        [cell.strip().replace("\\n", "\n").replace("\\p", "|") for cell in line.strip().strip("|").split("|")]
        if line.strip()
        else []
        for line in lines
    ]


def sheets_of(**sheets: str) -> dict[str, Rows]:
    return {name: rows_of(text) for name, text in sheets.items()}


def workbook(sheets: dict[str, Rows]) -> bytes:
    """The same as a real file."""
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        page.write_string(line, column, cell)
    return output.getvalue()


def read(key: str | None = None, **sheets: str) -> Imported:
    """What becomes of these sheets, without a file around them."""
    report = Report()
    tables = {
        name: read_table(Sheet(name, [[*row] for row in rows]), name, report)
        for name, rows in sheets_of(**sheets).items()
    }
    return interpret(tables, tuple(sheets), report, key)


def said(findings: list[Finding]) -> list[str]:
    """Findings as `sheet row column: sentence`."""
    return [f"{one.sheet} {one.row} {one.column}: {one.message}" for one in findings]
