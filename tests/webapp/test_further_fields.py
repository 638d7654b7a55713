"""How the kinds with several inputs, references and computed values are drawn."""

import re
from functools import cache
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from forms.builder import AnswersForm, bind
from forms.schema import FormSchema
from scripts.render_styleguide import environment
from tests.forms.kinds import CASES, CONTEXT

JUNK: list[Any] = ["", "teks", 5, True, None, [], ["a"], [1], {}, {"a": "1"}, {"choice": 7}, [{"_id": "x"}]]


def form(*fields: dict[str, Any], **given: Any) -> AnswersForm:
    section = {"key": "s", "title": "S", "fields": [{"label": "Isian", **field} for field in fields]}
    schema = FormSchema.model_validate({"key": "one", "title": "Satu", "sections": [section]})
    return bind(schema, context=CONTEXT, **given)


@cache
def fields() -> Any:
    return environment().get_template("components/fields.html").module


def drawn(bound: AnswersForm) -> str:
    return str(fields().form_body(bound))


@pytest.mark.parametrize("kind", sorted(CASES))
def test_any_draft_can_be_drawn(kind: str) -> None:
    for cases in CASES[kind]:
        for junk in JUNK:
            page = drawn(form({"kind": kind, "key": "question", **cases.settings}, raw={"question": junk}))
            assert ("question" in page) == (kind not in ("hidden", "note"))


MATRIX = {"kind": "matrix", "key": "m", **CASES["matrix"][0].settings}


def test_the_error_of_a_matrix_leads_to_the_first_open_statement() -> None:
    bound = form(MATRIX, formdata=MultiDict({"m-polite": "above"}))
    assert bound.check() is None
    page = drawn(bound)
    assert re.search(r'<input[^>]* id="m" name="m-quick"', page)
    assert page.count("is-open") == 1
    assert re.search(r'name="m-polite" type="radio" value="above" checked', page)


def test_each_statement_is_a_group_of_its_own_with_named_points() -> None:
    page = drawn(form(MATRIX))
    assert "<legend>Petugas ramah</legend>" in page
    assert page.count("<span>below = Kurang</span>") == 2


def test_an_answer_that_cannot_be_changed_is_shown_in_words_and_sent_as_it_was() -> None:
    year = {"kind": "money", "key": "budget", "read_only": True, "default": "1250000"}
    both = {"kind": "choices", "key": "who", "options": CASES["choices"][0].settings["options"], "read_only": True}
    own = {"kind": "ranking", "key": "order", **CASES["ranking"][0].settings, "read_only": True}
    page = drawn(form(year, both, own, raw={"budget": "1.250.000", "who": ["a", "b"], "order": {"a": "1"}}))
    assert "Rp 1.250.000</output></p>" in page
    assert '<input type="hidden" name="budget" value="1.250.000">' in page
    assert page.count('type="hidden" name="who"') == 2
    assert '<input type="hidden" name="order-a" value="1">' in page
    assert 'type="text"' not in page


def test_options_that_are_not_offered_are_hidden() -> None:
    options = [{"value": "a", "label": "Satu"}, {"value": "b", "label": "Dua", "show_when": "more"}]
    more = {"kind": "yes_no", "key": "more"}
    for kind in ("choice", "choices", "choice_or_other"):
        question = {"kind": kind, "key": "q", "options": options}
        assert 'data-option="b" hidden' in drawn(form(more, question, raw={"more": "no"}))
        page = drawn(form(more, question, raw={"more": "yes"}))
        assert 'data-option="b"' in page
        assert 'data-option="b" hidden' not in page


def test_the_look_of_a_choice_can_be_set() -> None:
    options = [{"value": f"v{number}", "label": f"Pilihan {number}"} for number in range(9)]
    assert "<select" in drawn(form({"kind": "choice", "key": "q", "options": options}))
    assert "<select" not in drawn(form({"kind": "choice", "key": "q", "options": options, "look": "radios"}))
    assert "<select" in drawn(form({"kind": "choice", "key": "q", "options": options[:2], "look": "list"}))


def test_rows_of_a_plan_that_is_not_signed_yet_are_explained() -> None:
    page = drawn(form({"kind": "row", "key": "r", "source": "planning.none", "show": "result"}))
    assert "rencana yang dirujuk belum ditandatangani" in page
    assert re.search(r'<select[^>]*aria-describedby="r-hint"', page)


def test_an_address_typed_as_text_comes_back_as_text_and_a_time_in_its_picker() -> None:
    times = {"kind": "time", "key": "t"}
    months = {"kind": "month", "key": "n"}
    page = drawn(form(times, months, raw={"t": "7.30", "n": "Januari 2026"}))
    assert 'type="time"' not in page
    assert 'type="month"' not in page
    page = drawn(form(times, months, raw={"t": "07:30", "n": "2026-01"}))
    assert 'type="time" value="07:30"' in page
    assert 'type="month" value="2026-01"' in page
