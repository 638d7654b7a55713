"""Forms on pages: what is bound, what is sent back, what the buttons do."""

import json
from time import process_time

import pytest
from werkzeug.datastructures import MultiDict

from forms import answers
from forms.builder import bind, form_class
from forms.context import AnswerContext
from forms.schema import FormSchema
from tests.forms.examples import FOLLOW_UP, FORM
from tests.forms.kinds import CONTEXT
from tests.forms.test_answers import RAW, STORED

SENT = [
    ("csrf_token", "t"),
    ("status", "signed"),
    ("date", "30/01/2026"),
    ("data", "7"),
    ("errors", "perilaku"),
    ("errors", "hasil"),
    ("results-0-_id", "r1"),
    ("results-0-what", "Surat keterangan"),
    ("results-0-target", "1.200"),
    ("results-1-_id", "r2"),
    ("results-1-what", "Kepuasan"),
    ("results-1-target", "87,5"),
    ("results_2", "12"),
]


def sent(*more, without=()):
    return MultiDict([pair for pair in SENT if pair[0] not in without] + list(more))


def test_a_class_is_built_once_for_each_form():
    assert form_class(FORM) is form_class(FormSchema.model_validate(FORM.definition()))
    assert form_class(FORM) is not form_class(FOLLOW_UP)


def test_only_so_many_classes_are_kept():
    first = form_class(FORM)
    for number in range(300):
        form_class(FormSchema.model_validate({**FORM.definition(), "key": f"form-{number}"}))
    assert form_class(FORM) is not first
    assert form_class(FORM) is form_class(FORM)


def test_what_is_sent_is_checked_by_the_one_rule():
    form = bind(FORM, formdata=sent(), context=CONTEXT)
    assert form.raw() == {**RAW}
    assert form.check() == STORED == answers.check(FORM, RAW, CONTEXT)
    assert form.errors == {}
    assert form.validate()
    assert not form.rows_changed


def test_a_draft_is_json_and_comes_back_as_it_was_typed():
    form = bind(FORM, formdata=sent(("results-1-target", "x"), without=("date", "results-1-target")), context=CONTEXT)
    draft = json.loads(json.dumps(form.raw()))
    assert draft["results"][1]["target"] == "x"
    assert bind(FORM, raw=draft, context=CONTEXT).raw() == draft
    assert "status" not in draft


def test_bound_fields_tell_a_macro_all_it_needs():
    form = bind(FORM, formdata=sent(without=("date",)), context=CONTEXT)
    assert form.check() is None
    date = form["date"]
    assert (date.kind.widget, date.html_name, date.id, date.raw) == ("date", "date", "date", "")
    assert [str(message) for message in date.errors] == ["Isian ini wajib diisi."]
    target = form["results"].entries[1].form["target"]
    assert (target.kind.widget, target.html_name, target.raw, target.errors) == (
        "number",
        "results-1-target",
        "87,5",
        [],
    )
    assert form["results"].entries[1].form["_id"].name == "results-1-_id"
    assert [column.kind.key for column in form["results"].entries[0].columns()] == ["what", "target"]
    assert form["errors"].raw == ["perilaku", "hasil"]


def test_sections_hold_the_bound_fields_in_order():
    form = bind(FORM, context=CONTEXT)
    assert [(section.key, [field.html_name for field in fields]) for section, fields in form.sections()] == [
        ("talk", ["date", "data", "errors"]),
        ("agreed", ["results", "results_2"]),
    ]


def test_mistakes_lead_to_their_fields_and_go_when_they_are_mended():
    form = bind(FORM, formdata=sent(("results-1-target", "x"), without=("date", "results-1-target")), context=CONTEXT)
    assert form.check() is None
    assert list(form.errors) == ["date", "results.1.target"]
    assert [(field.id, str(message)) for field, message in form.mistakes()] == [
        ("date", "Isian ini wajib diisi."),
        ("results-1-target", "Tuliskan angka, contoh 1.250 atau 18,75."),
    ]
    form["date"].data = "30/01/2026"
    form["results"].entries[1].form["target"].data = "87,5"
    assert form.check() == STORED
    assert form["date"].errors == form["results"].entries[1].form["target"].errors == []


def test_rows_as_a_whole_can_be_wrong():
    form = bind(FORM, formdata=MultiDict({"date": "30/01/2026"}), context=CONTEXT)
    assert form.check() is None
    assert [str(message) for message in form["results"].errors] == ["Isian ini wajib diisi."]


def test_answers_too_large_are_a_mistake_of_the_form():
    fields = [{"kind": "long_text", "key": f"f{number}", "label": "x", "max": 20_000} for number in range(20)]
    sections = [{"key": "s", "title": "S", "fields": fields}]
    schema = FormSchema.model_validate({"key": "a", "title": "A", "sections": sections})
    form = bind(schema, raw={f"f{number}": "x" * 20_000 for number in range(20)}, context=CONTEXT)
    assert form.check() is None
    assert len(form.form_errors) == 1
    assert [field for field, _ in form.mistakes()] == [None]


def test_an_empty_form_offers_a_row_that_has_a_name_already():
    form = bind(FORM, context=CONTEXT)
    (row,) = form["results"].entries
    assert row.row_id
    assert form.raw()["results"] == [{"_id": row.row_id, "what": "", "target": ""}]
    assert form.check() is None
    assert "results" in form.errors


def test_a_new_row_keeps_its_name_from_draft_to_answer():
    first = bind(FORM, raw={"date": "30/01/2026", "results": [{"what": "A", "target": "1"}]}, context=CONTEXT)
    name = first["results"].entries[0].row_id
    assert bind(FORM, raw=first.raw(), context=CONTEXT).check()["results"][0]["_id"] == name


