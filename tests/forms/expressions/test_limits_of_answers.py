"""A limit blames nobody for an answer that is not there; a condition takes it for no."""

from decimal import Decimal

import pytest

from forms.expressions import BOOLEAN, check
from tests.forms.expressions.staff import ANSWERS, FORM, TODAY

NOTHING_GIVEN = [
    ("target <= 5", None),
    ("not target <= 5", None),
    ("target <= 5 and 1 == 2", False),
    ("target <= 5 and 1 == 1", None),
    ("target <= 5 or 1 == 1", True),
    ("target <= 5 or 1 == 2", None),
    ("agreed", None),
    ("given(target)", False),
    ('contains(name, "x")', None),
    ('status in ("pns", "contract")', None),
    ("target > 1 if agreed else result > 1", None),
    ("target > 1 if given(target) else 1 == 1", True),
    ("sum(results.weight) == 100", False),
]


@pytest.mark.parametrize(("source", "held"), NOTHING_GIVEN)
def test_what_compares_missing_answers_cannot_be_judged(source: str, held: bool | None) -> None:
    assert check(source, FORM, BOOLEAN).holds({}, TODAY) is held


@pytest.mark.parametrize("source", [source for source, _ in NOTHING_GIVEN])
def test_with_all_answers_a_limit_holds_exactly_when_the_condition_is_true(source: str) -> None:
    expression = check(source, FORM, BOOLEAN)

    assert expression.holds(ANSWERS, TODAY) is expression.evaluate(ANSWERS, TODAY)


def test_a_limit_that_looks_at_too_much_cannot_be_judged() -> None:
    rows = {"results": [{"weight": Decimal(1)}] * 200}

    assert check("sum(sum(results.weight) for r in results) == 1", FORM).holds(rows, TODAY) is None
