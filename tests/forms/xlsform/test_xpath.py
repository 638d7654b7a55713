"""XPath of XLSForm in our expressions and back: the same truth for every answer, also for none."""

import contextlib
import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.exchange.xlsform.cells import Row
from forms.exchange.xlsform.elements import Element, Names
from forms.exchange.xlsform.said import Untranslatable
from forms.exchange.xlsform.to_expression import Translator
from forms.exchange.xlsform.tree import Node
from forms.exchange.xlsform.types import TypeCell
from forms.exchange.xlsform.xpath import parse
from forms.exchange.xlsform.xpath_tokens import NotXPath
from forms.expressions import BOOLEAN, CHOICE, CHOICES, DATE, NUMBER, ROWS, TEXT, TIME, Scope, Type, check

TODAY = date(2026, 11, 24)
TYPES: dict[str, Type] = {
    "n": NUMBER,
    "m": NUMBER,
    "t": TEXT,
    "d": DATE,
    "h": TIME,
    "yn": CHOICE(("yes", "no")),
    "score": CHOICE(("1", "2", "3")),
    "many": CHOICES(("a", "b", "none")),
    "ok": BOOLEAN,
}


def names() -> Names:
    found = Names()
    for name, kind in TYPES.items():
        values = {value: (value,) for value in kind.values} if kind.values else None
        found.add(_element(name, (), kind, values))
        found.taken(()).add(name)
    found.add(_element("rows", (), ROWS({"age": NUMBER, "nm": TEXT}), None))
    found.add(_element("age", ("rows",), NUMBER, None))
    found.add(_element("nm", ("rows",), TEXT, None))
    found.taken(()).add("rows")
    found.taken(("rows",)).update({"age", "nm"})
    return found


def _element(name: str, chain: tuple[str, ...], kind: Type, values: Any) -> Element:
    row = Row("survey", 2, {("name", ""): name}, {})
    return Element(Node(row, TypeCell("question", "text")), chain, name, type=kind, values=values)


SCOPE = Scope({**TYPES, "rows": ROWS({"age": NUMBER, "nm": TEXT})})


def translated(xpath: str, own: str | None = None, condition: bool = True, scope: Scope = SCOPE, **place: Any) -> str:
    known = names()
    translator = Translator(known, own=known.find(own, ()) if own else None, **place)
    tree = parse(xpath)
    source = (translator.condition(tree) if condition else translator.value(tree)).source
    check(source, scope)
    return source


def value(xpath: str, condition: bool = False, **answers: Any) -> Any:
    filled = {**dict.fromkeys((*TYPES, "rows")), **answers}
    return check(translated(xpath, condition=condition), SCOPE).evaluate(filled, TODAY)


@pytest.mark.parametrize(
    ("xpath", "expression"),
    [
        ("${n} > 3 and ${n} <= 10", "n > 3 and n <= 10"),
        ("${n} = '5'", "n == 5"),
        ("${yn} = 'yes'", 'yn == "yes"'),
        ("'yes' = ${yn}", 'yn == "yes"'),
        ("${yn} != 'yes'", 'yn != "yes"'),
        ("not(${yn} = 'yes')", 'yn != "yes"'),
        ("selected(${yn}, 'yes')", 'yn == "yes"'),
        ("selected(${many}, 'a')", '"a" in many'),
        ("not(selected(${many}, 'none') and count-selected(${many}) > 1)", 'not ("none" in many and count(many) > 1)'),
        ("not(selected(${many}, 'a'))", '"a" not in many'),
        ("${many} = 'a'", '"a" in many and count(many) == 1'),
        ("${t} = ''", "not given(t)"),
        ("${n} != ''", "given(n)"),
        ("${n}", "given(n) and n != 0"),
        ("${yn}", "given(yn)"),
        ("${ok} = 'OK'", "ok"),
        ("${score} = 2", 'score == "2"'),
        ("${score} >= 2", "number(score) >= 2"),
        ("${d} <= today()", "d <= today()"),
        ("${d} > '2020-01-31'", 'd > date("2020-01-31")'),
        ("${d} >= today() - 30", "days(today(), d) >= -30"),
        ("${d} + 7 < today()", "days(today(), d) + 7 < 0"),
        ("${h} < '12:00:00'", 'h < time("12:00")'),
        ("count(${rows}) > 2", "count(rows) > 2"),
        ("sum(${age}) div count(${rows}) > 17", "sum(rows.age) / count(rows) > 17"),
        ("/data/group/n = 3", "n == 3"),
        ("${n} = 1 or ${n} = 2 and ${m} = 3", "n == 1 or n == 2 and m == 3"),
        ("(${n} = 1 or ${n} = 2) and ${m} = 3", "(n == 1 or n == 2) and m == 3"),
        ("${n} - (${m} - 1) = 0", "n - (m - 1) == 0"),
        ("regex(${t}, '^[A-Z]+\\d$')", 'matches(t, "^[A-Z]+\\\\d$")'),
        ("true() and ${n} = 1", "n == 1"),
        ("false() or ${n} = 1", "n == 1"),
        ("'a' = 'a'", "True"),
        ('${t} = "it\'s"', 't == "it\'s"'),
    ],
)
def test_a_condition_says_the_same_in_our_language(xpath: str, expression: str) -> None:
    assert translated(xpath) == expression


