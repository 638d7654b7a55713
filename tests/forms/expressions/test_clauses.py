"""Conditions composed from menus become text and come back."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.expressions import BOOLEAN, Kind, check
from forms.expressions.clauses import OPERATORS_BY_TYPE, Clause, Clauses, from_clauses, read_value, to_clauses
from tests.forms.expressions.grammar import answers, days, hours, numbers, words
from tests.forms.expressions.staff import FIELDS, FORM, TODAY

OPTIONS = {"status": ["pns", "contract"], "strengths": ["honest", "quick", "kind"]}
VALUES = {Kind.NUMBER: numbers, Kind.DATE: days, Kind.TIME: hours, Kind.TEXT: words | st.just("a\\\"\n\t'd")}


def _clauses(field: str) -> st.SearchStrategy[Clause]:
    kind = FIELDS[field].kind

    def with_value(operator) -> st.SearchStrategy[Clause]:
        option = st.sampled_from(OPTIONS[field]) if field in OPTIONS else words
        value = {
            "nothing": st.none(),
            "values": st.lists(option, max_size=3).map(tuple),
            "number": st.integers(0, 9).map(Decimal),
            "value": VALUES.get(kind, option),
        }[operator.takes]
        return value.map(lambda one: Clause(field, operator.key, one))

    return st.sampled_from(OPERATORS_BY_TYPE[kind]).flatmap(with_value)


composed = st.builds(
    Clauses,
    st.sampled_from(["all", "any"]),
    st.lists(
        st.sampled_from([name for name in FIELDS if FIELDS[name].kind in OPERATORS_BY_TYPE]).flatmap(_clauses),
        max_size=5,
    ).map(tuple),
)


@given(composed, answers)
def test_composed_conditions_check_and_come_back(clauses: Clauses, values) -> None:
    source = from_clauses(clauses)
    expression = check(source, FORM, BOOLEAN)
    again = to_clauses(source, FORM)

    assert again is not None
    assert again.clauses == clauses.clauses
    assert again.join == clauses.join or len(clauses.clauses) == 1
    assert from_clauses(again) == source
    assert expression.evaluate(values, TODAY) in (True, False)
    assert expression.sentence({})


WRITTEN = [
    (Clause("status", "is", "contract"), 'status == "contract"'),
    (Clause("name", "is", 'a"b\\c'), r'name == "a\"b\\c"'),
    (Clause("status", "one_of", ("pns",)), 'status in ("pns",)'),
    (Clause("strengths", "excludes", "quick"), '"quick" not in strengths'),
    (Clause("born", "less", date(2000, 1, 31)), 'born < date("2000-01-31")'),
    (Clause("starts", "at_least", time(7, 5)), 'starts >= time("07:05")'),
    (Clause("target", "more", Decimal("-0.5")), "target > -0.5"),
    (Clause("results", "count_at_least", Decimal(2)), "count(results) >= 2"),
    (Clause("agreed", "no"), "agreed == False"),
    (Clause("name", "contains_not", "x"), 'not contains(name, "x")'),
    (Clause("form.target", "not_given"), "not given(form.target)"),
]


@pytest.mark.parametrize(("clause", "source"), WRITTEN, ids=[source for _, source in WRITTEN])
def test_a_line_is_written_as_one_would(clause: Clause, source: str) -> None:
    assert from_clauses(Clauses("all", (clause,))) == source
    assert to_clauses(source, FORM) == Clauses("all", (clause,))


READ = [
    ("agreed", Clause("agreed", "yes")),
    ("5 < target", Clause("target", "more", Decimal(5))),
    ('"contract" != status', Clause("status", "is_not", "contract")),
]


@pytest.mark.parametrize(("source", "clause"), READ)
def test_other_ways_of_writing_are_understood(source: str, clause: Clause) -> None:
    assert to_clauses(source, FORM) == Clauses("all", (clause,))


@pytest.mark.parametrize(
    "source",
    [
        "target > result",
        "1 < target < 5",
        "agreed and (agreed or agreed)",
        "sum(results.weight) == 100",
        "not agreed",
        "agreed != True",
        "source.target == 1",
        "status == name",
        'status in ("pns", name)',
        "count(results) == 1",
        'matches(name, "a")',
        "target",
        "target >",
        "tarjet > 1",
    ],
)
def test_what_menus_cannot_show_stays_text(source: str) -> None:
    assert to_clauses(source, FORM) is None


@pytest.mark.parametrize(
    "clause",
    [
        Clause("target > 1 or x", "given"),
        Clause("target", "equals", Decimal(1)),
        Clause("target", "is"),
        Clause("target", "given", Decimal(1)),
        Clause("status", "one_of", "pns"),
        Clause("results", "count_at_least", "2"),
        Clause("name", "is", "a\x00b"),
    ],
)
def test_a_line_that_is_none_is_refused(clause: Clause) -> None:
    with pytest.raises(ValueError, match=r"is no|takes|cannot hold"):
        from_clauses(Clauses("all", (clause,)))


def test_no_lines_hold_always_or_never() -> None:
    assert from_clauses(Clauses("all", ())) == "True"
    assert from_clauses(Clauses("any", ())) == "False"
    assert to_clauses("False", FORM) == Clauses("any", ())


def test_values_are_read_as_menus_send_them() -> None:
    assert read_value(FIELDS["target"], "more", "12.5") == Decimal("12.5")
    assert read_value(FIELDS["born"], "less", "2026-01-30") == date(2026, 1, 30)
    assert read_value(FIELDS["starts"], "less", "08:30") == time(8, 30)
    assert read_value(FIELDS["status"], "one_of", ["pns", "contract"]) == ("pns", "contract")
    assert read_value(FIELDS["results"], "count_at_least", "3") == Decimal(3)
    assert read_value(FIELDS["name"], "given", "") is None
    for field, text in (("target", "lima"), ("born", "30-01-2026"), ("name", "")):
        with pytest.raises(ValueError, match="is no"):
            read_value(FIELDS[field], "is", text)


def test_every_operator_has_a_label() -> None:
    assert all(str(one.label) for operators in OPERATORS_BY_TYPE.values() for one in operators)
