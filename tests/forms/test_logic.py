"""What expressions mean together: order, types, circles, and problems at their place."""

from datetime import date

import pytest

from forms.context import AnswerContext
from forms.schema import FormSchema

TODAY = AnswerContext(today=date(2026, 1, 30))
NUMBER = {"kind": "number", "label": "Angka"}
TEXT = {"kind": "short_text", "label": "Teks"}


def form(*fields, sections=None, **more) -> FormSchema:
    parts = sections or [{"key": "s", "title": "S", "fields": list(fields)}]
    return FormSchema.model_validate({"key": "f", "title": "F", "sections": parts, **more})


def problems(schema: FormSchema) -> list[str]:
    return [problem.path for problem in schema.problems()]


def test_questions_are_read_in_the_order_in_which_they_depend_on_each_other():
    schema = form(
        {**TEXT, "key": "a", "show_when": "b > 1"},
        {**NUMBER, "key": "b", "required_when": "given(c)"},
        {**NUMBER, "key": "c"},
    )
    assert problems(schema) == []
    assert [item.field.key for item in schema.logic.top.order] == ["c", "b", "a"]
    assert [item.field.key for item in schema.logic.top.items] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ([{**NUMBER, "key": "a", "show_when": "a > 1"}], "s.a"),
        ([{**NUMBER, "key": "a", "show_when": "b > 1"}, {**NUMBER, "key": "b", "show_when": "a > 1"}], "s.a"),
        (
            [
                {
                    "kind": "rows",
                    "key": "r",
                    "label": "R",
                    "columns": [{**NUMBER, "key": "x", "show_when": "sum(r.x) > 1"}],
                }
            ],
            "s.r",
        ),
    ],
)
def test_what_depends_on_itself_is_a_problem_and_not_an_endless_loop(fields, path):
    found = [problem for problem in form(*fields).problems() if "bergantung pada dirinya" in str(problem.message)]
    assert [f"s.{problem.path}" for problem in found] == [path]


def test_a_limit_may_speak_of_the_answer_itself_and_of_its_own_rows():
    schema = form(
        {
            "kind": "rows",
            "key": "r",
            "label": "R",
            "columns": [{**NUMBER, "key": "x", "checks": [{"rule": "x <= sum(r.x)", "message": "M"}]}],
        },
        {**NUMBER, "key": "n", "checks": [{"rule": "n > 0", "message": "M"}]},
    )
    assert problems(schema) == []


@pytest.mark.parametrize(
    ("setting", "path"),
    [
        ({"show_when": "nothing > 1"}, "n.show_when"),
        ({"show_when": "n2 + 1"}, "n.show_when"),
        ({"required_when": "n2 >"}, "n.required_when"),
        ({"default": '"ten"'}, "n.default"),
        ({"checks": [{"rule": "n < 5", "message": "M"}, {"rule": "m < 5", "message": "M"}]}, "n.checks.1.rule"),
    ],
)
def test_a_mistake_in_an_expression_is_told_with_its_place(setting, path):
    schema = form({**NUMBER, "key": "n", **setting}, {**NUMBER, "key": "n2"})
    (problem,) = schema.problems()
    assert problem.path == path
    assert problem.fault is not None
    assert problem.fault.line == 1
    assert problem.fault.column >= 1


def test_the_condition_of_a_section_and_the_rules_of_the_form_are_checked_too():
    schema = form(
        sections=[
            {"key": "one", "title": "1", "fields": [{**NUMBER, "key": "a"}], "show_when": "z"},
            {"key": "two", "title": "2", "fields": [{**NUMBER, "key": "b"}]},
        ],
        rules=[{"rule": "a + b", "message": "M"}, {"rule": "a == b", "message": "M", "at": "nowhere"}],
    )
    assert problems(schema) == ["rules.1.at", "sections.one.show_when", "rules.0.rule"]


def test_a_calculated_value_has_the_type_of_its_formula():
    schema = form(
        {"kind": "calculated", "key": "total", "label": "T", "formula": "a + 1"},
        {**NUMBER, "key": "a"},
        {**TEXT, "key": "t", "show_when": "total > 5"},
        {**TEXT, "key": "u", "show_when": 'contains(total, "x")'},
    )
    assert problems(schema) == ["u.show_when"]


def test_a_column_sees_its_row_first_and_the_form_by_its_full_name():
    columns = [{**NUMBER, "key": "n"}, {**TEXT, "key": "why", "show_when": "n > form.n and given(m)"}]
    schema = form(
        {"kind": "rows", "key": "r", "label": "R", "columns": columns}, {**NUMBER, "key": "n"}, {**NUMBER, "key": "m"}
    )
    assert problems(schema) == []
    assert [item.field.key for item in schema.logic.top.order][-1] == "r"


def test_the_earlier_row_is_taken_on_trust_until_the_cycle_is_known():
    columns = [{**NUMBER, "key": "done", "checks": [{"rule": "done <= source.target", "message": "M"}]}]
    schema = form({"kind": "rows", "key": "r", "label": "R", "each": "planning.results", "columns": columns})
    assert problems(schema) == []
    plan = form({"kind": "rows", "key": "results", "label": "R", "columns": [{**NUMBER, "key": "target"}]})
    other = form({"kind": "rows", "key": "results", "label": "R", "columns": [{**NUMBER, "key": "goal"}]})
    assert schema.source_problems({"planning.results": plan.field("results")}) == []
    found = schema.source_problems({"planning.results": other.field("results")})
    assert [problem.path for problem in found] == ["r.done.checks.0.rule"]


def test_a_form_without_expressions_is_plain():
    assert form({**NUMBER, "key": "n"}).logic.plain
    assert not form({**NUMBER, "key": "n"}, rules=[{"rule": "n > 1", "message": "M"}]).logic.plain
    assert not form({**NUMBER, "key": "n", "disabled": True}).logic.plain