def test_a_name_sent_twice_is_replaced():
    form = bind(FORM, formdata=sent(("results-1-_id", "r1"), without=("results-1-_id",)), context=CONTEXT)
    assert form["results"].entries[0].row_id == "r1" != form["results"].entries[1].row_id


def test_the_add_button_adds_a_row_and_keeps_what_was_typed():
    form = bind(FORM, formdata=sent(("_add", "results")), context=CONTEXT)
    assert form.rows_changed
    assert [entry.form["what"].raw for entry in form["results"].entries] == ["Surat keterangan", "Kepuasan", ""]
    assert form.raw()["errors"] == ["perilaku", "hasil"]
    assert not form["results"].can_add
    more = sent(("results-2-what", "x"), ("_add", "results"))
    assert len(bind(FORM, formdata=more, context=CONTEXT)["results"].entries) == 3


def test_the_remove_button_removes_the_row_of_the_page_even_when_others_went_before():
    gap = [("results-7-_id", "r8"), ("results-7-what", "Arsip"), ("results-7-target", "3")]
    form = bind(FORM, formdata=sent(*gap, ("_remove", "results-1")), context=CONTEXT)
    assert form.rows_changed
    assert [entry.row_id for entry in form["results"].entries] == ["r1", "r8"]
    assert [entry.name for entry in form["results"].entries] == ["results-0", "results-1"]
    form = bind(FORM, formdata=sent(*gap, ("_remove", "results-7")), context=CONTEXT)
    assert [entry.row_id for entry in form["results"].entries] == ["r1", "r2"]


@pytest.mark.parametrize("button", [("_add", "date"), ("_add", ""), ("_remove", "results-9"), ("_remove", "results-")])
def test_a_button_that_is_not_there_does_nothing(button):
    form = bind(FORM, formdata=sent(button), context=CONTEXT)
    assert not form.rows_changed
    assert form.check() == STORED


def test_strange_row_numbers_are_left_alone():
    names = ["results-²-what", "results-x-what", "results--1-what", f"results-{'9' * 5000}-what", "results-3"]
    form = bind(FORM, formdata=sent(*[(name, "x") for name in names]), context=CONTEXT)
    assert form.check() == STORED


def test_a_flood_of_rows_is_cut_and_then_refused():
    flood = MultiDict([("date", "30/01/2026")] + [(f"results-{number}-what", "x") for number in range(5000)])
    form = bind(FORM, formdata=flood, context=CONTEXT)
    assert len(form["results"].entries) == 200
    assert form.check() is None


def test_rows_that_follow_the_plan_stand_in_its_order_and_show_its_words():
    form = bind(FOLLOW_UP, raw={"results": [{"_id": "b2", "realisation": "9"}]}, context=CONTEXT)
    rows = form["results"]
    assert [(row.row_id, row.form["realisation"].raw) for row in rows.entries] == [("a1", ""), ("b2", "9")]
    assert rows.entries[0].shown("id") == [("result", "Terlayaninya pemohon")]
    assert not rows.can_add
    assert not rows.can_remove


def test_rows_that_follow_the_plan_can_be_neither_added_nor_removed_nor_invented():
    forged = MultiDict(
        [
            ("results-0-_id", "zz"),
            ("results-0-realisation", "1"),
            ("results-1-_id", "b2"),
            ("results-1-realisation", "9"),
            ("results-2-_id", "a1"),
            ("results-2-realisation", "8"),
        ]
    )
    for button in (("_add", "results"), ("_remove", "results-2"), ("x", "x")):
        form = bind(FOLLOW_UP, formdata=MultiDict([*forged.items(multi=True), button]), context=CONTEXT)
        assert not form.rows_changed
        assert form.check() == {"results": [{"_id": "a1", "realisation": "8"}, {"_id": "b2", "realisation": "9"}]}


def test_a_plan_without_rows_leaves_nothing_to_follow():
    form = bind(FOLLOW_UP, context=AnswerContext(CONTEXT.today))
    assert form["results"].entries == []
    assert form.check() == {}


@pytest.mark.parametrize(
    "key", ["errors", "data", "validate", "process", "meta", "raw", "check", "formdata", "prefix", "obj"]
)
def test_any_key_may_be_a_field_or_a_column(key):
    field = {"kind": "short_text", "key": key, "label": "x"}
    rows = {"kind": "rows", "key": "rows", "label": "x", "columns": [field]}
    sections = [{"key": "s", "title": "S", "fields": [field, rows]}]
    schema = FormSchema.model_validate({"key": "a", "title": "A", "sections": sections})
    form = bind(schema, formdata=MultiDict({key: "v", f"rows-0-{key}": "w", "rows-0-_id": "r"}), context=CONTEXT)
    assert form.check() == {key: "v", "rows": [{"_id": "r", key: "w"}]}
    assert bind(schema, raw=form.raw(), context=CONTEXT).check() == form.check()


def test_a_long_form_is_bound_and_checked_in_little_time():
    kinds = ["short_text", "number", "long_text", "date"]
    fields = [{"kind": kinds[number % 4], "key": f"f{number}", "label": "x"} for number in range(40)]
    sections = [{"key": "s", "title": "S", "fields": fields}]
    schema = FormSchema.model_validate({"key": "a", "title": "A", "sections": sections})
    typed = {"short_text": "Ani", "number": "1.250", "long_text": "Baris\nkedua", "date": "30/01/2026"}
    formdata = MultiDict({field["key"]: typed[field["kind"]] for field in fields})
    spent = []
    for _ in range(20):
        start = process_time()
        assert bind(schema, formdata=formdata, context=CONTEXT).check()
        spent.append(process_time() - start)
    assert min(spent) < 0.002
