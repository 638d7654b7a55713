"""Forms as values."""

import pytest
from pydantic import ValidationError

from forms.schema import FormSchema
from tests.forms.examples import FORM

TEXT = {"kind": "short_text", "key": "a", "label": "A"}


def form(*fields, **more):
    sections = [{"key": "s", "title": "S", "fields": list(fields)}]
    return FormSchema.model_validate({"key": "f", "title": "F", "sections": sections, **more})


def paths(schema):
    return [problem.path for problem in schema.problems()]


def test_fields_are_found_in_order_and_by_key():
    assert [field.key for field in FORM.fields()] == ["date", "data", "errors", "results", "results_2"]
    assert FORM.field("data").kind == "colleague"
    assert FORM.field("nope") is None


def test_equal_forms_have_equal_digests_however_they_were_written():
    one = form({"kind": "number", "key": "n", "label": "N", "min": "1.50"})
    other = form({"label": {"id": "N"}, "min": 1.5, "key": "n", "kind": "number", "required": True})
    assert one == other
    assert one.digest() == other.digest()
    assert one.digest() != form({"kind": "number", "key": "n", "label": "N", "min": "1.51"}).digest()


def test_the_definition_leaves_out_what_is_the_default_so_that_a_new_setting_changes_no_digest():
    stored = form({"kind": "number", "key": "n", "label": "N", "required": True, "places": 0}).definition()
    assert stored["sections"][0]["fields"][0] == {"kind": "number", "key": "n", "label": {"id": "N"}}


def test_a_form_cannot_be_changed():
    with pytest.raises(ValidationError):
        FORM.title = "other"
    assert hash(FORM) == hash(FormSchema.model_validate(FORM.definition()))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (FormSchema.model_validate({"key": "f", "title": "F"}), [""]),
        (form(), ["sections.s"]),
        (form(TEXT, TEXT), ["a"]),
        (form({"kind": "choice", "key": "c", "label": "C"}), ["c.options"]),
        (form({"kind": "rows", "key": "r", "label": "R", "columns": [TEXT, TEXT]}), ["r.a"]),
        (form(*[{**TEXT, "key": f"a{number}"} for number in range(1001)]), [""]),
        (
            form(sections=[{"key": "s", "title": t, "fields": [{**TEXT, "key": t.lower()}]} for t in "AB"]),
            ["sections.s"],
        ),
    ],
)
def test_what_keeps_a_form_from_being_published_is_named(schema, expected):
    assert paths(schema) == expected
    assert all(str(problem.message) for problem in schema.problems())


def test_a_key_may_stand_in_rows_and_outside_them():
    assert paths(form(TEXT, {"kind": "rows", "key": "r", "label": "R", "columns": [TEXT]})) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": "A"},
        {"key": "1a"},
        {"key": "_id"},
        {"key": "a-b"},
        {"key": ""},
        {"key": "a" * 61},
        {"kind": "rows of rows"},
        {"label": ""},
        {"label": None},
        {"required": "perhaps"},
        {"colour": "red"},
    ],
)
def test_a_field_that_is_no_field_cannot_be_read(wrong):
    with pytest.raises(ValidationError):
        form({**TEXT, **wrong})


def test_rows_can_stand_in_rows_once():
    inner = {"kind": "rows", "key": "q", "label": "Q", "columns": [TEXT]}
    once = form({"kind": "rows", "key": "r", "label": "R", "columns": [inner]})
    assert once.problems() == []
    twice = form({"kind": "rows", "key": "s", "label": "S", "columns": [{**inner, "columns": [{**inner, "key": "p"}]}]})
    assert [problem.path for problem in twice.problems()] == ["s.q.columns"]


@pytest.mark.parametrize("key", ["in", "or", "not", "if", "is", "form", "source", "csrf_token"])
def test_no_question_and_no_column_bears_a_name_that_no_expression_can_say(key):
    column = {**TEXT, "key": key}
    rows = {"kind": "rows", "key": "r", "label": "R"}
    assert paths(form(column)) == [f"{key}.key"]
    assert paths(form({**rows, "columns": [column]})) == [f"r.{key}.key"]
    inner = {**rows, "key": "inner", "columns": [column]}
    assert paths(form({**rows, "columns": [inner]})) == [f"r.inner.{key}.key"]
    assert paths(form({**rows, "key": key, "columns": [TEXT]})) == [f"{key}.key"]


def test_a_word_of_python_that_expressions_do_not_know_is_a_key_like_any_other():
    assert paths(form({**TEXT, "key": "class"}, {**TEXT, "show_when": 'class == "x"'})) == []
