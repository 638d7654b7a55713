"""Every kind of field, by the table of its cases."""

import json
from random import Random

import pytest

from forms.errors import Invalid
from forms.expressions import Kind
from forms.fields import KINDS
from forms.fields.base import FieldBase
from tests.forms.kinds import CASES, CONTEXT, Cases

TABLE = [(kind, cases) for kind, tables in CASES.items() for cases in tables]


def field_of(kind: str, settings: dict[str, object], **more: object) -> FieldBase:
    return KINDS[kind].model_validate({"kind": kind, "key": "answer", "label": "Isian", **settings, **more})


GOOD = [(kind, cases.settings, *case) for kind, cases in TABLE for case in cases.good]
BAD = [(kind, cases.settings, *case) for kind, cases in TABLE for case in cases.bad]
UNFIT = [(kind, *case) for kind, cases in TABLE for case in cases.unfit]


def test_every_kind_has_its_cases():
    assert set(CASES) == set(KINDS)
    for kind in KINDS:
        assert any(cases.good for cases in CASES[kind]) == KINDS[kind].recorded, kind
        assert any(cases.bad for cases in CASES[kind]) == KINDS[kind].answered, kind
        assert any(cases.unfit for cases in CASES[kind]), kind


def test_every_kind_names_itself_and_its_widget():
    for name, kind in KINDS.items():
        assert kind.model_fields["kind"].default == name
        assert kind.widget == name


@pytest.mark.parametrize(("kind", "settings", "raw", "stored", "shown"), GOOD)
def test_what_is_typed_becomes_one_stored_form_and_words(kind, settings, raw, stored, shown):
    field = field_of(kind, settings)
    value = field.read(raw, CONTEXT) if field.answered else field.settled(raw)
    assert field.store(value) == stored
    assert json.loads(json.dumps(field.store(value))) == stored
    assert field.display(value, "id", CONTEXT) == shown


@pytest.mark.parametrize(("kind", "settings", "raw", "stored", "shown"), GOOD)
def test_what_is_stored_can_be_edited_and_read_again(kind, settings, raw, stored, shown):
    field = field_of(kind, settings)
    again = field.read(field.edit(field.load(stored)), CONTEXT) if field.answered else field.load(stored)
    assert field.store(again) == stored


@pytest.mark.parametrize(("kind", "settings", "raw", "why"), BAD)
def test_what_cannot_be_accepted_is_refused_with_a_reason(kind, settings, raw, why):
    with pytest.raises(Invalid) as refusal:
        field_of(kind, settings).read(raw, CONTEXT)
    assert str(refusal.value.message) == why


@pytest.mark.parametrize(("kind", "settings", "path"), UNFIT)
def test_what_may_not_be_published_is_named(kind, settings, path):
    assert path in [problem.path for problem in field_of(kind, settings).problems()]


@pytest.mark.parametrize(("kind", "cases"), TABLE)
def test_a_sound_setting_has_no_problems(kind: str, cases: Cases):
    assert field_of(kind, cases.settings).problems() == []


@pytest.mark.parametrize(("kind", "cases"), [table for table in TABLE if "each" not in table[1].settings])
def test_a_field_that_is_not_required_may_stay_empty(kind: str, cases: Cases):
    settings = {key: value for key, value in cases.settings.items() if kind != "rows" or key != "min"}
    field = field_of(kind, {**settings, "required": False})
    for blank in (None, "", "  ", []):
        if blank == "  " and kind == "rows":
            continue
        assert field.read(blank, CONTEXT) is None
    assert field.display(None, "id", CONTEXT) in ("–", "")


@pytest.mark.parametrize(("kind", "cases"), TABLE)
def test_examples_can_be_accepted(kind: str, cases: Cases):
    field = field_of(kind, cases.settings)
    for seed in range(50):
        assert (field.read(field.example(Random(seed), CONTEXT), CONTEXT) is not None) == field.answered


@pytest.mark.parametrize(("kind", "settings", "raw", "stored", "shown"), GOOD)
def test_every_answer_can_be_shown_in_any_language_and_named_in_expressions(kind, settings, raw, stored, shown):
    field = field_of(kind, settings)
    value = field.load(stored)
    assert field.display(value, "id", CONTEXT) == shown
    assert field.display(value, "en", CONTEXT)
    assert field.expression_type().kind in Kind
    assert field.expression_value(value) is not None or kind == "rating"


@pytest.mark.parametrize("kind", KINDS)
def test_a_definition_with_an_unknown_setting_is_refused(kind):
    with pytest.raises(ValueError, match="colour"):
        field_of(kind, {"colour": "red"})


