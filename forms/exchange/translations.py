"""The texts of a form as a table for translators: out as CSV, and back with every row that does not fit named."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ValidationError

from forms.characters import UnreadableText, clean_paragraphs
from forms.errors import DefinitionInvalid, Invalid
from forms.exchange.definition_errors import sentence
from forms.exchange.delimited import decode, read_rows, unguard, write_rows
from forms.exchange.yaml import form_of
from forms.languages import SOURCE, language_codes
from forms.schema import FormSchema
from forms.text import Message, Text, msg

MOST_BYTES = 5_000_000
MOST_ROWS = 20_001
MOST_COLUMNS = 50
PATH = "path"
STATUS = "status_"
"""Before the code of a language: the column that says whether its translation is up to date."""
Location = tuple[str | int, ...]


class Status(StrEnum):
    """How a translation stands to the Indonesian text."""

    MISSING = "missing"
    STALE = "stale"
    CURRENT = "current"


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a form by a path that stays when questions are moved: `fields.results.columns.target.label`."""

    path: str
    location: Location
    text: Text

    def status(self, language: str) -> Status:
        """How the translation into a language stands."""
        if language not in self.text.translations:
            return Status.MISSING
        return Status.STALE if language in self.text.stale else Status.CURRENT


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row of a file cannot be taken over; the first row is 1, the column is named as in the header."""

    row: int
    column: str
    message: Message


def languages(schema: FormSchema) -> tuple[str, ...]:
    """The languages a form is translated into: English always, then the others by their codes."""
    found = {language for row in rows(schema) for language in row.text.translations}
    return ("en", *sorted(found - {"en"}))


def rows(schema: FormSchema) -> list[Row]:
    """Every text of a form, in the order of the form."""
    keys = [field.key for section in schema.sections for field in section.fields]
    twice = {key for key in keys if keys.count(key) > 1}
    return [Row(_path(names, twice), location, text) for names, location, text in _texts(schema, (), ())]


def _path(names: Sequence[str], twice: set[str]) -> str:
    """The path without the section, so that a question may move, unless two questions have the same key."""
    if len(names) > 3 and names[0] == "sections" and names[2] == "fields" and names[3] not in twice:
        return ".".join(names[2:])
    return ".".join(names)


def _texts(value: Any, names: tuple[str, ...], location: Location) -> Iterator[tuple[tuple[str, ...], Location, Text]]:
    if isinstance(value, Text):
        yield names, location, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name), (*names, name), (*location, name))
    elif isinstance(value, tuple):
        own = [_own_name(part) for part in value]
        for index, part in enumerate(value):
            found = own[index]
            step = found if found is not None and own.count(found) == 1 else f"#{index}"
            yield from _texts(part, (*names, step), (*location, index))


def _own_name(part: Any) -> str | None:
    for name in ("key", "value"):
        found = getattr(part, name, None)
        if isinstance(found, str):
            return found
    return None


def to_csv(schema: FormSchema, also: Sequence[str] = ()) -> bytes:
    """The texts as CSV for a translator, with empty columns for the languages that are wanted too.

    Columns: path, id, and for each language the translation and its status. Written as spreadsheet programs in
    Indonesia read it (semicolons, UTF-8 with a BOM); no cell can act as a formula.
    """
    wanted = (*languages(schema), *(one for one in also if one not in languages(schema) and one != SOURCE))
    table = [[PATH, SOURCE, *(name for language in wanted for name in (language, STATUS + language))]]
    for row in rows(schema):
        cells = [row.path, row.text.id]
        for language in wanted:
            cells += [row.text.translations.get(language, ""), str(row.status(language))]
        table.append(cells)
    return write_rows(table, delimiter=";")


def from_csv(schema: FormSchema, data: bytes) -> tuple[FormSchema, list[RowProblem]]:
    """The form with the translations of a file, or the form as it was with every problem of the file.

    A changed translation counts as current; one that was out of date and still right is confirmed by `current` in its
    status column. An empty cell changes nothing, rows may be left out. Nothing is taken over while one row does not
    fit: its path is unknown, or its Indonesian text was changed since the file was written.
    """
    try:
        table = read_rows(_decoded(data), MOST_ROWS, MOST_COLUMNS)
        start, columns = _header(table)
    except Invalid as wrong:
        return schema, [RowProblem(1, PATH, wrong.message)]
    here = {row.path: row for row in rows(schema)}
    problems = [RowProblem(start + 1, name, msg("Kode bahasa ini tidak dikenal.")) for name in _strange(columns)]
    changed: dict[Location, Text] = {}
    seen: set[str] = set()
    for number, cells in enumerate(table[start + 1 :], start=start + 2):
        given = {name: unguard(cell) for name, cell in zip(columns, cells, strict=False) if name}
        if not any(given.values()):
            continue
        row = here.get(given.get(PATH, ""))
        problem = _row_problem(given, row, seen)
        if problem is not None:
            problems.append(RowProblem(number, *problem))
        elif row is not None:
            seen.add(row.path)
            try:
                changed[row.location] = _translated(row.text, given)
            except ValidationError as wrong:
                problems += [RowProblem(number, str(one["loc"][0]), sentence(one)) for one in wrong.errors()]
    if problems:
        return schema, problems
    return _with(schema, changed)


def _decoded(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise Invalid(msg("Berkas terlalu besar."))
    return decode(data)


def _header(table: list[list[str]]) -> tuple[int, list[str]]:
    """Where the header is, and its names; raises Invalid when a file is no table of texts."""
    start = next((index for index, cells in enumerate(table) if any(cells)), None)
    names = [_code(unguard(cell).replace("-", "_")) for cell in table[start]] if start is not None else []
    if start is None or PATH not in names or SOURCE not in names:
        raise Invalid(msg("Baris pertama harus memuat kolom path, id, dan kode bahasa seperti en atau jv."))
    if len(set(filter(None, names))) < len(list(filter(None, names))):
        raise Invalid(msg("Dua kolom pada baris pertama bernama sama."))
    return start, names


def _code(name: str) -> str:
    """A name of the header as we write it, whatever its capitals."""
    plain = name.lower()
    if plain.startswith(STATUS):
        return STATUS + _code(name[len(STATUS) :])
    return next((code for code in language_codes() if code.lower() == plain), plain)


def _strange(columns: list[str]) -> list[str]:
    return [
        name
        for name in columns
        if name and name not in (PATH, SOURCE) and not name.startswith(STATUS) and name not in language_codes()
    ]


def _row_problem(given: dict[str, str], row: Row | None, seen: set[str]) -> tuple[str, Message] | None:
    if row is None:
        return PATH, msg("Teks ini tidak ada lagi pada formulir. Hapus barisnya atau ekspor ulang.")
    if row.path in seen:
        return PATH, msg("Teks ini tercantum dua kali. Hapus salah satu barisnya.")
    if not _same(given.get(SOURCE, ""), row.text.id):
        return SOURCE, msg("Teks bahasa Indonesia telah berubah sejak berkas diekspor. Ekspor ulang lalu terjemahkan.")
    return None


def _same(one: str, other: str) -> bool:
    try:
        return clean_paragraphs(one) == other
    except UnreadableText:
        return False


def _translated(text: Text, given: dict[str, str]) -> Text:
    for language, words in given.items():
        if language not in language_codes() or language == SOURCE or not words:
            continue
        was, status = text.translations.get(language), given.get(STATUS + language, "").lower()
        if status == Status.CURRENT or not _same(words, was or ""):
            text = text.translated(language, words)
        if status == Status.STALE and was is None:  # taken from another form, in which it was out of date
            text = text.model_copy(update={"stale": tuple(sorted({*text.stale, language}))})
    return text


def _with(schema: FormSchema, changed: dict[Location, Text]) -> tuple[FormSchema, list[RowProblem]]:
    """The form with some texts replaced."""
    definition = schema.model_dump(mode="json")
    for location, text in changed.items():
        part = definition
        for step in location[:-1]:
            part = part[step]  # type: ignore[index]  # a path of the form itself
        part[location[-1]] = text.model_dump(mode="json")  # type: ignore[index]
    try:
        return form_of(definition), []
    except DefinitionInvalid as wrong:
        return schema, [RowProblem(1, PATH, problem.message) for problem in wrong.problems]
