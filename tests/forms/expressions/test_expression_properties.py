"""What holds for any text, and for any expression that holds together on any answers."""

import time
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from forms.expressions import NUMBER, ExpressionInvalid, Scope, check, limits, references, rename
from tests.forms.expressions.grammar import answers, broken_answers, numbers, sound_expressions
from tests.forms.expressions.staff import FIELDS, FORM, TODAY

TOKENS = [
    *["target", "name", "status", "results", "r", "weight", "form", "source", "class", "tarjet", "x.y"],
    *["and", "or", "not", "in", "if", "else", "for", "is", "lambda", "None", "True", "await", "yield", ":="],
    *["(", ")", "(", ")", ",", ".", "+", "-", "*", "/", "**", "==", "<", ">=", "!=", "=", "[", "]", "{", "}", ":"],
    *['"pns"', "'a'", '"', "'", "\\", "0", "1", "0.5", "1e9", "0x1", "99999999999999999999", "1_0", "5j"],
    *[
        "sum",
        "count",
        "round",
        "matches",
        "date",
        "given",
        "f(",
        "\n",
        "\t",
        "#",
        "\x00",
        "“",
        "≥",
        "é",
        "😀",
        "\ud800",
    ],
]
tokens = st.sampled_from(TOKENS)
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(TOKENS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(TOKENS), max_size=120).map("".join),
    st.tuples(st.sampled_from(TOKENS), st.integers(1, 3000)).map(lambda one: one[0] * one[1]),
    st.tuples(st.sampled_from(TOKENS), st.sampled_from(TOKENS), st.integers(1, 900)).map(
        lambda a: (a[0] + a[1]) * a[2]
    ),
)


@given(texts)
@settings(max_examples=4 * settings.default.max_examples)
@example("(" * 1000)
@example("((((((((((((((" * 1 + "1")
@example("-" * 1999 + "1")
@example("not " * 499 + "1")
@example("1" * 2000)
@example("f(" * 15 + "x" + " y" + ")" * 15)
@example("x if " * 300)
@example("a." * 999 + "a")
@example("+".join(["x"] * 1000))
@example("1 " + "+ 1" * 600)
@example("x < " * 499 + "x")
@example("x for x in " * 150 + "x")
@example('"' + "\\" * 1998 + '"')
@example("\ufeff target")
def test_any_text_checks_or_has_faults_at_places_inside_it_in_time(text: str) -> None:
    found = []

    def checked() -> None:
        try:
            check(text, FORM)
        except ExpressionInvalid as invalid:
            found[:] = invalid.faults
            assert found

    assert min(_seconds(checked), _seconds(checked)) < 0.05, "the second time the collector has done its work"
    lines = text.split("\n")
    for fault in found:
        assert 1 <= fault.line <= len(lines)
        assert 1 <= fault.column <= fault.end_column <= len(lines[fault.line - 1]) + 1
        assert fault.say("id")
        assert fault.say("en")


@given(texts)
def test_references_and_renaming_take_any_text(text: str) -> None:
    assert rename(text, "no_such_field", "other") == text
    assert "no_such_field" not in references(text)


@given(sound_expressions(), answers)
@settings(max_examples=4 * settings.default.max_examples)
def test_a_sound_expression_gives_its_type_or_nothing_for_any_answers(sound: tuple[str, type], given_answers) -> None:
    source, kind = sound

    expression = check(source, FORM)
    result = expression.evaluate(given_answers, TODAY)

    assert result is None or type(result) is kind
    assert not isinstance(result, Decimal) or result.is_finite()
    assert expression.holds(given_answers, TODAY) in (True, False, None)
    assert {name.removeprefix("form.").split(".")[0] for name in expression.names} <= set(FIELDS)
    assert references(source) == expression.names
    assert expression.sentence({}, "id")
    assert expression.sentence({}, "en")


@given(sound_expressions(), broken_answers)
def test_no_values_whatever_make_an_expression_fail(sound: tuple[str, type], values) -> None:
    source, kind = sound

    result = check(source, FORM).evaluate(values, TODAY)

    assert result is None or isinstance(result, kind)


@given(sound_expressions(), answers, st.sampled_from(["target", "name", "results", "status", "attitude", "r"]))
def test_a_renamed_field_leaves_the_result_as_it_is(sound, given_answers, old: str) -> None:
    source, _ = sound
    new = "r" if old != "r" else "renamed"
    scope = type(FORM)({new if name == old else name: kind for name, kind in FIELDS.items()})
    renamed_answers = {new if name == old else name: value for name, value in given_answers.items()}
    renamed = rename(rename(source, old, new), f"form.{old}", f"form.{new}")

    before = check(source, FORM).evaluate(given_answers, TODAY)

    assert check(renamed, scope).evaluate(renamed_answers, TODAY) == before
    assert old not in {name.removeprefix("form.").split(".")[0] for name in references(renamed)}


def _combined(parts):
    (one, left), sign, (other, right) = parts
    return f"({one} {sign} {other})", {"+": left + right, "-": left - right, "*": left * right}[sign]


HALF_UP = Context(prec=34, rounding=ROUND_HALF_UP)
sums = st.recursive(
    numbers.map(lambda number: (format(number, "f"), Fraction(number))),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(_combined),
    max_leaves=5,
)


