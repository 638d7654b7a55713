"""Rows that nobody has touched: what they offer, what they ask, and that they never count as answers."""

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms import answers
from forms.builder import bind
from forms.schema import FormSchema
from tests.forms.kinds import CONTEXT

NAME = {"kind": "short_text", "key": "name", "label": "Nama"}
DAYS = {"kind": "number", "key": "days", "label": "Hari", "default": "5"}


def form(*fields: dict[str, Any], **more: Any) -> FormSchema:
    section = {"key": "s", "title": "S", "fields": list(fields)}
    schema = FormSchema.model_validate({"key": "f", "title": "F", "sections": [section], **more})
    assert schema.problems() == []
    return schema


def rows(*columns: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "rows", "key": "r", "label": "Baris", "columns": list(columns), **more}


def typed(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without their names, at any depth."""
    return [
        {key: typed(cell) if key == "inner" else cell for key, cell in row.items() if key != "_id"} for row in cells
    ]


def test_rows_that_are_not_required_do_not_begin_with_one_that_offers_something() -> None:
    schema = form(rows(NAME, DAYS, required=False))
    opened = bind(schema, context=CONTEXT)
    assert opened.raw() == {"r": []}
    assert opened.check() == {}
    added = bind(schema, formdata=MultiDict({"_add": "r"}), context=CONTEXT)
    assert typed(added.raw()["r"]) == [{"name": "", "days": "5"}]
    emptied = bind(schema, formdata=MultiDict({"r-0-name": "", "r-0-days": "5", "_remove": "r-0"}), context=CONTEXT)
    assert emptied.check() == {}


def test_required_rows_begin_with_what_they_offer() -> None:
    assert typed(bind(form(rows(NAME, DAYS, min=2)), context=CONTEXT).raw()["r"]) == [{"name": "", "days": "5"}] * 2


def test_what_cannot_be_changed_does_not_make_a_row_an_answer() -> None:
    schema = form(rows(NAME, {**DAYS, "read_only": True}, required=False))
    opened = bind(schema, context=CONTEXT)
    assert typed(opened.raw()["r"]) == [{"name": "", "days": "5"}]
    assert opened.check() == {}
    stored = answers.check(schema, {"r": [{"name": "Ani"}]}, CONTEXT)
    assert typed(stored["r"]) == [{"name": "Ani", "days": "5"}]


def test_rows_that_nobody_could_type_may_not_be_published() -> None:
    schema = FormSchema.model_validate(
        {
            "key": "f",
            "title": "F",
            "sections": [{"key": "s", "title": "S", "fields": [rows({**DAYS, "read_only": True})]}],
        }
    )
    assert [problem.path for problem in schema.problems()] == ["r.columns"]


def test_rows_in_rows_offer_something_too() -> None:
    inner = {"kind": "rows", "key": "inner", "label": "I", "columns": [DAYS]}
    schema = form(rows(NAME, inner))
    opened = bind(schema, context=CONTEXT)
    assert typed(opened.raw()["r"]) == [{"name": "", "inner": [{"days": "5"}]}]
    sent = MultiDict({"r-0-name": "A", "r-0-inner-0-days": "7", "_add": "r-0-inner"})
    added = bind(schema, formdata=sent, context=CONTEXT)
    assert typed(added.raw()["r"]) == [{"name": "A", "inner": [{"days": "7"}, {"days": "5"}]}]
    assert bind(form(rows(NAME, inner, required=False)), context=CONTEXT).raw() == {"r": []}


def test_an_untouched_row_shows_no_question_that_is_not_asked() -> None:
    truth = {"kind": "yes_no", "key": "late", "label": "Terlambat"}
    schema = form(rows(truth, {**NAME, "show_when": "late"}, required=False))
    opened = bind(schema, context=CONTEXT)
    assert opened.hidden_names == ["r-0-name"]
    assert opened.check() == {}


def test_given_rows_keep_the_names_the_design_gives_them() -> None:
    fixed = [{"key": "first_half", "label": "1"}, {"key": "second", "label": "2"}]
    schema = form(rows(NAME, fixed=fixed))
    raw = {"r": [{"_id": "second", "name": "B"}, {"_id": "first_half", "name": "A"}]}
    stored = answers.check(schema, raw, CONTEXT)
    assert stored == {"r": [{"_id": "first_half", "name": "A"}, {"_id": "second", "name": "B"}]}
    assert answers.check(schema, answers.edit(schema, stored), CONTEXT) == stored
    assert [row.caption.id for row in bind(schema, raw=answers.edit(schema, stored), context=CONTEXT)["r"].entries] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize(
    "name", ["r-0-_id", f"r-{'9' * 5000}-name", "r-٣-name", "r-²-name", "r-7-name", "r-0-none", "_id", "", "-"]
)
def test_a_name_that_is_no_question_leads_nowhere(name: str) -> None:
    bound = bind(form(rows(NAME)), context=CONTEXT)
    assert bound.at(name.replace("-", ".")) is None
    assert bound.at("r.0.name") is not None


def test_a_rule_about_a_question_that_is_gone_speaks_of_the_whole_form() -> None:
    rule = {"rule": 'name == "x"', "message": "M", "at": "gone"}
    section = {"key": "s", "title": "S", "fields": [NAME]}
    schema = FormSchema.model_validate({"key": "f", "title": "F", "sections": [section], "rules": [rule]})
    bound = bind(schema, raw={"name": "y"}, context=CONTEXT)
    assert bound.check() is None
    assert [str(message) for message in bound.form_errors] == ["M"]


def test_answers_that_have_not_changed_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from forms import builder

    schema = form(NAME, {**DAYS, "show_when": 'name == "Ani"'})
    readings = []
    settle = builder.settle
    monkeypatch.setattr(builder, "settle", lambda *given: readings.append(1) or settle(*given))
    bound = bind(schema, raw={"name": "Ani", "days": "3"}, context=CONTEXT)
    assert bound.check() == {"name": "Ani", "days": "3"}
    assert len(readings) == 1
    bound["name"].data = "Budi"
    assert bound.check() == {"name": "Budi"}


def test_what_was_left_unanswered_offers_nothing_when_it_is_edited() -> None:
    schema = form({**NAME, "key": "first"}, rows(NAME, DAYS, required=False, min=3))
    stored = answers.check(schema, {"first": "A"}, CONTEXT)
    assert bind(schema, raw=answers.edit(schema, stored), context=CONTEXT).check() == stored
    given = form({**NAME, "key": "first"}, rows(NAME, DAYS, required=False, fixed=[{"key": "a", "label": "A"}]))
    assert typed(bind(given, context=CONTEXT).raw()["r"]) == [{"name": "", "days": "5"}]
    assert bind(given, raw=answers.edit(given, stored), context=CONTEXT).check() == stored


def test_a_page_that_was_not_sent_yet_still_offers_something() -> None:
    schema = form(NAME, DAYS)
    sent = bind(schema, formdata=MultiDict({"name": "Ani"}), context=CONTEXT, only={"name"})
    assert sent.raw() == {"name": "Ani", "days": "5"}
