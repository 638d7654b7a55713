"""Every function and operator on answers that are given and on answers that are not."""

from datetime import date, time
from decimal import Decimal

import pytest

from forms.expressions.functions import NAMES
from tests.forms.expressions.staff import value, without_answers

WORKED = [
    # source, with answers, without answers
    ("target + result", Decimal("22.5"), None),
    ("target - result - 1", Decimal("1.5"), None),
    ("target * result / 5", Decimal(25), None),
    ("target / 0", None, None),
    ("-target", Decimal("-12.5"), None),
    ("0.1 + 0.2", Decimal("0.3"), Decimal("0.3")),
    ("2 + 3 * 4 - 6 / 2", Decimal(11), Decimal(11)),
    ("(2 + 3) * (4 - 6)", Decimal(-10), Decimal(-10)),
    ('name + " – " + status', "Sri Rahayu – contract", None),
    ("target == 12.50", True, False),
    ("target != 12.5", False, True),
    ("target == result", False, True),
    ("target < 13", True, False),
    ("target >= 13", False, False),
    ("10 < target <= 12.5", True, False),
    ("10 < target < 12", False, False),
    ('born < date("2000-01-01")', True, False),
    ('starts >= time("07:30")', True, False),
    ('status in ("pns", "contract")', True, False),
    ('status not in ("pns",)', True, True),
    ('"quick" in strengths', True, False),
    ('"kind" not in strengths', True, True),
    ("60 in results.weight", True, False),
    ("agreed", True, None),
    ("not agreed", False, True),
    ("agreed and target > 1", True, False),
    ("agreed or target > 1", True, False),
    ("1 if agreed else 2", Decimal(1), Decimal(2)),
    ('"a" if target < 5 else "b" if target < 20 else "c"', "b", "c"),
    ("sum(results.weight)", Decimal(90), Decimal(0)),
    ("sum(attitude)", Decimal(7), Decimal(0)),
    ("sum(target, result, 1)", Decimal("23.5"), Decimal(1)),
    ('sum(r.weight for r in results if r.kind == "extra")', Decimal(30), Decimal(0)),
    ("sum(r.weight * sum(r.parts.amount) for r in results)", Decimal(300), Decimal(0)),
    ("sum(results.parts.amount)", Decimal(7), Decimal(0)),
    ("sum(results.scores.speed)", Decimal(5), Decimal(0)),
    ("count(results)", Decimal(3), Decimal(0)),
    ("count(results.weight)", Decimal(2), Decimal(0)),
    ("count(strengths)", Decimal(2), Decimal(0)),
    ("count(evidence)", Decimal(1), Decimal(0)),
    ("count(attitude)", Decimal(2), Decimal(0)),
    ("count(results.parts)", Decimal(3), Decimal(0)),
    ("count(r for r in results if r.done)", Decimal(1), Decimal(0)),
    ("count(name, target, agreed)", Decimal(3), Decimal(0)),
    ("min(results.weight)", Decimal(30), None),
    ("max(results.due)", date(2026, 6, 30), None),
    ("max(target, result, 11)", Decimal("12.5"), Decimal(11)),
    ("mean(attitude)", Decimal("3.5"), None),
    ("mean(results.weight)", Decimal(45), None),
    ("any(r.weight > 50 for r in results)", True, False),
    ("any(agreed, target > 100)", True, False),
    ("all(r.weight > 10 for r in results)", False, True),
    ("all(r.weight > 10 for r in results if given(r.weight))", True, True),
    ('all(s in ("quick", "honest") for s in strengths)', True, True),
    ('any("quick" in r.tags for r in results)', True, False),
    ("round(2.5)", Decimal(3), Decimal(3)),
    ("round(-2.5)", Decimal(-3), Decimal(-3)),
    ("round(target / 7, 2)", Decimal("1.79"), None),
    ("abs(result - target)", Decimal("2.5"), None),
    ("floor(target)", Decimal(12), None),
    ("floor(-target)", Decimal(-13), None),
    ("ceil(target)", Decimal(13), None),
    ("given(target)", True, False),
    ("given(results)", True, False),
    ("given(strengths)", True, False),
    ("given(attitude)", True, False),
    ("length(name)", Decimal(10), None),
    ("lower(name)", "sri rahayu", None),
    ("upper(name)", "SRI RAHAYU", None),
    ('contains(name, "Raha")', True, False),
    ('starts_with(name, "Sri")', True, False),
    ('ends_with(lower(name), "YU")', False, False),
    (r'matches(name, "[A-Z]\w+ [A-Z]\w+")', True, False),
    (r'matches(name, "[A-Z]\w+")', False, False),
    (r'matches("6\\2", "\d\\\\\d")', True, True),
    ('join(results.title, "; ")', "Laporan; Rapat", None),
    ("join(strengths)", "quick, honest", None),
    ("join((name, target, born))", "Sri Rahayu, 12.5, 1990-02-28", None),
    ("today()", date(2026, 3, 1), date(2026, 3, 1)),
    ('date("2024-02-29")', date(2024, 2, 29), date(2024, 2, 29)),
    ("date(name)", None, None),
    ('time("08:05")', time(8, 5), time(8, 5)),
    ("year(born) * 10000 + month(born) * 100 + day(born)", Decimal(19900228), None),
    ('days(date("2026-01-30"), today())', Decimal(30), Decimal(30)),
    ('days(today(), date("2026-01-30"))', Decimal(-30), Decimal(-30)),
    ('months(date("2026-01-31"), date("2026-02-28"))', Decimal(0), Decimal(0)),
    ('months(date("2026-01-31"), date("2026-03-01"))', Decimal(1), Decimal(1)),
    ("months(born, joined)", Decimal(303), None),
    ("years(born, today())", Decimal(36), None),
    ('years(date("2000-02-29"), date("2001-02-28"))', Decimal(0), Decimal(0)),
    ('years(date("2000-02-29"), date("2001-03-01"))', Decimal(1), Decimal(1)),
    ('years(date("2001-03-01"), date("2000-02-29"))', Decimal(-1), Decimal(-1)),
    ("coalesce(result, target, 5)", Decimal(10), Decimal(5)),
    ('number("12.50")', Decimal("12.50"), Decimal("12.50")),
    ("number(unknown_options) + 1", Decimal(2), None),
    ("number(name)", None, None),
    ("number(agreed)", Decimal(1), None),
    ("text(target * 2)", "25", None),
    ("text(born)", "1990-02-28", None),
    ("text(starts)", "07:30", None),
    ("text(agreed)", "ya", None),
    ('position(strengths, "honest")', Decimal(2), None),
    ('position(strengths, "kind")', None, None),
    ("source.target * 2", Decimal(18), None),
    ("source.title + name", "LamaSri Rahayu", None),
    ("source.title * 2", None, None),
    ("source.title < 2", False, False),
    ('"x" in source.tags', True, False),
    ("form.target", Decimal("12.5"), None),
    ("class", "III/a", None),
]


