"""One reading of all answers: hidden ones do not exist, limits blame only what was given, results follow."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from forms import answers
from forms.builder import bind
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from forms.schema import FormSchema

PLAN = [{"_id": "a1", "target": "10"}, {"_id": "b2", "target": "4"}]
CONTEXT = AnswerContext(today=date(2026, 1, 30), sources={"planning.results": PLAN})
REQUIRED = "Isian ini wajib diisi."


def form(*fields, **more) -> FormSchema:
    schema = FormSchema.model_validate(
        {"key": "f", "title": "F", "sections": [{"key": "s", "title": "S", "fields": list(fields)}], **more}
    )
    assert schema.problems() == []
    return schema


def errors(schema: FormSchema, raw) -> dict[str, str]:
    with pytest.raises(AnswersInvalid) as refusal:
        answers.check(schema, raw, CONTEXT)
    return {path: str(message) for path, message in refusal.value.errors.items()}


STATUS = {
    "kind": "choice",
    "key": "status",
    "label": "Status",
    "options": [{"value": "pns", "label": "PNS"}, {"value": "pppk", "label": "PPPK"}],
}
CONTRACT = {"kind": "number", "key": "years", "label": "Lama kontrak", "show_when": 'status == "pppk"'}
FORM = form(STATUS, CONTRACT)


def test_what_is_not_asked_is_neither_judged_nor_stored():
    assert answers.check(FORM, {"status": "pns", "years": "not a number"}, CONTEXT) == {"status": "pns"}
    assert errors(FORM, {"status": "pppk"}) == {"years": REQUIRED}
    assert answers.check(FORM, {"status": "pppk", "years": "3"}, CONTEXT) == {"status": "pppk", "years": "3"}


def test_what_was_not_asked_is_not_shown_to_readers_either():
    shown = answers.display(FORM, {"status": "pns"}, "id", CONTEXT)
    assert [view.key for view in shown[0].rows] == ["status"]


def test_what_depends_on_a_hidden_answer_is_hidden_too():
    schema = form(STATUS, CONTRACT, {"kind": "short_text", "key": "why", "label": "W", "show_when": "years > 3"})
    settled = answers.settle(schema, {"status": "pns", "years": "9", "why": "x"}, CONTEXT)
    assert settled.hidden == {"years", "why"}


def test_an_answer_may_be_required_only_in_some_cases():
    schema = form(
        STATUS,
        {"kind": "short_text", "key": "n", "label": "N", "required": False, "required_when": 'status == "pppk"'},
    )
    assert answers.check(schema, {"status": "pns"}, CONTEXT) == {"status": "pns"}
    assert errors(schema, {"status": "pppk"}) == {"n": REQUIRED}


def test_a_limit_holds_for_what_was_given_and_blames_nobody_for_what_was_not():
    limit = {"rule": "last >= first", "message": "Tanggal akhir mendahului tanggal awal."}
    schema = form(
        {"kind": "date", "key": "first", "label": "A", "required": False},
        {"kind": "date", "key": "last", "label": "B", "required": False, "checks": [limit]},
    )
    assert errors(schema, {"first": "2026-02-01", "last": "2026-01-01"}) == {"last": limit["message"]}
    for given in ({}, {"last": "2026-01-01"}, {"first": "2026-02-01"}):
        assert answers.check(schema, given, CONTEXT) == given


WEIGHTS = form(
    {
        "kind": "rows",
        "key": "results",
        "label": "Hasil",
        "columns": [
            {"kind": "short_text", "key": "name", "label": "Nama"},
            {"kind": "percentage", "key": "weight", "label": "Bobot"},
            {"kind": "long_text", "key": "why", "label": "Alasan", "show_when": "weight > 50"},
        ],
    },
    {"kind": "calculated", "key": "total", "label": "Jumlah", "formula": "sum(results.weight)", "places": 1},
    rules=[{"rule": "total == 100", "message": "Bobot harus berjumlah 100.", "at": "results"}],
)


def test_weights_have_to_add_up_and_the_total_is_kept_with_the_answers():
    rows = [{"name": "a", "weight": "33,3"}, {"name": "b", "weight": "33,3"}, {"name": "c", "weight": "33,4"}]
    stored = answers.check(WEIGHTS, {"results": rows, "total": "999"}, CONTEXT)
    assert stored["total"] == {"number": "100"}
    assert errors(WEIGHTS, {"results": rows[:2]}) == {"results": "Bobot harus berjumlah 100."}


def test_in_each_row_only_what_belongs_to_it_is_asked():
    rows = [{"name": "a", "weight": "60", "why": ""}, {"name": "b", "weight": "40", "why": "kept out"}]
    assert errors(WEIGHTS, {"results": rows}) == {"results.0.why": REQUIRED}
    stored = answers.check(WEIGHTS, {"results": [{**rows[0], "why": "utama"}, rows[1]]}, CONTEXT)
    assert "why" not in stored["results"][1]


def test_a_rule_waits_until_what_it_speaks_of_can_be_read():
    assert errors(WEIGHTS, {"results": [{"name": "a", "weight": "x"}]})["results.0.weight"].startswith("Tuliskan angka")


def test_a_result_is_rounded_half_up_and_missing_when_it_cannot_be_had():
    schema = form(
        {"kind": "number", "key": "a", "label": "A", "required": False},
        {"kind": "calculated", "key": "half", "label": "H", "formula": "a / 8", "places": 2},
    )
    assert answers.check(schema, {"a": "1"}, CONTEXT)["half"] == {"number": "0.13"}
    assert "half" not in answers.check(schema, {}, CONTEXT)


def test_an_option_that_is_not_offered_cannot_be_chosen():
    options = [
        {"value": "a", "label": "A"},
        {"value": "b", "label": "B", "show_when": 'status == "pppk"'},
    ]
    schema = form(STATUS, {"kind": "choice", "key": "c", "label": "C", "options": options})
    assert set(errors(schema, {"status": "pns", "c": "b"})) == {"c"}
    assert answers.check(schema, {"status": "pppk", "c": "b"}, CONTEXT)["c"] == "b"


def test_defaults_are_offered_once_and_a_fixed_one_cannot_be_changed():
    schema = form(
        {"kind": "date", "key": "day", "label": "D", "default": "today()"},
        {"kind": "number", "key": "n", "label": "N", "default": "2 + 3", "read_only": True},
        {"kind": "number", "key": "m", "label": "M", "default": "n * 2"},
    )
    fresh = bind(schema, context=CONTEXT)
    assert fresh.raw() == {"day": "2026-01-30", "n": "5", "m": "10"}
    emptied = bind(schema, raw={"day": "", "n": "", "m": ""}, context=CONTEXT)
    assert emptied["day"].raw == ""
    assert answers.check(schema, {"day": "2026-01-01", "n": "900", "m": "1"}, CONTEXT)["n"] == "5"


def test_a_new_row_shows_the_defaults_of_its_columns():
    columns = [{"kind": "number", "key": "n", "label": "N", "default": "7"}]
    schema = form({"kind": "rows", "key": "r", "label": "R", "columns": columns})
    assert [row["n"] for row in bind(schema, context=CONTEXT).raw()["r"]] == ["7"]


def test_a_retired_question_is_not_asked_but_its_old_answers_can_be_read():
    schema = form({"kind": "short_text", "key": "a", "label": "A"})
    retired = form({"kind": "short_text", "key": "a", "label": "A", "disabled": True}, STATUS)
    old = answers.check(schema, {"a": "tetap ada"}, CONTEXT)
    assert answers.load(retired, old)["a"] == "tetap ada"
    assert answers.check(retired, {"a": "x", "status": "pns"}, CONTEXT) == {"status": "pns"}


EACH = FormSchema.model_validate(
    {
        "key": "f",
        "title": "F",
        "sections": [
            {
                "key": "real",
                "title": "Realisasi",
                "each": "planning.results",
                "show": ["target"],
                "fields": [
                    {
                        "kind": "number",
                        "key": "done",
                        "label": "Capaian",
                        "checks": [{"rule": "done <= number(source.target)", "message": "Melebihi target."}],
                    },
                    {"kind": "long_text", "key": "why", "label": "Kendala", "required": False},
                ],
            }
        ],
    }
)


def test_a_section_stands_once_for_each_earlier_row():
    assert EACH.problems() == []
    raw = {"real": [{"_id": "b2", "done": "4"}, {"_id": "a1", "done": "9"}, {"_id": "zz", "done": "1"}]}
    stored = answers.check(EACH, raw, CONTEXT)
    assert stored == {"real": [{"_id": "a1", "done": "9"}, {"_id": "b2", "done": "4"}]}
    titles = [view.title for view in answers.display(EACH, stored, "id", CONTEXT)]
    assert titles == ["Realisasi 1", "Realisasi 2"]


def test_a_limit_may_speak_of_the_earlier_row():
    raw = {"real": [{"_id": "a1", "done": "10"}, {"_id": "b2", "done": "5"}]}
    assert errors(EACH, raw) == {"real.1.done": "Melebihi target."}
    assert errors(EACH, {}) == {"real.0.done": REQUIRED, "real.1.done": REQUIRED}


NESTED = form(
    {
        "kind": "rows",
        "key": "goals",
        "label": "Sasaran",
        "columns": [
            {"kind": "short_text", "key": "goal", "label": "Sasaran"},
            {
                "kind": "rows",
                "key": "steps",
                "label": "Langkah",
                "columns": [
                    {"kind": "short_text", "key": "step", "label": "Langkah"},
                    {"kind": "number", "key": "days", "label": "Hari", "show_when": 'goal != "ringan"'},
                ],
            },
            {"kind": "calculated", "key": "days", "label": "Jumlah hari", "formula": "sum(steps.days)", "places": 0},
        ],
    },
    {
        "kind": "calculated",
        "key": "all_days",
        "label": "Semua",
        "formula": "sum(sum(s.days for s in g.steps) for g in goals)",
    },
)


def test_rows_in_rows_are_read_with_their_place_and_counted_from_outside():
    raw = {"goals": [{"goal": "berat", "steps": [{"step": "a", "days": "2"}, {"step": "b", "days": "x"}]}]}
    assert set(errors(NESTED, raw)) == {"goals.0.steps.1.days"}
    raw["goals"][0]["steps"][1]["days"] = "3"
    raw["goals"].append({"goal": "ringan", "steps": [{"step": "c", "days": "8"}]})
    stored = answers.check(NESTED, raw, CONTEXT)
    assert stored["all_days"] == {"number": "5"}
    assert stored["goals"][0]["days"] == {"number": "5"}
    assert "days" not in stored["goals"][1]["steps"][0]
    assert answers.check(NESTED, answers.edit(NESTED, stored), CONTEXT) == stored


def test_rows_in_rows_are_added_and_removed_by_buttons():
    sent = {"goals-0-_id": "x", "goals-0-goal": "g", "goals-0-steps-0-_id": "y", "goals-0-steps-0-step": "s"}
    more = bind(NESTED, formdata=MultiDict({**sent, "_add": "goals-0-steps"}), context=CONTEXT)
    assert more.rows_changed
    assert [row["step"] for row in more.raw()["goals"][0]["steps"]] == ["s", ""]
    less = bind(NESTED, formdata=MultiDict({**sent, "_remove": "goals-0-steps-0"}), context=CONTEXT)
    assert less.raw()["goals"][0]["goal"] == "g"
    assert [row["step"] for row in less.raw()["goals"][0]["steps"]] == [""]


def test_rows_given_by_the_design_are_all_answered_under_their_keys():
    schema = form(
        {
            "kind": "rows",
            "key": "r",
            "label": "Perilaku",
            "fixed": [{"key": "service", "label": "Berorientasi pelayanan"}, {"key": "honest", "label": "Akuntabel"}],
            "columns": [{"kind": "short_text", "key": "t", "label": "Contoh"}],
        }
    )
    assert set(errors(schema, {"r": [{"_id": "honest", "t": "ya"}]})) == {"r.0.t"}
    stored = answers.check(schema, {"r": [{"_id": "honest", "t": "b"}, {"_id": "service", "t": "a"}]}, CONTEXT)
    assert [row["_id"] for row in stored["r"]] == ["service", "honest"]
    table = answers.display(schema, stored, "id", CONTEXT)[0].rows[0].table
    assert table.rows == [["Berorientasi pelayanan", "a"], ["Akuntabel", "b"]]


def test_a_page_of_several_is_sent_alone_and_the_others_stay_as_they_were():
    schema = form(STATUS, {"kind": "short_text", "key": "n", "label": "N"})
    bound = bind(
        schema, formdata=MultiDict({"n": "new"}), raw={"status": "pns", "n": "old"}, context=CONTEXT, only={"n"}
    )
    assert bound.raw() == {"status": "pns", "n": "new"}


def test_a_page_is_told_what_to_show_by_the_names_of_its_inputs():
    rows = [{"name": "a", "weight": "60"}, {"name": "b", "weight": "40"}]
    live = bind(WEIGHTS, raw={"results": rows}, context=CONTEXT).live("id")
    assert live["hidden"] == ["results-1-why"]
    assert live["computed"] == {"total": "100"}


def test_one_wrong_cell_takes_nothing_from_the_total_that_is_shown():
    columns = [{"kind": "short_text", "key": "name", "label": "N"}, {"kind": "number", "key": "n", "label": "B"}]
    schema = form(
        {"kind": "rows", "key": "r", "label": "R", "columns": columns},
        {"kind": "calculated", "key": "total", "label": "T", "formula": "sum(r.n)"},
    )
    raw = {"r": [{"name": "a", "n": "2"}, {"name": "", "n": "3"}, {"name": "c", "n": "x"}]}
    assert bind(schema, raw=raw, context=CONTEXT).live("id")["computed"] == {"total": "5"}
    assert set(errors(schema, raw)) == {"r.1.name", "r.2.n"}


def test_what_cannot_be_changed_follows_the_answers_on_the_page():
    schema = form(
        {"kind": "number", "key": "a", "label": "A"},
        {"kind": "number", "key": "twice", "label": "B", "default": "a * 2", "read_only": True},
    )
    assert bind(schema, raw={"a": "4", "twice": "1"}, context=CONTEXT).live("id")["computed"] == {"twice": "8"}
