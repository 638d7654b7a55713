"""XLSForm files: any bytes end in a form or in words, within bounds; a form that leaves comes back equal."""

import io
import logging
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from forms.errors import Invalid
from forms.exchange.sheets import MOST_BYTES, OLD_WORKBOOK, Sheet, read_workbook
from forms.exchange.xlsform.cells import read_table
from forms.exchange.xlsform.companion import companion_rows, read_companion, sheets_digest
from forms.exchange.xlsform.findings import Finding, Imported, Report
from forms.exchange.xlsform.merging import merged
from forms.exchange.xlsform.naming import Naming, naming
from forms.exchange.xlsform.reading import interpret
from forms.exchange.xlsform.sheet_rows import COMPANION
from forms.exchange.xlsform.verdict import Verdict
from forms.exchange.xlsform.writing import write_sheets
from forms.schema import FormSchema
from forms.text import Message, msg

_log = logging.getLogger(__name__)
MOST_ROWS = 20_001
MOST_COLUMNS = 300
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm", COMPANION)
_NO_FORMULAS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def read_xlsform(content: bytes, key: str | None = None) -> Imported:
    """The form a workbook (.xlsx, .xlsm or .xls) defines, under `key` or the key its settings give it.

    Never raises: what is wrong or cannot be carried over is in `errors` and `warnings`, with sheet, row and column.
    """
    if not content:
        return _refused(msg("Berkas ini kosong. Pilih berkas XLSForm (.xlsx)."), key)
    if len(content) > MOST_BYTES:
        return _refused(msg("Ukuran berkas melebihi %(limit)s MB.", limit=MOST_BYTES // 10**6), key)
    if not content.startswith((b"PK", OLD_WORKBOOK)):
        return _refused(msg("Berkas ini bukan buku kerja Excel. Simpan formulir sebagai .xlsx, lalu coba lagi."), key)
    try:
        workbook = read_workbook(content, MOST_ROWS, MOST_COLUMNS, SHEETS, old=True)
    except Invalid as wrong:
        return _refused(wrong.message, key)
    report = Report()
    sheets = {_name(sheet.name): sheet for sheet in workbook.sheets}
    for thing in workbook.inert:
        report.warn("", 0, "", _INERT[thing])
    verdict = Verdict([(name, sheet) for name, sheet in sheets.items() if name != COMPANION])
    try:
        return read_sheets(sheets, workbook.names, report, key, verdict)
    except Exception:
        # Whoever hands in a file gets words, whatever we did not think of; the rest is for whoever runs the program.
        _log.exception("an XLSForm could not be read")
        return _refused(msg("Formulir ini tidak dapat dibaca. Sampaikan berkasnya kepada pengelola Kinerja."), key)
    finally:
        verdict.close()


def read_sheets(
    sheets: Mapping[str, Sheet],
    names: tuple[str, ...],
    report: Report,
    key: str | None = None,
    verdict: Verdict | None = None,
) -> Imported:
    """The form of sheets by their names in small letters."""
    judge = verdict.add_to if verdict else None
    companion = read_companion(sheets[COMPANION]) if COMPANION in sheets else None
    if companion is None:
        if COMPANION in sheets:
            report.warn(COMPANION, 0, "", msg("Lembar ini tidak lagi utuh, jadi hanya lembar lainnya yang dibaca."))
        return _interpreted(sheets, names, report, key, None, judge)
    ours, digest = companion
    origin = naming(ours)
    if sheets_digest({name: sheet.rows for name, sheet in sheets.items()}) == digest:
        if judge is not None:
            judge(report)
        found = Imported(ours, report.sorted("error"), report.sorted("warning"), ours.key, ours)
        return _under(found, key)
    after = _interpreted(sheets, names, report, key or ours.key, origin, judge)
    before = _interpreted(_unedited(ours), (), Report(), ours.key, origin)
    known = {_mark(finding) for finding in (*before.warnings, *before.errors)}
    errors = [one for one in after.errors if _mark(one) not in known]
    warnings = [one for one in after.warnings if _mark(one) not in known]
    if after.rest is None or before.rest is None:
        return Imported(None, after.errors, after.warnings, after.key, None)
    together = merged(ours, before.rest, after.rest)
    if together is None:
        message = msg("Suntingan pada lembar lain tidak cocok lagi dengan lembar ini, jadi lembar ini tidak dipakai.")
        return Imported(after.form, after.errors, [*after.warnings, _warning(message)], after.key, after.rest)
    known_problems = {problem.path for problem in ours.logic.problems}
    errors += [
        Finding("survey", 0, problem.path, problem.message, "error")
        for problem in together.logic.problems
        if problem.path not in known_problems and not errors
    ]
    return _under(Imported(None if errors else together, errors, warnings, ours.key, together), key)


def _interpreted(
    sheets: Mapping[str, Sheet],
    names: tuple[str, ...],
    report: Report,
    key: str | None,
    origin: Naming | None,
    judge: Callable[[Report], None] | None = None,
) -> Imported:
    tables = {name: read_table(sheet, name, report) for name, sheet in sheets.items()}
    return interpret(tables, names, report, key, origin, judge)


def _unedited(schema: FormSchema) -> dict[str, Sheet]:
    written = write_sheets(schema, Report())
    return {name: Sheet(name, [[*row] for row in rows]) for name, rows in written.items()}


def _mark(finding: Finding) -> tuple[str, str, str]:
    return finding.sheet, finding.column, str(finding.message)


def _under(found: Imported, key: str | None) -> Imported:
    """The same form under another key."""
    if key is None or found.rest is None or found.rest.key == key:
        return found
    rest = found.rest.model_copy(update={"key": key})
    rest = FormSchema.model_validate(rest.definition())
    return Imported(rest if found.form else None, found.errors, found.warnings, key, rest)


def _warning(message: Message) -> Finding:
    return Finding(COMPANION, 0, "", message)


def _name(written: str) -> str:
    """A sheet by its name in small letters; the only sheet of a workbook is the survey whatever it is called."""
    name = written.strip().lower()
    return name if name in SHEETS else "survey"


def _refused(message: Message, key: str | None) -> Imported:
    return Imported(None, [Finding("", 0, "", message, "error")], [], key)


_INERT = {
    "macros": msg("Berkas ini memuat makro, yang tidak dijalankan."),
    "links": msg("Berkas ini memuat tautan ke buku kerja lain, yang tidak dibuka."),
}


def write_xlsform(schema: FormSchema) -> tuple[bytes, list[Finding]]:
    """The form as a workbook for ODK and KoboToolbox, and what XLSForm cannot say of it.

    The sheet `kinerja` keeps the whole definition, so that `read_xlsform` gives an equal form back.
    """
    report = Report()
    sheets: dict[str, Sequence[Sequence[str]]] = {**write_sheets(schema, report)}
    sheets[COMPANION] = companion_rows(schema, sheets)
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, _NO_FORMULAS) as book:
        bold = book.add_format({"bold": True})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell:
                        page.write_string(number, column, cell, bold if number == 0 else None)
    return output.getvalue(), report.sorted("warning")
