"""The sheets of an XLSForm as rows of named cells, each cell with the place it came from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from forms.exchange.sheets import Cell, Sheet
from forms.exchange.xlsform.findings import Report
from forms.text import msg

TRANSLATED = frozenset({"label", "hint", "guidance_hint", "constraint_message", "required_message"})
MEDIA = frozenset({"image", "big_image", "audio", "video"})
_SURVEY_ALIASES = {
    "caption": "label",
    "relevance": "relevant",
    "readonly": "read_only",
    "calculate": "calculation",
    "command": "type",
    "tag": "name",
    "value": "name",
    "constraining_message": "constraint_message",
    "constraint_msg": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "jr:requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "big-image": "big_image",
    "choice_filters": "choice_filter",
    "parameter": "parameters",
}
_CHOICES_ALIASES = {"caption": "label", "value": "name", "list name": "list_name", "big-image": "big_image"}
_SETTINGS_ALIASES = {
    "set_form_title": "form_title",
    "title": "form_title",
    "set_form_id": "form_id",
    "id_string": "form_id",
}
ALIASES = {
    "survey": _SURVEY_ALIASES,
    "choices": _CHOICES_ALIASES,
    "external_choices": _CHOICES_ALIASES,
    "settings": _SETTINGS_ALIASES,
}
_SMART = str.maketrans(
    {"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " ", "\u2028": "\n", "\u200b": None, "\ufeff": None}
)
LAST_EMPTY_ROWS = 60
"""After so many empty rows nothing more is looked at, as in pyxform."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it holds, in which language, and its title as it is written."""

    name: str
    language: str
    title: str
    index: int


@dataclass
class Row:
    """A row that holds something: cells by column name and language ("" where the title names none)."""

    sheet: str
    number: int
    cells: dict[tuple[str, str], str]
    columns: dict[tuple[str, str], Column]

    def get(self, name: str, language: str = "") -> str:
        """The text of a cell, "" when it is empty."""
        return self.cells.get((name, language), "")

    def logic(self, name: str) -> str:
        """The text of a cell that is read by machines: with plain quotation marks and blanks."""
        return self.get(name).translate(_SMART).strip()

    def translations(self, name: str) -> dict[str, str]:
        """The texts of a column by the language of its title."""
        return {language: text for (one, language), text in self.cells.items() if one == name}

    def title(self, name: str, language: str | None = None) -> str:
        """The title of a column as it is written in the sheet."""
        for (one, other), column in self.columns.items():
            if one == name and (language is None or other == language):
                return column.title
        return name


@dataclass
class Table:
    """One sheet of the form; empty rows are left out, their numbers are not."""

    name: str
    columns: dict[tuple[str, str], Column] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def languages(self, names: frozenset[str]) -> Iterator[Column]:
        """The columns of texts, one for each language they are written in."""
        seen = set()
        for column in self.columns.values():
            if column.name in names and column.language not in seen:
                seen.add(column.language)
                yield column


def written(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, blanks around it taken away."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.replace("\u00a0", " ").strip()


def titles_of(sheet: Sheet) -> list[str]:
    """What stands in the first row, with single blanks."""
    return [" ".join(written(cell).split()) for cell in sheet.rows[0]] if sheet.rows else []


def read_table(sheet: Sheet, name: str, report: Report) -> Table:
    """The rows of a sheet under their titles, which stand in its first row."""
    titles = titles_of(sheet)
    doubled = any("::" in title for title in titles)
    table = Table(name)
    for index, title in enumerate(titles):
        if not title:
            continue
        column = _column(name, title, index, doubled)
        place = (column.name, column.language)
        if place in table.columns:
            first = table.columns[place].title
            report.error(
                name,
                1,
                title,
                msg("Kolom ini sama artinya dengan kolom “%(first)s”. Hapus salah satunya.", first=first),
            )
        else:
            table.columns[place] = column
    empty = 0
    for number, cells in enumerate(sheet.rows[1:], start=2):
        found = {
            place: text
            for place, column in table.columns.items()
            if column.index < len(cells) and (text := written(cells[column.index]))
        }
        if found:
            table.rows.append(Row(name, number, found, table.columns))
            empty = 0
        else:
            empty += 1
            if empty > LAST_EMPTY_ROWS:
                break
    _look_at_formulas(sheet, table, report)
    return table


def _column(sheet: str, title: str, index: int, doubled: bool) -> Column:
    parts = [part.strip() for part in title.split("::" if doubled or "::" in title else ":")]
    if len(parts) > 1 and parts[0].lower() == "jr":
        parts = [":".join(parts[:2]), *parts[2:]]
    head = "_".join(parts[0].split()).lower()
    aliases = ALIASES.get(sheet, {})
    if head in ("bind", "control", "body", "media", "instance") and len(parts) > 1:
        inner = "_".join(parts[1].split()).lower()
        if inner == "jr" and len(parts) > 2:
            inner, parts = f"jr:{parts[2].lower()}", [*parts[:2], *parts[3:]]
        if head == "media" or inner in aliases or inner in _OF_GROUPS:
            head, parts = aliases.get(inner, inner), [parts[0], *parts[2:]]
        else:
            return Column(f"{head}::{inner}", "", title, index)
    name = aliases.get(head, head)
    if name in TRANSLATED or name in MEDIA:
        return Column(name, parts[1] if len(parts) > 1 else "", title, index)
    if len(parts) > 1:
        return Column(title.lower(), "", title, index)
    known = sheet in ("survey", "settings") or name in ("list_name", "name")
    return Column(name if known else parts[0], "", title, index)


_OF_GROUPS = frozenset({"relevant", "constraint", "required", "appearance"})


def _look_at_formulas(sheet: Sheet, table: Table, report: Report) -> None:
    by_index = {column.index: column for column in table.columns.values()}
    filled = {
        (row.number, column.index)
        for row in table.rows
        for place, column in table.columns.items()
        if place in row.cells
    }
    for cell in sheet.formulas:
        match = re.fullmatch(r"([A-Z]+)([0-9]+)", cell)
        if match is None:
            continue
        index = 0
        for letter in match[1]:
            index = index * 26 + ord(letter) - 64
        number, column = int(match[2]), by_index.get(index - 1)
        title = column.title if column else match[1]
        if number == 1 or (number, index - 1) in filled:
            report.warn(
                table.name, number, title, msg("Sel ini berisi rumus, yang tidak dihitung; nilai tersimpannya dipakai.")
            )
        elif column:
            report.error(
                table.name,
                number,
                title,
                msg("Sel ini berisi rumus tanpa nilai tersimpan. Ganti rumus dengan nilainya, lalu simpan."),
            )