def test_words_follow_the_language():
    assert field_of("yes_no", {}).display(True, "en", CONTEXT) == "Yes"
    number = field_of("number", {"places": 2, "unit": {"id": "layanan", "en": "services"}})
    assert number.display(number.read("1.250,5", CONTEXT), "en", CONTEXT) == "1,250.5 services"
    percentage = field_of("percentage", {})
    assert percentage.display(percentage.read("87,5", CONTEXT), "en", CONTEXT) == "87.5%"


def test_rows_say_where_they_are_wrong_by_the_row_as_typed():
    field = field_of("rows", CASES["rows"][0].settings)
    with pytest.raises(Invalid) as refusal:
        field.read([{"what": ""}, {"what": "", "target": "x"}, {"what": "A", "target": "1,5"}], CONTEXT)
    assert {path: str(message) for path, message in refusal.value.errors.items()} == {
        "1.what": "Isian ini wajib diisi.",
        "1.target": "Tuliskan angka, contoh 1.250 atau 18,75.",
        "2.target": "Tuliskan bilangan bulat, tanpa angka di belakang koma.",
    }


def test_rows_without_a_name_get_one_that_follows_from_what_they_say():
    field = field_of("rows", {"columns": CASES["rows"][0].settings["columns"]})
    raw = [
        {"what": "A"},
        {"what": "A"},
        {"what": "B", "_id": "<script>"},
        {"what": "C", "_id": "x"},
        {"what": "D", "_id": "x"},
    ]
    first = field.store(field.read(raw, CONTEXT))
    assert first == field.store(field.read(raw, CONTEXT))
    assert len({row["_id"] for row in first}) == 5
    assert all(row["_id"].isalnum() for row in first)
    assert first[3]["_id"] == "x"


def test_rows_in_which_nothing_was_typed_are_blank():
    field = field_of("rows", CASES["rows"][0].settings)
    assert field.is_blank([{"_id": "x", "what": " "}, {}])
    assert not field.is_blank([{"_id": "x", "target": "1"}])
    assert not field.is_blank("text")


def test_a_shown_column_the_earlier_row_left_open_is_a_dash():
    field = field_of("rows", CASES["rows"][2].settings)
    assert field.shown({"_id": "a1"}, "id", CONTEXT) == [("result", "–")]


def test_a_day_without_a_last_one_is_invented_up_to_today():
    field = field_of("date", {"earliest": "2026-01-29"})
    assert {field.example(Random(seed), CONTEXT) for seed in range(20)} == {"2026-01-29", "2026-01-30"}


def test_rows_that_follow_earlier_rows_are_none_when_there_were_none():
    field = field_of("rows", CASES["rows"][2].settings)
    assert field.read([{"_id": "a1", "what": "A"}], type(CONTEXT)(today=CONTEXT.today)) is None


def test_rows_show_earlier_answers_in_words_when_their_definition_is_known():
    planned = field_of("rows", {"columns": [{"kind": "number", "key": "target", "label": "Sasaran", "unit": "berkas"}]})
    context = type(CONTEXT)(
        today=CONTEXT.today,
        sources={"planning.results": [{"_id": "a1", "target": "1200"}]},
        source_fields={"planning.results": planned},
    )
    column = {"kind": "short_text", "key": "note", "label": "Catatan"}
    field = field_of("rows", {"columns": [column], "each": "planning.results", "show": ["target"]})
    table = field.table(field.read([{"_id": "a1", "note": "ok"}], context), "id", context)
    assert (table.columns, table.rows) == (["Sasaran", "Catatan"], [["1.200 berkas", "ok"]])


def test_rows_cannot_follow_what_is_not_there():
    field = field_of(
        "rows", {"columns": CASES["rows"][0].settings["columns"], "each": "planning.results", "show": ["nope"]}
    )
    assert [problem.path for problem in field.source_problems({})] == ["each"]
    assert [problem.path for problem in field.source_problems({field.each: field_of("short_text", {})})] == ["each"]
    source = field_of("rows", {"columns": CASES["rows"][0].settings["columns"]})
    assert [problem.path for problem in field.source_problems({field.each: source})] == ["show"]
    assert source.source_problems({}) == []


def test_a_rating_counts_by_the_value_of_its_point_and_a_point_without_value_does_not_count():
    field = field_of("rating", CASES["rating"][0].settings, measure="u1")
    assert [(name, str(number)) for name, number in field.measured("above")] == [("u1", "2.5")]
    assert list(field.measured("cannot_judge")) == []
