"""What only some kinds know: the terms of expressions, proposed values, patterns, references to other answers."""

from datetime import date, time
from decimal import Decimal
from random import Random

import pytest

from forms.fields.pattern_examples import invent
from tests.forms.case import CONTEXT, OPTIONS, POINTS
from tests.forms.further_kinds import STATEMENTS
from tests.forms.test_kinds import field_of

RANKING = {"options": OPTIONS}
PROPOSED = [
    ("short_text", {"max": 5}, " ab ", "ab"),
    ("short_text", {"max": 5}, "abcdef", None),
    ("short_text", {"format": "phone"}, "0812 3456 7890", "+6281234567890"),
    ("long_text", {}, Decimal(1), None),
    ("number", {"places": 1}, Decimal("0.25"), Decimal("0.3")),
    ("number", {}, "1", None),
    ("money", {}, Decimal("999.5"), Decimal(1000)),
    ("choice", {"options": OPTIONS}, "b", "b"),
    ("choice", {"options": OPTIONS}, "z", None),
    ("choices", {"options": OPTIONS}, ("b", "a"), ("a", "b")),
    ("choices", {"options": OPTIONS}, "b", ("b",)),
    ("choices", {"options": OPTIONS}, Decimal(1), None),
    ("choice_or_other", {"options": OPTIONS}, "other", None),
    ("rating", {"points": POINTS}, Decimal("2.5"), "above"),
    ("rating", {"points": POINTS}, Decimal(9), None),
    ("matrix", {"statements": STATEMENTS, "points": POINTS}, {"polite": Decimal(1)}, None),
    ("ranking", RANKING, ("no", "b", "a"), ("no", "b", "a")),
    ("ranking", RANKING, ("no", "b"), None),
    ("ranking", RANKING, ("no", "b", "b"), None),
    ("yes_no", {}, True, True),
    ("yes_no", {}, "yes", None),
    ("date", {}, date(2026, 1, 2), date(2026, 1, 2)),
    ("month", {}, date(2026, 1, 2), date(2026, 1, 1)),
    ("month", {}, "2026-01", None),
    ("time", {}, time(7, 30), time(7, 30)),
    ("link", {}, "contoh.go.id", "https://contoh.go.id"),
    ("link", {}, "javascript:alert(1)", None),
    ("unit", {}, "3", "3"),
    ("declaration", {}, True, None),
    ("row", {"source": "planning.results", "show": "result"}, "a1", None),
]
NAMED = [
    ("rating", {"points": POINTS}, "above", Decimal("2.5")),
    ("rating", {"points": POINTS}, "cannot_judge", None),
    ("matrix", {"statements": STATEMENTS, "points": POINTS}, {"polite": "2", "quick": "cannot_judge"}, {"polite": 2}),
    ("ranking", RANKING, ["b", "a", "no"], ("b", "a", "no")),
    ("choice_or_other", {"options": OPTIONS}, {"other": "Empat"}, "other"),
    ("month", {}, "2026-01", date(2026, 1, 1)),
    ("row", {"source": "planning.results", "show": "result"}, {"id": "a1", "text": "Arsip"}, "a1"),
]


@pytest.mark.parametrize(("kind", "settings", "term", "value"), PROPOSED)
def test_a_proposed_value_becomes_an_answer_or_nothing(kind, settings, term, value):
    assert field_of(kind, settings).from_expression(term) == value


@pytest.mark.parametrize(("kind", "settings", "stored", "term"), NAMED)
def test_an_expression_sees_what_the_answer_means(kind, settings, stored, term):
    field = field_of(kind, settings)
    assert field.expression_value(field.load(stored)) == term


def test_a_result_that_cannot_be_kept_is_none():
    field = field_of("calculated", {"formula": "1"})
    for term in (Decimal("1e14"), Decimal("NaN"), " \n", "\ud800", ("a",), None):
        assert field.settled(term) is None
    assert field.settled("x" * 5000) == "x" * 4000


def test_a_computed_number_can_be_a_measure():
    field = field_of("hidden", {"formula": "1", "measure": "late"})
    assert list(field.measured(Decimal(3))) == [("late", 3)]
    assert list(field.measured("tiga")) == []


@pytest.mark.parametrize(
    "pattern",
    [r"[A-Z]{2}-\d{4}", r"^(SK|ST)/\d+/(20\d\d)$", r"(?:a|b)+?c*", "[^0-9]{3}", r"\w+\.\w{2,}", "[[:upper:]][a-c-]?"],
)
def test_a_text_is_invented_for_the_usual_patterns(pattern):
    field = field_of("short_text", {"pattern": pattern})
    for seed in range(20):
        assert field.read(field.example(Random(seed), CONTEXT), CONTEXT)


@pytest.mark.parametrize("pattern", [r"\pL+", "(?i)a", "(a", "[", "a{2", "a{1000}b", "*", "(?P<n", "x{,3}"])
def test_no_text_is_invented_for_patterns_that_are_not_understood_or_too_long(pattern):
    assert invent(pattern, Random(1), 30) is None


def test_a_row_can_only_be_chosen_from_rows_that_have_the_shown_column():
    field = field_of("row", {"source": "planning.results", "show": "result"})
    column = {"kind": "short_text", "key": "result", "label": "Hasil"}
    rows = field_of("rows", {"columns": [column]})
    note = {"kind": "note", "key": "result", "label": "Catatan"}
    assert field.source_problems({"planning.results": rows}) == []
    for sources, path in (
        ({}, "source"),
        ({"planning.results": field_of("short_text", {})}, "source"),
        ({"planning.results": field_of("rows", {"columns": [{**column, "key": "other"}]})}, "show"),
        (
            {"planning.results": field_of("rows", {"columns": [note]})},
            "show",
        ),
    ):
        assert [problem.path for problem in field.source_problems(sources)] == [path]


def test_options_are_drawn_in_the_order_they_were_given():
    field = field_of("ranking", RANKING)
    assert [option.value for option in field.ordered({"no": "1", "b": "2", "a": "x"})] == ["no", "b", "a"]
    assert [option.value for option in field.ordered("junk")] == ["a", "b", "no"]


def test_a_thousand_options_are_checked_quickly():
    options = [{"value": f"v{number}", "label": f"Pilihan {number}"} for number in range(1000)]
    field = field_of("choice", {"options": options})
    assert field.problems() == []
    assert field.read("v999", CONTEXT) == "v999"


def test_a_broken_pattern_of_a_draft_design_refuses_in_words():
    with pytest.raises(ValueError, match="perancang"):
        field_of("short_text", {"pattern": "(a"}).read("a", CONTEXT)
