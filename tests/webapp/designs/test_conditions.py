"""Conditions from menus: what is composed reads back as it was composed, in the words people write."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from forms.editing.scopes import Named
from forms.errors import Invalid
from forms.expressions import CHOICE, CHOICES, DATE, NUMBER, OPERATORS_BY_TYPE, ROWS, TEXT, TIME, Kind, Scope, check
from forms.expressions.types import BOOLEAN
from forms.text import Text
from webapp.designs.builder.conditions import Condition, read_condition

OPTIONS = (("a", Text(id="Baik", en="Good")), ("b", Text(id="Kurang baik")))
NAMED = [
    Named("note", TEXT, Text(id="Catatan")),
    Named("weight", NUMBER, Text(id="Bobot")),
    Named("agreed", BOOLEAN, Text(id="Setuju?")),
    Named("day", DATE, Text(id="Hari")),
    Named("hour", TIME, Text(id="Jam")),
    Named("mood", CHOICE(["a", "b"]), Text(id="Kesan"), OPTIONS),
    Named("topics", CHOICES(["a", "b"]), Text(id="Topik"), OPTIONS),
    Named("results", ROWS({"weight": NUMBER}), Text(id="Hasil")),
]
TYPED = {
    Kind.TEXT: "kata “kunci”",
    Kind.NUMBER: "12,5",
    Kind.DATE: "30/01/2026",
    Kind.TIME: "08.30",
    Kind.CHOICE: "Kurang baik",
    Kind.CHOICES: "Baik",
}
CASES = [
    (one.name, operator.key, operator.takes, one.type.kind)
    for one in NAMED
    for operator in OPERATORS_BY_TYPE[one.type.kind]
]


@pytest.fixture
def backend() -> str:
    """No database is asked."""
    return "sqlite"


def sent(*rows: tuple[str, str, str], join: str = "all") -> MultiDict[str, str]:
    found = {"s.show_when.mode": "menus", "s.show_when.join": join}
    for number, (name, operator, value) in enumerate(rows):
        found |= {f"s.show_when.{number}.name": name, f"s.show_when.{number}.operator": operator}
        found[f"s.show_when.{number}.value"] = value
    return MultiDict(found)


def test_every_line_reads_back_as_it_was_composed(app: Flask) -> None:
    with app.test_request_context("/"):
        for name, operator, takes, kind in CASES:
            value = {"nothing": "", "number": "2", "values": "Baik; Kurang baik"}.get(takes, TYPED.get(kind, ""))
            source = read_condition("s.show_when", sent((name, operator, value), (name, operator, value)), NAMED)
            assert source is not None
            check(source, Scope({one.name: one.type for one in NAMED}), BOOLEAN)
            shown = Condition.of(source, NAMED)
            assert shown.mode == "menus", source
            assert [(row.name, row.operator, row.value) for row in shown.rows[:-1]] == [(name, operator, value)] * 2


@pytest.mark.parametrize("join", ["all", "any"])
def test_lines_are_joined(app: Flask, join: str) -> None:
    with app.test_request_context("/"):
        lines = [("weight", "more", "1"), ("mood", "is", "good")]
        source = read_condition("s.show_when", sent(*lines, join=join), NAMED)
        assert source == f'weight > 1 {"and" if join == "all" else "or"} mood == "a"'
        assert Condition.of(source, NAMED).join == join


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("mood", "is", "hebat"), "Syarat 1: pilih dari Baik; Kurang baik."),
        (("mood", "less", "Baik"), "Syarat 1: hubungan ini tidak berlaku untuk isian yang dipilih."),
        (("gone", "is", "x"), "Syarat 1: hubungan ini tidak berlaku untuk isian yang dipilih."),
        (("day", "less", "besok"), "Syarat 1: tuliskan tanggal, contoh 30/01/2026."),
        (("hour", "less", "pagi"), "Syarat 1: tuliskan jam, contoh 08.30."),
        (("weight", "is", ""), "Syarat 1: tuliskan angka."),
        (("topics", "count_at_least", "x"), "Syarat 1: tuliskan angka."),
        (("note", "is", ""), "Syarat 1: tuliskan nilainya."),
        (("mood", "one_of", ";"), "Syarat 1: pilih dari Baik; Kurang baik."),
    ],
)
def test_a_line_that_says_nothing_is_refused_with_its_number(app: Flask, row: tuple[str, str, str], words: str) -> None:
    with app.test_request_context("/"), pytest.raises(Invalid) as refusal:
        read_condition("s.show_when", sent(row), NAMED)
    assert str(refusal.value.message) == words


def test_what_menus_cannot_say_stays_written(app: Flask) -> None:
    with app.test_request_context("/"):
        for source in ("weight * 2 > 3", "sum(results.weight) > 3", "weight >", "agreed and (weight > 1 or agreed)"):
            assert Condition.of(source, NAMED).mode == "written"
        assert Condition.of(None, NAMED).mode == "always"
        assert read_condition("s.show_when", MultiDict({"s.show_when.mode": "always"}), NAMED) is None
        assert read_condition("s.show_when", sent(), NAMED) is None
