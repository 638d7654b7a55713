"""What the most demanding form and answers may cost: bounded, said, and never at the price of a wrong answer."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from forms import answers
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from forms.schema import FormSchema
from forms.settling import TOO_MUCH, settle

CONTEXT = AnswerContext(today=date(2026, 1, 12))
LIST = {
    "kind": "rows",
    "key": "list",
    "label": "Daftar",
    "required": False,
    "columns": [{"kind": "number", "key": "amount", "label": "Jumlah"}],
}
ROWS = [{"_id": f"r{n}", "amount": "5"} for n in range(200)]


def form(*fields: dict[str, Any]) -> FormSchema:
    section = {"key": "s", "title": "S", "fields": list(fields)}
    return FormSchema.model_validate({"key": "one", "title": "Satu", "sections": [section]})


def calculated(key: str, formula: str) -> dict[str, Any]:
    return {"kind": "calculated", "key": key, "label": "Nilai", "formula": formula}


PAIRS = "sum(sum(x.amount * y.amount for y in list) for x in list)"


def each_for_itself(count: int) -> tuple[FormSchema, dict[str, Any]]:
    return form(LIST, *(calculated(f"c{n}", PAIRS) for n in range(count))), {"list": ROWS}


def in_every_row(count: int) -> tuple[FormSchema, dict[str, Any]]:
    again = "sum(one.amount * 2 for one in form.list if one.amount > 1)"
    columns = [{"kind": "number", "key": "own", "label": "Sendiri"}]
    columns += [calculated(f"c{n}", again) for n in range(count)]
    rows = {"kind": "rows", "key": "more", "label": "Lagi", "columns": columns}
    return form(LIST, rows), {"list": ROWS, "more": [{"_id": f"m{n}", "own": "1"} for n in range(200)]}


@pytest.mark.parametrize("story", [each_for_itself, in_every_row])
def test_the_worst_expressions_of_a_form_together_take_little_time(story) -> None:
    schema, raw = story(300)
    assert schema.problems() == []
    before = time.process_time()
    settled = settle(schema, raw, CONTEXT)
    assert time.process_time() - before < 5
    assert settled.errors == {"": TOO_MUCH}


def test_what_could_not_be_calculated_is_never_handed_in() -> None:
    schema, raw = in_every_row(300)
    with pytest.raises(AnswersInvalid) as refused:
        answers.check(schema, raw, CONTEXT)
    assert refused.value.errors == {"": TOO_MUCH}


def test_a_share_of_the_total_in_each_of_two_hundred_rows_is_well_within_what_may_be_done() -> None:
    share = calculated("share", "amount / sum(form.list.amount) * 100")
    shares = {**LIST, "key": "shares", "columns": [*LIST["columns"], share]}
    schema = form(LIST, shares, *(calculated(f"c{n}", "sum(list.amount)") for n in range(200)))
    assert schema.problems() == []
    settled = settle(schema, {"list": ROWS, "shares": ROWS}, CONTEXT)
    assert settled.errors == {}
    assert settled.values["shares"][199]["share"] == Decimal("0.5")


def test_expressions_that_are_too_long_together_keep_a_form_from_publication() -> None:
    long = " + ".join(["1"] * 190)
    schema = form(*(calculated(f"c{n}", long) for n in range(400)))
    before = time.process_time()
    problems = schema.problems()
    assert time.process_time() - before < 10
    assert [problem.message.say() for problem in problems] == [
        "Syarat dan rumus formulir ini terlalu panjang: paling banyak 200000 karakter."
    ]


def test_columns_of_rows_within_rows_count_as_questions() -> None:
    inner = {"kind": "rows", "key": "inner", "label": "Dalam", "columns": LIST["columns"]}
    assert form({**LIST, "columns": [*LIST["columns"], inner]}).questions() == 4
