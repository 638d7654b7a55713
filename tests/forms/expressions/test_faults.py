"""What is wrong with an expression is said with its place, in Indonesian, and with what may have been meant."""

import pytest

from forms.expressions import (
    ANY,
    BOOLEAN,
    CHOICE,
    CHOICES,
    DATE,
    NUMBER,
    TEXT,
    ExpressionInvalid,
    Scope,
    Type,
    check,
    limits,
)
from tests.forms.expressions.staff import ANSWERS, FORM, TODAY, faults

# source, the part that is marked, what may have been meant
MISTAKES = [
    ("statu == name", "statu", "status"),
    ("Target > 1", "Target", "target"),
    ("ya", "ya", "True"),
    ("agreed == true", "true", "True"),
    ("zzzzzz > 1", "zzzzzz", None),
    ("sum(results.wieght)", "wieght", "weight"),
    ("sum(r.wieght for r in results)", "wieght", "weight"),
    ("form.tarjet", "tarjet", "target"),
    ("target.value", "target.value", None),
    ("lenght(name)", "lenght", "length"),
    ("len(name)", "len", "length"),
    ("avg(results.weight)", "avg", "mean"),
    ('status == "kontrak"', '"kontrak"', '"contract"'),
    ('"contrac" == status', '"contrac"', '"contract"'),
    ('status in ("pns", "contarct")', '"contarct"', '"contract"'),
    ('"quik" in strengths', '"quik"', '"quick"'),
    ('any(r.kind == "maim" for r in results)', '"maim"', '"main"'),
    ('"maim" in results.kind', '"maim"', '"main"'),
    ('position(strengths, "honst")', '"honst"', '"honest"'),
    ('target > "5"', '"5"', "5"),
    ('target + "5"', "target", "text(target)"),
    ('target - "5"', '"5"', "5"),
    ("unknown_options == 1", "1", '"1"'),
    ("agreed == 1", "1", "True"),
    ('agreed == "ya"', '"ya"', "True"),
    ('born > "2000-01-01"', '"2000-01-01"', 'date("2000-01-01")'),
    ('starts > "07:30"', '"07:30"', 'time("07:30")'),
    ('strengths == "quick"', 'strengths == "quick"', '"quick" in strengths'),
    ('strengths != "quick"', 'strengths != "quick"', '"quick" not in strengths'),
    ('"Sri" in name', '"Sri" in name', 'contains(name, "Sri")'),
    ("name - 1", "name", "number(name)"),
    ("target and agreed", "target", "given(target)"),
    ("target == None", "target == None", "not given(target)"),
    ("None != target", "None != target", "given(target)"),
    ("target is not None", "target is not None", "given(target)"),
    ("name.lower()", "name.lower()", "lower(name)"),
    ('name.startswith("a")', 'name.startswith("a")', 'startswith(name, "a")'),
    ("sum(results)", "results", "results.weight"),
    ("sum(results.title)", "results.title", None),
    ("sum(target)", "target", None),
    ("count(target)", "target", None),
    ("target > 0,5", "0,5", "0.5"),
    ("round(target, 2), 1", ",", None),
    ("target = 5", "=", "=="),
    ("target => 5", "=>", ">="),
    ("target <> 5", "<>", "!="),
    ("target ≥ 5", "≥", ">="),
    ("agreed && agreed", "&&", " and "),
    ("name == “Sri”", "“", '"'),
    ("target × 2", "×", "*"),
    ("${target} > 1", "$", None),
    ("target ** 2", "**", None),
    ("target // 2", "//", None),
    ("target % 2", "%", None),
    ("results[0]", "[", None),
    ("name # catatan", "#", None),
    ("target > 1\x00", "\x00", None),
    ("target + 1_000", "1_000", None),
    ("target + 0x1f", "0x1f", None),
    ("target + 1e5", "1e5", None),
    ("target + 007", "007", None),
    ("target + 5tahun", "5tahun", None),
    ("target + .5", ".5", None),
    ("target + 1234567890123456", "1234567890123456", None),
    ("(target + 1", "(", None),
    ("target + 1)", ")", None),
    ('name == "Sri', '"Sri', None),
    ('name == "Sri\nRahayu"', '"Sri', None),
    ('name == f"Sri"', "f", None),
    ('name in ("a" "b")', '"a" "b"', None),
    ("target +", "+", None),
    ("target target", "target", None),
    ("1 if agreed", "1 if agreed", None),
    ("+target", "+target", None),
    ("lambda: 1", ":", "/"),
    ("...", "...", None),
    ("max(*results)", "*results", None),
    ("sum(r.x for r in results for s in r.parts)", "s", None),
    ("sum(r.weight for r, s in results)", "r, s", None),
    ("sum(x for x in target)", "target", None),
    ('matches(name, "(")', '"("', None),
    ('matches(name, "(?=a)b")', '"(?=a)b"', None),
    ("matches(name, name)", "name", None),
    ('date("2026-02-30")', '"2026-02-30"', None),
    ('time("24:10")', '"24:10"', None),
    ("round(target, result)", "result", None),
    ("round(target, 13)", "13", None),
    ("round()", "round()", None),
    ("today(1)", "today(1)", None),
    ("coalesce()", "coalesce()", None),
    ("coalesce(target, name)", "name", None),
    ("1 if agreed else name", "name", None),
    ("target == agreed", "target == agreed", None),
    ("name < name", "name < name", None),
    ("results == results", "results == results", None),
    ("target in result", "result", None),
    ("agreed in strengths", "agreed", None),
    ("target in strengths", "target", None),
    ("name in results.weight", "name", None),
    ("form.results.parts.amount.x", "form.results.parts.amount.x", None),
]


