"""The cells of the three sheets of an XLSForm: titles with languages, then the rows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from forms.languages import SOURCE, language_name
from forms.schema import FormSchema
from forms.text import Text

SURVEY, CHOICES, SETTINGS, COMPANION = "survey", "choices", "settings", "kinerja"
Sheets = dict[str, list[list[str]]]
_ENGLISH = {"id": "Bahasa Indonesia", "en": "English"}
_SURVEY_COLUMNS = (
    "type",
    "name",
    "label",
    "hint",
    "required",
    "relevant",
    "constraint",
    "constraint_message",
    "calculation",
    "default",
    "read_only",
    "appearance",
    "choice_filter",
    "parameters",
    "repeat_count",
)
_CHOICES_COLUMNS = ("list_name", "name", "label")
_TEXTS = frozenset({"label", "hint", "constraint_message"})


def language_title(code: str) -> str:
    """`English (en)`: a language as titles of columns name it."""
    return f"{_ENGLISH.get(code) or language_name(code, 'en')} ({code})"


def sheet_rows(schema: FormSchema, survey: Sequence[Mapping[str, Any]], choices: Sequence[Mapping[str, Any]]) -> Sheets:
    """The sheets of a form from the rows of its questions and choices."""
    languages = [SOURCE, *sorted({code for row in (*survey, *choices) for code in _languages(row)} - {SOURCE})]
    settings = {
        "form_title": schema.title.id,
        "form_id": schema.key,
        "default_language": language_title(SOURCE),
    }
    if schema.layout == "pages":
        settings["style"] = "pages"
    return {
        SURVEY: list(_table(_SURVEY_COLUMNS, survey, languages)),
        CHOICES: list(_table(_CHOICES_COLUMNS, choices, languages)),
        SETTINGS: [list(settings), list(settings.values())],
    }


def _languages(row: Mapping[str, Any]) -> Iterator[str]:
    for cell in row.values():
        if isinstance(cell, Text):
            yield from cell.translations


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], languages: Sequence[str]) -> Iterator[list[str]]:
    used = [column for column in columns if column in ("label", "name") or any(row.get(column) for row in rows)]
    places = [(column, code) for column in used for code in (languages if column in _TEXTS else (None,))]
    yield [column if code is None else f"{column}::{language_title(code)}" for column, code in places]
    for row in rows:
        yield [_cell(row.get(column), code) for column, code in places]


def _cell(cell: Any, code: str | None) -> str:
    if cell is None:
        return ""
    if code is None:
        return str(cell)
    words: str = cell.id if code == SOURCE else cell.translations.get(code, "")
    return words