@pytest.mark.parametrize(("source", "answered", "unanswered"), WORKED, ids=[source for source, _, _ in WORKED])
def test_worked_examples(source: str, answered: object, unanswered: object) -> None:
    found = value(source), without_answers(source)

    assert found == (answered, unanswered)
    assert [type(one) for one in found] == [type(answered), type(unanswered)], "a truth is no number"


def test_every_function_has_a_worked_example() -> None:
    shown = " ".join(source for source, _, _ in WORKED)

    assert [name for name in NAMES if f"{name}(" not in shown] == []


def test_a_calculation_is_exact_and_rounded_half_up_only_when_told() -> None:
    assert value("target / 3 * 3", target=Decimal(1)) == Decimal("0." + "9" * 34)
    assert value("round(target / 3 * 3, 12)", target=Decimal(1)) == 1
    assert value("round(target, 1)", target=Decimal("0.05")) == Decimal("0.1")
    assert value("sum(results.weight)", results=[{"weight": Decimal("0.1")}] * 10) == 1


def test_a_number_too_large_to_write_is_missing() -> None:
    assert value("target * target", target=Decimal("1E+900")) is None
    assert value("target", target=Decimal("NaN")) is None
    assert value("target > 1", target=Decimal("Infinity")) is False
    assert value("round(target, 12)", target=Decimal("1E+40")) is None


def test_empty_answers_are_missing() -> None:
    assert value("given(name)", name="") is False
    assert value("given(strengths)", strengths=()) is False
    assert value("given(results)", results=[]) is False
    assert value("coalesce(name, status)", name="") == "contract"
    assert value("name == lower(name)", name="") is True


def test_values_of_another_type_than_announced_are_missing() -> None:
    assert value("target + 1", target="12") is None
    assert value("target + 1", target=True) is None
    assert value("agreed == True", agreed=1) is False
    assert value("count(results)", results=["x", {"weight": Decimal(1)}]) == 1
    assert value("given(born)", born="2020-01-01") is False


def test_an_option_that_is_not_offered_any_more_can_still_be_compared() -> None:
    assert value("status == name", status="honorary", name="honorary") is True


def test_whole_numbers_of_python_are_taken_as_numbers() -> None:
    assert value("target + 1", target=3) == Decimal(4)