@pytest.mark.parametrize(("source", "marked", "suggestion"), MISTAKES, ids=[repr(source) for source, _, _ in MISTAKES])
def test_a_mistake_is_shown_at_its_place(source: str, marked: str, suggestion: str | None) -> None:
    fault = faults(source)[0]

    assert source.split("\n")[fault.line - 1][fault.column - 1 : fault.end_column - 1] == marked
    assert fault.suggestion == suggestion
    assert len(str(fault)) > 10
    assert "%(" not in str(fault)


def test_the_suggestion_is_asked_in_indonesian() -> None:
    [fault] = faults("tarjet > 1")

    assert str(fault) == "Isian “tarjet” tidak dikenal. Mungkin maksud Anda “target”?"


@pytest.mark.parametrize(
    ("source", "suggestion"), [(source, suggestion) for source, _, suggestion in MISTAKES if suggestion]
)
def test_what_is_suggested_has_not_the_same_fault(source: str, suggestion: str) -> None:
    before = faults(source)[0]
    start, end = before.column - 1, before.end_column - 1

    mended = source[:start] + suggestion + source[end:]

    assert before not in faults(mended)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_places() -> None:
    found = faults('tarjet > 1 and statu == "x" and lenght(name) > 2')

    assert [fault.suggestion for fault in found] == ["target", "status", "length"]


def test_one_mistake_is_told_once() -> None:
    assert len(faults("round(tarjet * 2 + 1, 2) > 5 and not agreed")) == 1


def test_a_mistake_on_a_later_line_has_its_line_and_column() -> None:
    [fault] = faults("target > 1\n  and tarjet > 2\n  and agreed")

    assert (fault.line, fault.column, fault.end_column) == (2, 7, 13)


def test_an_expression_over_several_lines_with_blanks_around_is_fine() -> None:
    expression = check("\n   target > 1\n\tand agreed\r\n  ", FORM)

    assert expression.evaluate(ANSWERS, TODAY) is True


@pytest.mark.parametrize("source", ["", "   ", "\n\n"])
def test_an_empty_expression_is_a_fault(source: str) -> None:
    [fault] = faults(source)

    assert (fault.line, fault.column) == (1, 1)


WANTED = [
    ("target", BOOLEAN, None),
    ('"2020-01-01"', DATE, 'date("2020-01-01")'),
    ('"5"', NUMBER, "5"),
    ("results", TEXT, None),
    ('"pnss"', CHOICE(["pns", "contract"]), '"pns"'),
    ('"pns" if agreed else "kontrak"', CHOICE(["pns", "contract"]), '"contract"'),
    ('("a", "x")', CHOICES(["a", "b"]), None),
]


@pytest.mark.parametrize(("source", "wanted", "suggestion"), WANTED)
def test_an_expression_must_give_what_is_wanted(source: str, wanted: Type, suggestion: str | None) -> None:
    [fault] = faults(source, wanted)

    assert fault.suggestion == suggestion


