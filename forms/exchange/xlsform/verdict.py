"""What pyxform, the converter of ODK, says about a workbook: whether it is an XLSForm at all."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from forms.exchange.sheets import Sheet
from forms.exchange.xlsform.cells import titles_of, written
from forms.exchange.xlsform.findings import Report
from forms.text import msg

SECONDS = 30
_ROW = re.compile(r"\s*\[row : (\d+)\]\s*")
_SHEET = re.compile(r"[Oo]n the '(\w+)' sheet")
_COLUMN = re.compile(r"the '([^']+)' value")
_NAMED = re.compile(r"(named|type) '([^']+)'")


class Verdict:
    """pyxform at work in a process of its own; `add_to` waits for what it says."""

    def __init__(self, sheets: Sequence[tuple[str, Sheet]]) -> None:
        program = str(Path(__file__).parent / "pyxform_process.py")
        self._process = subprocess.Popen(  # noqa: S603  (our own program; the cells go in as data)
            [sys.executable, "-I", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        cells = {
            name: [titles_of(sheet), *([written(cell) for cell in row] for row in sheet.rows[1:])]
            for name, sheet in sheets
        }
        self._survey = cells.get("survey", [])
        self._cells = json.dumps(cells).encode()

    def add_to(self, report: Report) -> None:
        """Carry an error of pyxform over, unless we say ourselves what is wrong there."""
        try:
            output, _ = self._process.communicate(self._cells, SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            output = b""
        try:
            answer = json.loads(output)
        except ValueError:
            answer = {"crash": None}
        if "crash" in answer:
            report.warn("", 0, "", msg("Formulir ini tidak dapat diperiksa dengan pyxform, alat ODK."))
        elif answer["error"]:
            _carry_over(answer["error"], self._row_named(answer["error"]), report)

    def close(self) -> None:
        """End pyxform if nobody waited for it."""
        if self._process.poll() is None:
            self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait()

    def _row_named(self, error: str) -> int:
        """The row of the survey that an error without a number means by its name or type; 0 when there is none."""
        named = _NAMED.search(error)
        if named is None or not self._survey:
            return 0
        column = "name" if named[1] == "named" else "type"
        titles = [title.lower() for title in self._survey[0]]
        place = titles.index(column) if column in titles else len(titles)
        for number, row in enumerate(self._survey[1:], start=2):
            if len(row) > place and row[place] == named[2]:
                return number
        return 0


def _carry_over(error: str, named: int, report: Report) -> None:
    row, sheet, column = _ROW.search(error), _SHEET.search(error), _COLUMN.search(error)
    number = int(row[1]) if row else named
    where = sheet[1] if sheet else "survey" if number else ""
    known = [one for one in report.findings if one.consequence == "error"]
    if any(not number or (one.sheet == where and one.row == number) for one in known):
        return
    reason = " ".join(_ROW.sub(" ", error).split())[:500]
    message = msg("Bukan XLSForm yang sah menurut pyxform, alat ODK: %(reason)s", reason=reason)
    report.error(where, number, column[1] if column else "", message)
