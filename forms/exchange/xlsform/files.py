"""XLSForm files: any bytes end in a form or in words, in bounded time and memory."""

from forms.errors import Invalid
from forms.exchange.sheets import MOST_BYTES, OLD_WORKBOOK, read_workbook
from forms.exchange.xlsform.cells import read_table
from forms.exchange.xlsform.findings import Finding, Imported, Report
from forms.exchange.xlsform.reading import interpret
from forms.text import Message, msg

MOST_ROWS = 20_001
MOST_COLUMNS = 300
SHEETS = ("survey", "choices", "settings", "external_choices", "entities", "osm", "kinerja")


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
    for thing in workbook.inert:
        words = {
            "macros": msg("Berkas ini memuat makro, yang tidak dijalankan."),
            "links": msg("Berkas ini memuat tautan ke buku kerja lain, yang tidak dibuka."),
        }
        report.warn("", 0, "", words[thing])
    tables = {}
    for sheet in workbook.sheets:
        name = sheet.name.strip().lower()
        name = name if name in SHEETS else "survey"
        tables[name] = read_table(sheet, name, report)
    return interpret(tables, workbook.names, report, key)


def _refused(message: Message, key: str | None) -> Imported:
    return Imported(None, [Finding("", 0, "", message, "error")], [], key)
