"""The child process in which pyxform judges a workbook, with limits, as `forms.exchange.sheet_process` opens it.

Started by `forms.exchange.xlsform.verdict` as a file of its own (`python -I pyxform_process.py`). The cells come in as
JSON on standard input: sheet → rows, the first with the titles. What pyxform says leaves as JSON on standard output.
"""

import json
import resource
import sys
from typing import Any

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 20


def main() -> None:
    """Convert the form as ODK would, and print the error pyxform raises, if any."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    sheets: dict[str, list[list[str]]] = json.load(sys.stdin)
    from pyxform.errors import PyXFormError  # after the limits stand
    from pyxform.xls2xform import convert

    answer: dict[str, str | None]
    try:
        convert(xlsform=_definition(sheets), validate=False)
        answer = {"error": None}
    except PyXFormError as wrong:
        answer = {"error": str(wrong)}
    except Exception:
        # What pyxform stumbles over without words of its own says nothing about the form.
        answer = {"crash": None}
    json.dump(answer, sys.stdout)


def _definition(sheets: dict[str, list[list[str]]]) -> dict[str, Any]:
    found: dict[str, Any] = {"sheet_names": list(sheets)}
    for name, rows in sheets.items():
        titles = rows[0] if rows else []
        found[name] = [
            {title: cell for title, cell in zip(titles, row, strict=False) if title and cell} for row in rows[1:]
        ]
        found[f"{name}_header"] = [dict.fromkeys(title for title in titles if title)] if any(titles) else []
    return found


if __name__ == "__main__":
    main()