@pytest.mark.parametrize(
    ("xpath", "answers", "expected"),
    [
        ("if(${n} > 3, 'high', if(${n} > 1, 'mid', 'low'))", {"n": Decimal(2)}, "mid"),
        ("if(${n} != '', ${n}, 0) + 1", {}, Decimal(1)),
        ("coalesce(${n}, ${m}, 9)", {"m": Decimal(4)}, Decimal(4)),
        ("concat(${t}, '-', ${n})", {"n": Decimal("2.5")}, "-2.5"),
        ("int(-2.7)", {}, Decimal(-2)),
        ("int(${n})", {"n": Decimal("-2.7")}, Decimal(-2)),
        ("${n} mod 3", {"n": Decimal(-7)}, Decimal(-1)),
        ("round(${n} div 3, 2)", {"n": Decimal(1)}, Decimal("0.33")),
        ("(today() - ${d}) div 7", {"d": date(2026, 11, 10)}, Decimal(2)),
        ("(${yn} = 'yes') + (${n} > 1)", {"yn": "yes", "n": Decimal(2)}, Decimal(2)),
        ("${score} * 2", {"score": "3"}, Decimal(6)),
        ("string-length(${t})", {}, Decimal(0)),
        ("count-selected(${many})", {"many": ("a", "b")}, Decimal(2)),
        ("format-date(${d}, '%Y')", {"d": date(2026, 1, 5)}, "2026"),
        ("format-date(${d}, '%m')", {"d": date(2026, 1, 5)}, "01"),
        ("format-date(${d}, '%Y-%m-%d')", {"d": date(2026, 1, 5)}, "2026-01-05"),
        ("format-date(${d}, '%e/%m/%Y')", {"d": date(2026, 1, 5)}, "5/01/2026"),
        ("decimal-date-time(today()) - decimal-date-time(${d})", {"d": date(2026, 11, 20)}, Decimal(4)),
        ("max(${n}, ${m})", {"n": Decimal(1), "m": Decimal(5)}, Decimal(5)),
        ("sum(${age})", {"rows": [{"age": Decimal(2)}, {"age": None}, {"age": Decimal(3)}]}, Decimal(5)),
        ("join(', ', ${nm})", {"rows": [{"nm": "A"}, {"nm": "B"}]}, "A, B"),
        ("${n} div 0", {"n": Decimal(1)}, None),
        ("-${n} + 1", {"n": Decimal(3)}, Decimal(-2)),
        ("ceiling(${n}) - floor(${n})", {"n": Decimal("1.5")}, Decimal(1)),
    ],
)
def test_a_value_is_what_xpath_makes_of_it(xpath: str, answers: dict[str, Any], expected: Any) -> None:
    assert value(xpath, **answers) == expected


@pytest.mark.parametrize(
    ("xpath", "unanswered"),
    [
        ("${yn} != 'yes'", True),
        ("${n} != 3", True),
        ("${n} < 3", False),
        ("${n} = 0", False),
        ("not(${n} > 3)", True),
        ("selected(${many}, 'a')", False),
        ("${many} != 'a'", True),
        ("string-length(${t}) < 1", True),
        ("${t} = ''", True),
        ("boolean(${n})", False),
    ],
)
def test_a_condition_about_an_unanswered_question_is_what_it_is_in_odk(xpath: str, unanswered: bool) -> None:
    assert value(xpath, condition=True) is unanswered


