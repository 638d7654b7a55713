"""Tables as delimited text (CSV): written so that no cell can act as a formula, read kindly whoever saved them."""

import csv
import io
import re
import unicodedata
from collections.abc import Sequence

from forms.errors import Invalid
from forms.text import msg

DELIMITERS = ",;\t"
_DANGEROUS = frozenset("=+-@\t\r\n\0|%")
"""With these a spreadsheet program takes a cell for a formula or a command."""


def guard(text: str) -> str:
    """The text of a CSV cell so that no spreadsheet program executes it; `unguard` is the way back."""
    return f"'{text}" if _acts(text.lstrip("'")) else text


def unguard(text: str) -> str:
    """A CSV cell as it was before `guard`."""
    return text[1:] if text.startswith("'") and _acts(text.lstrip("'")) else text


def _acts(text: str) -> bool:
    return bool(text) and unicodedata.normalize("NFKC", text[0])[:1] in _DANGEROUS


def write_rows(rows: Sequence[Sequence[str]], *, delimiter: str = ",") -> bytes:
    """Rows of texts as CSV in UTF-8 with a BOM, so that Excel reads the letters right; every cell is guarded."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows([guard(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252. Raises Invalid."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise Invalid(msg("Berkas ini bukan CSV atau XLSX. Simpan sebagai “CSV UTF-8” atau XLSX, lalu coba lagi."))


def read_rows(text: str, most_rows: int, most_columns: int) -> list[list[str]]:
    """The rows of a text separated by comma, semicolon or tab, cells without blanks around them.

    Raises Invalid for what has more rows or columns than wanted, or quotes that do not match. Cells are still guarded.
    """
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\r?", first.strip('"'))
    if told:  # Excel writes and reads this line; it is not a row of the table, but counts as one
        text, delimiter = "\n" + rest, told[1]
    else:
        delimiter = max(DELIMITERS, key=re.sub('"[^"]*"', "", text.lstrip().split("\n", 1)[0]).count)
    rows: list[list[str]] = []
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            if len(rows) >= most_rows:
                raise Invalid(
                    msg("Berkas berisi lebih dari %(limit)s baris. Bagi menjadi beberapa berkas.", limit=most_rows - 1)
                )
            if len(row) > most_columns:
                raise Invalid(
                    msg(
                        "Berkas berisi lebih dari %(limit)s kolom. Hapus kolom yang tidak diperlukan.",
                        limit=most_columns,
                    )
                )
            rows.append([cell.strip() for cell in row])
    except csv.Error as wrong:
        raise Invalid(
            msg(
                "Tanda kutip atau pemisah di sekitar baris %(line)s tidak benar. Periksa baris itu.",
                line=reader.line_num,
            )
        ) from wrong
    return rows
