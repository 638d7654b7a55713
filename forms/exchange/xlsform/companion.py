"""The sheet `kinerja`: what XLSForm has no words for, so that a form that left as a spreadsheet comes back equal.

It holds our definition part by part, and a digest of the other sheets. As long as these say what was written, the form
is the one that left. Once somebody edited them, each edited cell wins and the rest stays as it was.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from forms.exchange.sheets import Sheet
from forms.exchange.xlsform.cells import written
from forms.schema import FormSchema, canonical

LONGEST_CELL = 30_000
"""Characters; a cell of Excel holds 32,767."""
MOST_CHARACTERS = 4_000_000
TITLES = ["part", "definition"]
_DIGEST = "sheets"


def companion_rows(schema: FormSchema, sheets: Mapping[str, Sequence[Sequence[str]]]) -> list[list[str]]:
    """The rows of the sheet for a form and the other sheets as they are written."""
    rows = [TITLES, [_DIGEST, sheets_digest(sheets)]]
    for part, definition in _parts(schema.definition()):
        # Only ASCII, since spreadsheet programs change some of the other signs.
        rows += [[part, piece] for piece in _pieces(json.dumps(definition, sort_keys=True, separators=(",", ":")))]
    return rows


def _pieces(text: str) -> Iterator[str]:
    """The text in cells; none begins or ends with a blank, which would be lost."""
    while text:
        end = LONGEST_CELL
        while " " in text[end - 1 : end + 1] and end > 1:
            end -= 1
        yield text[:end]
        text = text[end:]


def _parts(definition: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "form", {name: value for name, value in definition.items() if name != "sections"}
    for section in definition["sections"]:
        yield f"section {section['key']}", {name: value for name, value in section.items() if name != "fields"}
        for field in section["fields"]:
            yield f"field {field['key']}", field


def sheets_digest(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> str:
    """SHA-256 of what the sheets say, whatever program saved them."""
    said = {}
    for name in ("survey", "choices", "settings"):
        rows = [[written(cell) for cell in row] for row in sheets.get(name, ())]
        for row in rows:
            while row and not row[-1]:
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        said[name] = rows
    return hashlib.sha256(canonical(said)).hexdigest()


def read_companion(sheet: Sheet) -> tuple[FormSchema, str] | None:
    """The form that was written and the digest of its sheets; None when the sheet does not hold one any more."""
    rows = [[written(cell) for cell in row] for row in sheet.rows]
    if not rows or rows[0][:2] != TITLES or sum(len(cell) for row in rows for cell in row) > MOST_CHARACTERS:
        return None
    texts: list[tuple[str, str]] = []
    for row in rows[1:]:
        part, text = (*row, "", "")[:2]
        if texts and texts[-1][0] == part:
            texts[-1] = (part, texts[-1][1] + text)
        elif part:
            texts.append((part, text))
    try:
        digest, definition = _joined(texts)
        return FormSchema.model_validate(definition), digest
    except (ValueError, ValidationError, KeyError, TypeError, RecursionError):
        return None


def _joined(texts: Sequence[tuple[str, str]]) -> tuple[str, dict[str, Any]]:
    digest, definition = "", {}
    for part, text in texts:
        kind, _, _ = part.partition(" ")
        if kind == _DIGEST:
            digest = text
        elif kind == "form":
            definition = {**json.loads(text), "sections": []}
        elif kind == "section":
            definition["sections"].append({**json.loads(text), "fields": []})
        elif kind == "field":
            definition["sections"][-1]["fields"].append(json.loads(text))
    return digest, definition