@pytest.mark.parametrize(
    ("xpath", "says"),
    [
        ("pulldata('a', 'b', 'c', ${n})", "pulldata()"),
        ("indexed-repeat(${age}, ${rows}, 1) = 2", "indexed-repeat()"),
        ("substr(${t}, 1, 2) = 'a'", "substr()"),
        ("jr:choice-name(${yn}, '${yn}') = 'Ya'", "jr:choice-name"),
        ("position(..) = 1", "position()"),
        ("once(uuid()) = 'a'", "once()"),
        ("${age} > 3", "kelompok berulang"),
        ("${last-saved#n} = 2", "last-saved"),
        ("count(${rows}[${age} > 3]) > 1", "kurung siku"),
        ("instance('x')/root/item[a = 'b']/c = 'd'", "instance"),
        ("${nowhere} = 1", "“nowhere” tidak ada"),
        ("n > 3", "harus ditulis ${n}"),
        ("regex(${t}, concat('a', 'b'))", "tanda kutip"),
        ("regex(${t}, '(?=a)b')", "(?=…)"),
        ("${many} > 3", "angka"),
        ("${d} > 3", "Tanggal"),
    ],
)
def test_what_our_language_cannot_say_is_refused_by_its_name(xpath: str, says: str) -> None:
    with pytest.raises(Untranslatable) as refused:
        translated(xpath)
    assert says in str(refused.value.message)


def test_a_column_is_named_by_its_bare_name_inside_its_rows() -> None:
    scope = Scope({"age": NUMBER, "nm": TEXT}, SCOPE)
    assert translated("${age} > ${n}", chain=("rows",), scope=scope) == "age > n"


def test_a_question_of_the_form_is_told_from_a_column_of_the_same_name() -> None:
    known = names()
    known.add(_element("n", ("rows",), NUMBER, None))
    known.taken(("rows",)).add("n")
    assert known.source(known.by_name["n"][0], ("rows",)) == ("form.n", False)
    assert known.source(known.by_name["n"][1], ("rows",)) == ("n", False)
    assert known.source(known.by_name["n"][1], ()) == ("rows.n", True)


def test_a_choice_that_does_not_exist_is_never_chosen_and_that_is_noted() -> None:
    translator = Translator(names())
    assert translator.condition(parse("${yn} = 'maybe' or ${n} = 1")).source == "n == 1"
    assert "maybe" in str(translator.notes[0])


@pytest.mark.parametrize(
    "text", ["", "${a", "a and", "1 2", "(", ")", "if(", "${}", "'open", "a $ b", "((((" * 30, "not(" * 99]
)
def test_what_is_no_expression_is_refused_with_the_place(text: str) -> None:
    with pytest.raises(NotXPath):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "+".join(["${n}"] * 900),
        " or ".join(["${n}=1"] * 500),
        "int(" * 35 + "${n}" + ")" * 35,
        "boolean(number(" * 15 + "${n}" + "))" * 15,
        "${" + " " * 3000,
        "a" + "." * 3000 + "!",
        "-" * 3000 + "1",
        "if(${n}=1," * 38 + "1" + ",2)" * 38,
    ],
)
def test_an_expression_that_swells_is_refused_or_read_at_once(text: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(NotXPath, Untranslatable):
        Translator(names()).condition(parse(text))
    assert time.perf_counter() - started < 1


_NAMES = [f"${{{name}}}" for name in (*TYPES, "rows", "age", "zz")]
_SIGNS = ["(", ")", ",", "=", "!=", "<", "+", "-", "*", " div ", " mod ", " and ", " or ", "[", "]", "/", ".", ".."]
_CALLS = ["if(", "not(", "selected(", "count(", "sum(", "today()", "regex(", "concat(", "int("]
_PIECES = st.sampled_from([*_NAMES, *_SIGNS, *_CALLS, "'a'", "''", "1", "2.5"])


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=4 * settings.default.max_examples)
def test_any_expression_is_translated_to_one_that_holds_together_or_refused_in_words(text: str) -> None:
    known = names()
    try:
        said = Translator(known, own=known.find("n", ())).condition(parse(text))
    except (NotXPath, Untranslatable) as refused:
        source, words = "", str(refused.message)
    else:
        source, words = said.source, ""
    assert words or check(source, SCOPE, BOOLEAN)