def test_what_is_wanted_is_given() -> None:
    assert check("source.target", FORM, NUMBER).type == NUMBER
    assert check("source.title", FORM, NUMBER).evaluate(ANSWERS, TODAY) is None
    assert check('("a", "b")', FORM, CHOICES(["a", "b"])).evaluate({}, TODAY) == ("a", "b")
    assert check('"a"', FORM, TEXT).type == TEXT
    assert check('"pns"', FORM, CHOICE(["pns"])).type.kind == "choice"


class TestLimits:
    def test_length(self) -> None:
        source = '"' + "x" * (limits.CHARACTERS - 2) + '"'

        assert faults(source) == []
        assert "terlalu panjang" in str(faults(source + " ")[0])

    def test_size(self) -> None:
        assert faults("+".join(["1"] * (limits.NODES // 2))) == []
        assert "terlalu besar" in str(faults("+".join(["1"] * (limits.NODES // 2 + 1)))[0])

    def test_depth(self) -> None:
        def nested(depth: int) -> str:
            return "abs(" * (depth - 1) + "1" + ")" * (depth - 1)

        assert faults(nested(limits.DEPTH)) == []
        assert "terlalu dalam" in str(faults(nested(limits.DEPTH + 1))[0])
        assert "terlalu dalam" in str(faults("1 - (2 * (" * 7 + "-target" + "))" * 7)[0])

    def test_a_long_chain_is_not_deep(self) -> None:
        assert faults(" + ".join(["target"] * 50)) == []
        assert faults(" and ".join(["agreed"] * 50)) == []
        assert faults("".join(f"{n} if target < {n} else " for n in range(50)) + "0") == []

    def test_a_pattern(self) -> None:
        assert faults(f'matches(name, "{"a" * limits.PATTERN}")') == []
        assert "terlalu panjang" in str(faults(f'matches(name, "{"a" * (limits.PATTERN + 1)}")')[0])
        assert len(faults('matches(name, "((a{100}){100}){100}")')) == 1

    def test_no_more_mistakes_than_one_reads(self) -> None:
        assert len(faults(" + ".join(f"x{n}" for n in range(100)))) == limits.FAULTS

    def test_an_evaluation_that_looks_at_too_much_is_missing(self) -> None:
        rows = [{"weight": 1}] * 200
        source = "sum(r.weight * sum(s.weight for s in results) for r in results)"

        assert check(source, FORM).evaluate({"results": rows[:50]}, TODAY) == 2500
        assert check(source, FORM).evaluate({"results": rows}, TODAY) is None

    def test_a_text_that_grows_too_long_is_missing(self) -> None:
        expression = check(" + ".join(["name"] * 30), FORM)

        assert expression.evaluate({"name": "x" * 600}, TODAY) == "x" * 18_000
        assert expression.evaluate({"name": "x" * 4000}, TODAY) is None


class TestRows:
    SCOPE = Scope({"weight": NUMBER, "amount": NUMBER}, Scope({"weight": NUMBER, "source": ANY}, FORM))

    def test_a_name_is_looked_for_innermost_first(self) -> None:
        form = {"target": 100, "weight": 50}
        row = {"weight": 1, "amount": 2, "form": form}

        expression = check("amount + weight + target + form.result", self.SCOPE)

        assert expression.evaluate({**row, "form": {**form, "result": 1000}}, TODAY) == 1103
        assert expression.form_names == {"target", "result"}
        assert expression.names == {"amount", "weight", "target", "form.result"}

    def test_a_column_is_no_field_of_the_form(self) -> None:
        [fault] = faults("form.weight > 1", None, self.SCOPE)

        assert "weight" in str(fault)

    def test_names_from_around_are_suggested(self) -> None:
        assert faults("amuont + tarjet", None, self.SCOPE)[0].suggestion == "amount"
        assert faults("amuont + tarjet", None, self.SCOPE)[1].suggestion == "target"

    def test_a_missing_column_is_not_taken_from_the_form(self) -> None:
        scope = Scope({"target": NUMBER}, FORM)

        assert check("target", scope).evaluate({"form": {"target": 5}}, TODAY) is None
        assert check("form.target", scope).evaluate({"form": {"target": 5}}, TODAY) == 5


def test_nothing_is_written_to_the_standard_error_stream(capfd: pytest.CaptureFixture[str]) -> None:
    faults('matches(name, "(((")')

    assert capfd.readouterr() == ("", "")


def test_the_error_tells_all_faults() -> None:
    with pytest.raises(ExpressionInvalid, match=r"1:1 Isian “x” .*; 1:5 Isian “y” "):
        check("x + y", FORM)
