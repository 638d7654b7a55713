"""Stored answers are shown as they were given, whenever they are read; limits see the whole form."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from forms import answers
from forms.schema import FormSchema
from tests.forms.kinds import CONTEXT
from tests.forms.test_untouched_rows import DAYS, NAME, form, rows

LATER = replace(CONTEXT, today=CONTEXT.today + timedelta(days=400))


def shown(schema: FormSchema, stored: dict[str, Any], context: answers.AnswerContext = CONTEXT) -> dict[str, str]:
    views = answers.display(schema, stored, "id", context)
    return {view.key: view.text for section in views for view in section.rows}


def number(key: str, **more: Any) -> dict[str, Any]:
    return {"kind": "number", "key": key, "label": key, **more}


def test_what_could_not_be_changed_is_shown_and_seen_by_other_questions() -> None:
    schema = form({**DAYS, "read_only": True}, {**NAME, "show_when": "days == 5"})
    stored = answers.check(schema, {"days": "99", "name": "Ani"}, CONTEXT)
    assert stored == {"days": "5", "name": "Ani"}
    assert shown(schema, stored) == {"days": "5", "name": "Ani"}


def test_what_was_computed_is_shown_as_it_was_signed() -> None:
    day = {"kind": "date", "key": "day", "label": "Tanggal"}
    age = {"kind": "calculated", "key": "age", "label": "Umur", "formula": "days(day, today())"}
    schema = form(day, age, {**NAME, "show_when": "day == today()"})
    raw = {"day": CONTEXT.today.isoformat(), "name": "Ani"}
    stored = answers.check(schema, raw, CONTEXT)
    assert shown(schema, stored, LATER) == shown(schema, stored)
    assert shown(schema, stored, LATER)["age"] == "0"
    assert "name" in shown(schema, stored, LATER)
    assert answers.review(schema, stored, LATER).hidden == set()


def test_nobody_is_asked_for_what_nobody_can_give() -> None:
    schema = form({**NAME, "required": False}, {**NAME, "key": "copy", "default": "name", "read_only": True})
    assert answers.check(schema, {}, CONTEXT) == {}
    assert answers.check(schema, {"name": "Ani"}, CONTEXT) == {"name": "Ani", "copy": "Ani"}


def test_the_limit_of_a_cell_sees_what_stands_further_down() -> None:
    weight = number("weight", checks=[{"rule": "weight <= most", "message": "M"}])
    schema = form(rows(weight), number("most"))
    settled = answers.settle(schema, {"r": [{"weight": "50"}, {"weight": "5"}], "most": "10"}, CONTEXT)
    assert list(settled.errors) == ["r.0.weight"]


def test_the_limit_of_a_cell_sees_the_other_rows() -> None:
    weight = number("weight", checks=[{"rule": "sum(form.r.weight) <= 100", "message": "M"}])
    schema = form(rows(weight))
    assert answers.settle(schema, {"r": [{"weight": "50"}, {"weight": "50"}]}, CONTEXT).errors == {}
    errors = answers.settle(schema, {"r": [{"weight": "50"}, {"weight": "51"}]}, CONTEXT).errors
    assert sorted(errors) == ["r.0.weight", "r.1.weight"]


def test_the_limit_of_a_cell_in_rows_in_rows_sees_its_own_row_and_those_around_it() -> None:
    share = number("share", checks=[{"rule": "share <= weight and share <= most", "message": "M"}])
    inner = {"kind": "rows", "key": "inner", "label": "I", "columns": [share]}
    schema = form(rows(inner, number("weight")), number("most"))
    raw = {
        "r": [{"inner": [{"share": "5"}, {"share": "9"}], "weight": "8"}, {"inner": [{"share": "7"}], "weight": "8"}],
        "most": "6",
    }
    assert sorted(answers.settle(schema, raw, CONTEXT).errors) == ["r.0.inner.1.share", "r.1.inner.0.share"]


def test_mistakes_are_told_in_the_order_of_the_rows() -> None:
    weight = number("weight", checks=[{"rule": "weight < 10", "message": "M"}])
    schema = form(rows(weight))
    with pytest.raises(answers.AnswersInvalid) as refusal:
        answers.check(schema, {"r": [{"weight": "11"}, {"weight": "x"}, {"weight": "12"}]}, CONTEXT)
    assert list(refusal.value.errors) == ["r.0.weight", "r.1.weight", "r.2.weight"]