@given(sums)
def test_sums_and_products_are_exact(pair: tuple[str, Fraction]) -> None:
    source, exact = pair
    result = check(source, FORM).evaluate({}, TODAY)

    rounded = HALF_UP.divide(Decimal(exact.numerator), Decimal(exact.denominator))
    assert isinstance(result, Decimal)
    # Within 34 digits nothing is lost; five factors of ten digits can need more, and are then rounded on the way.
    assert Fraction(result) == exact or abs(Fraction(result) - exact) <= abs(Fraction(rounded)) / 10**32


@given(numbers, numbers.filter(bool), st.integers(0, 6))
def test_a_rounded_quotient_is_the_exact_one_rounded_half_up(one: Decimal, other: Decimal, places: int) -> None:
    source = f"round({one:f} / {other:f}, {places})"
    exact = abs(Fraction(one) / Fraction(other)) * 10**places
    expected = int(exact + Fraction(1, 2)) * (1 if (one < 0) == (other < 0) else -1)

    assert Fraction(check(source, FORM).evaluate({}, TODAY)) == Fraction(expected, 10**places)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_aggregates_agree_with_exact_arithmetic(weights: list[Decimal]) -> None:
    rows = {"results": [{"weight": weight} for weight in weights] + [{}]}

    def of(function: str) -> Fraction:
        return Fraction(check(f"{function}(results.weight)", FORM).evaluate(rows, TODAY))

    assert of("sum") == sum(map(Fraction, weights))
    assert of("count") == len(weights)
    assert of("min") == min(weights)
    assert of("max") == max(weights)
    assert abs(of("mean") * len(weights) - of("sum")) < Fraction(1, 10**24)


@given(st.dates(), st.dates())
def test_days_months_and_years_agree_with_the_calendar(one: date, other: date) -> None:
    values = {"born": one, "joined": other}

    def of(function: str) -> int:
        return int(check(f"{function}(born, joined)", FORM).evaluate(values, TODAY))

    first, last = sorted([one, other])
    sign = 1 if one <= other else -1
    months = sum(
        1
        for ahead in range(1, (last.year - first.year) * 12 + 13)
        if (first.year * 12 + first.month - 1 + ahead, first.day) <= (last.year * 12 + last.month - 1, last.day)
    )
    assert of("days") == (other - one).days
    assert of("months") == sign * months
    assert of("years") == sign * (months // 12)


missing = st.sampled_from(
    ["target", "result", "attitude.service", "min(results.weight)", "position(strengths, 'kind')"]
)


@given(missing, numbers, st.sampled_from("+-*/"), st.booleans())
def test_arithmetic_with_a_missing_number_is_missing(name: str, number: Decimal, sign: str, first: bool) -> None:
    source = f"{name} {sign} {number:f}" if first else f"{number:f} {sign} {name}"

    assert check(source, FORM).evaluate({}, TODAY) is None
    for order in ("<", "<=", ">", ">=", "=="):
        assert check(f"{source} {order} 0", FORM).evaluate({}, TODAY) is False
    assert check(f"{source} != 0", FORM).evaluate({}, TODAY) is True
    assert check(f"{source} == target", FORM).evaluate({}, TODAY) is True


@given(answers)
def test_a_comparison_and_its_opposite(values) -> None:
    for one, other in (("target", "result"), ("born", "joined"), ("name", "status"), ("agreed", "agreed")):
        same = check(f"{one} == {other}", FORM).evaluate(values, TODAY)
        assert check(f"{one} != {other}", FORM).evaluate(values, TODAY) is not same


def test_a_condition_takes_microseconds() -> None:
    expression = check('status == "contract" and target > 5', FORM)
    values = {"status": "contract", "target": Decimal(6)}

    best = min(_seconds(lambda: expression.evaluate(values, TODAY)) for _ in range(50))

    assert best < 200e-6, "ten times the aim, for slow machines"


def _seconds(run) -> float:
    started = time.thread_time()
    run()
    return time.thread_time() - started


def test_many_unknown_names_in_a_large_form_are_explained_in_time() -> None:
    large = Scope({f"pertanyaan_nomor_{number}_yang_panjang_sekali": NUMBER for number in range(300)})
    source = "+".join(f"pertanyaan_nomer_{number}_yang_pnjang" for number in range(50))
    found = []

    def checked() -> None:
        with pytest.raises(ExpressionInvalid) as raised:
            check(source, large)
        found[:] = raised.value.faults

    assert min(_seconds(checked) for _ in range(3)) < 0.1
    assert all(fault.suggestion for fault in found)


def test_the_worst_evaluation_ends_at_the_limit_of_steps() -> None:
    inner = "sum(r.weight for r in results)"
    source = f"sum({'+'.join([inner] * 30)} for s in results)"
    rows = {"results": [{"weight": Decimal(1)}] * 2000}

    assert check(source, FORM).evaluate(rows, TODAY) is None
    assert min(_seconds(lambda: check(source, FORM).evaluate(rows, TODAY)) for _ in range(3)) < 0.2
    assert limits.STEPS == 10_000
