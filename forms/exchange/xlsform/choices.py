"""The lists of the choices sheet as options and points of ours, and what became of the names of choices."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from forms.exchange.xlsform.cells import Row, Table
from forms.exchange.xlsform.findings import Report
from forms.exchange.xlsform.keys import option_value, point_key, unused
from forms.exchange.xlsform.said import number_source
from forms.exchange.xlsform.texts import Texts, Words, named
from forms.fields.choice import MOST_OPTIONS
from forms.text import msg

OWN_COLUMNS = frozenset({"list_name", "name", "label"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of a list, with the value our option gets and the words for it."""

    row: Row
    name: str
    value: str
    label: Words
    columns: dict[str, str]
    """What its row says in columns of its own, for choice filters."""


@dataclass
class ChoiceList:
    """Choices under one name, in their order."""

    name: str
    choices: list[Choice] = field(default_factory=list)

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """Name of a choice → values of our options."""
        found: dict[str, list[str]] = {}
        for choice in self.choices:
            found.setdefault(choice.name, []).append(choice.value)
        return {name: tuple(values) for name, values in found.items()}

    def options(self, show_when: Callable[[Choice], str | None]) -> list[dict[str, Any]]:
        """The options, each with what `show_when` says of it ("False": never offered, so left out)."""
        found = []
        for choice in self.choices:
            condition = show_when(choice)
            if condition != "False":
                option: dict[str, Any] = {"value": choice.value, "label": choice.label}
                found.append(option | ({"show_when": condition} if condition else {}))
        return found

    def points(self) -> list[dict[str, Any]]:
        """The choices as points of a scale; a name that is a number is the point's value."""
        taken: set[str] = set()
        found = []
        for choice in self.choices:
            number = number_source(choice.name)
            point: dict[str, Any] = {"key": unused(point_key(choice.name), taken), "label": choice.label}
            if number is not None and abs(Decimal(number)) < 10**14:
                point["value"] = number
            found.append(point)
        return found

    @property
    def numeric(self) -> bool:
        """Whether every name is a number."""
        return all(number_source(choice.name) is not None for choice in self.choices)


def read_lists(table: Table | None, texts: Texts, duplicates_allowed: bool, report: Report) -> dict[str, ChoiceList]:
    """The lists of a sheet by their names."""
    lists: dict[str, ChoiceList] = {}
    if table is None:
        return lists
    taken: dict[str, set[str]] = {}
    labels: dict[str, dict[str, str]] = {}
    names: set[tuple[str, str]] = set()
    for row in table.rows:
        list_name, name = row.logic("list_name"), row.logic("name")
        if not list_name:
            if name or row.translations("label"):
                report.warn_once(table.name, row.number, "list_name", msg("Baris tanpa list_name dilewati."))
            continue
        if not name:
            report.error(table.name, row.number, row.title("name"), msg("Isi nama (name) pilihan ini."))
            continue
        this = lists.setdefault(list_name, ChoiceList(list_name))
        if len(this.choices) > MOST_OPTIONS:
            continue  # nobody will be offered so many; the question that uses the list says so
        seen = taken.setdefault(list_name, set())
        if (list_name, name) in names:
            _double(table, row, list_name, name, duplicates_allowed, report)
            if not duplicates_allowed:
                continue
        names.add((list_name, name))
        value = unused(option_value(name), seen)
        if value != name and not duplicates_allowed:
            message = msg("Nama pilihan menjadi “%(value)s”; rumus yang menyebutnya ikut disesuaikan.", value=value)
            report.warn_once(table.name, row.number, row.title("name"), message)
        label = texts.words(row, "label")
        if label is None:
            message = msg("Pilihan tanpa label memakai namanya sebagai label.")
            report.warn_once(table.name, row.number, row.title("label"), message)
            label = {"id": name[:200]}
        label = _told_apart(label, name, value, labels.setdefault(list_name, {}), table, row, report)
        columns = {column: text for (column, language), text in row.cells.items() if not language}
        this.choices.append(Choice(row, name, value, label, columns | {"name": name}))
    return lists


def _double(table: Table, row: Row, list_name: str, name: str, allowed: bool, report: Report) -> None:
    if not allowed:
        message = msg("Pilihan “%(name)s” ada lebih dari sekali dalam daftar “%(list)s”.", name=name, list=list_name)
        report.error(table.name, row.number, row.title("name"), message)


def _told_apart(
    label: Words, name: str, value: str, seen: dict[str, str], table: Table, row: Row, report: Report
) -> Words:
    """A label that another choice of the list has too gets the value behind it."""
    if label["id"] in seen:
        message = msg("Label ini dipakai lebih dari satu pilihan; nama pilihannya ditambahkan.")
        report.warn_once(table.name, row.number, row.title("label"), message)
        label = {code: f"{words} ({value})" for code, words in label.items()}
    seen[label["id"]] = name
    return label


__all__ = ["OWN_COLUMNS", "Choice", "ChoiceList", "named", "read_lists"]
