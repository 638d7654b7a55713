"""Edits of forms: what they change, what they leave alone, and what they refuse."""

from typing import Any

import pytest

from forms import editing
from forms.editing import Place
from forms.editing.scopes import labels, named_at
from forms.errors import Invalid
from forms.fields import KINDS
from forms.fields.choice import Option
from forms.fields.rating import Point
from forms.schema import FormSchema

PLAN = editing.tidy(
    {
        "key": "plan",
        "title": {"id": "Rencana", "en": "Plan"},
        "sections": [
            {
                "key": "work",
                "title": "Hasil kerja",
                "fields": [
                    {
                        "kind": "rows",
                        "key": "results",
                        "label": "Hasil",
                        "columns": [
                            {"kind": "short_text", "key": "what", "label": {"id": "Apa", "en": "What"}},
                            {"kind": "number", "key": "weight", "label": "Bobot", "show_when": "given(what)"},
                            {
                                "kind": "number",
                                "key": "share",
                                "label": "Bagian",
                                "required_when": "weight > 1 and form.weight",
                            },
                        ],
                    },
                    {"kind": "yes_no", "key": "weight", "label": "Pakai bobot?"},
                    {"kind": "calculated", "key": "total", "label": "Jumlah", "formula": "sum(results.weight)"},
                ],
            },
            {
                "key": "end",
                "title": "Penutup",
                "show_when": "weight",
                "fields": [
                    {
                        "kind": "choice",
                        "key": "mood",
                        "label": "Kesan",
                        "options": [
                            {"value": "good", "label": {"id": "Baik", "en": "Good"}},
                            {"value": "bad", "label": "Buruk", "show_when": "total > 3"},
                        ],
                    }
                ],
            },
        ],
        "rules": [{"rule": "sum(r.weight for r in results) == 100", "message": "Jumlahnya 100.", "at": "total"}],
    }
)


def at(text: str) -> Place:
    return Place.read(text)


def part(definition: dict[str, Any], place: str) -> dict[str, Any]:
    return editing.find(definition, at(place))


def keys(definition: dict[str, Any], place: str) -> list[str]:
    inner = part(definition, place)
    return [one["key"] for one in inner.get("columns", inner.get("fields", []))]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_can_be_added_and_is_complete_at_once(kind: str) -> None:
    edit = editing.add_field(editing.tidy(editing.blank_form("f", "F")), kind, at("bagian_1"))
    assert FormSchema.model_validate(edit.definition).problems() == []
    assert part(edit.definition, str(edit.place))["kind"] == kind


def test_a_question_is_added_behind_another_under_a_free_key() -> None:
    once = editing.add_field(PLAN, "number", at("end"), index=0)
    twice = editing.add_field(once.definition, "number", at("end"), index=1)
    assert keys(twice.definition, "end") == ["number", "number_2", "mood"]
    assert keys(PLAN, "end") == ["mood"]


def test_the_first_label_names_a_new_question() -> None:
    added = editing.add_field(PLAN, "number", at("end"))
    named = editing.set_part(added.definition, added.place, {"label": "Bobot (%)"})
    assert str(named.place) == "end.bobot"
    again = editing.set_part(named.definition, named.place, {"label": "Berat"})
    assert str(again.place) == "end.bobot"


def test_a_key_in_use_is_not_changed_by_the_way() -> None:
    added = editing.add_field(PLAN, "number", at("end"))
    named = editing.set_part(added.definition, added.place, {"label": "Bobot"}, settled={"number"})
    assert str(named.place) == "end.number"


def test_words_of_the_expression_language_are_no_keys() -> None:
    for label in ("In", "True", "source", "form"):
        place = editing.add_field(PLAN, "yes_no", at("end"), label=label).place
        assert place.key not in ("in", "true", "source", "form")


def test_a_renamed_question_is_followed_by_all_that_name_it_and_by_nothing_else() -> None:
    renamed = editing.rename_part(PLAN, at("work.weight"), "use_weight").definition
    assert part(renamed, "end")["show_when"] == "use_weight"
    assert part(renamed, "work.results.share")["required_when"] == "weight > 1 and form.use_weight"
    assert part(renamed, "work.total")["formula"] == "sum(results.weight)"


def test_a_renamed_column_is_followed_inside_and_outside_its_rows() -> None:
    renamed = editing.rename_part(PLAN, at("work.results.weight"), "bobot").definition
    assert part(renamed, "work.total")["formula"] == "sum(results.bobot)"
    assert part(renamed, "work.results.share")["required_when"] == "bobot > 1 and form.weight"
    assert part(renamed, "end")["show_when"] == "weight"
    assert renamed["rules"][0]["rule"] == "sum(r.bobot for r in results) == 100"


def test_renamed_rows_and_the_place_of_a_rule_follow() -> None:
    rows = editing.rename_part(PLAN, at("work.results"), "hasil").definition
    assert part(rows, "work.total")["formula"] == "sum(hasil.weight)"
    assert rows["rules"][0]["rule"] == "sum(r.weight for r in hasil) == 100"
    total = editing.rename_part(PLAN, at("work.total"), "jumlah").definition
    assert total["rules"][0]["at"] == "jumlah"
    assert part(total, "end.mood")["options"][1]["show_when"] == "jumlah > 3"


@pytest.mark.parametrize("key", ["Total", "", "9", "work", "mood", "a" * 61, "a.b"])
def test_a_key_that_is_none_or_is_taken_is_refused_at_its_setting(key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        editing.rename_part(PLAN, at("work.total"), key)
    assert list(refusal.value.errors) == ["key"]


def test_up_and_down_go_on_in_the_next_section() -> None:
    up = editing.shift(PLAN, at("work.total"), -1)
    assert keys(up.definition, "work") == ["results", "total", "weight"]
    over = editing.shift(PLAN, at("work.total"), 1)
    assert str(over.place) == "end.total"
    assert keys(over.definition, "end") == ["total", "mood"]
    assert editing.shift(over.definition, over.place, -1).definition == PLAN
    with pytest.raises(Invalid):
        editing.shift(PLAN, at("work.results"), -1)
    assert [one["key"] for one in editing.shift(PLAN, at("end"), -1).definition["sections"]] == ["end", "work"]


def test_columns_stay_in_their_rows() -> None:
    moved = editing.move(PLAN, at("work.results.share"), at("work.results"), 0)
    assert keys(moved.definition, "work.results") == ["share", "what", "weight"]
    for parent in ("end", "work", ""):
        with pytest.raises(Invalid):
            editing.move(PLAN, at("work.results.share"), at(parent), 0)
    with pytest.raises(Invalid):
        editing.move(PLAN, at("work.total"), at("work.results"), 0)


def test_a_copied_section_speaks_of_its_own_questions() -> None:
    twin = editing.duplicate(PLAN, at("work"))
    assert keys(twin.definition, str(twin.place)) == ["results_2", "weight_2", "total_2"]
    assert part(twin.definition, f"{twin.place}.total_2")["formula"] == "sum(results_2.weight)"
    assert part(twin.definition, f"{twin.place}.results_2.share")["required_when"] == "weight > 1 and form.weight_2"
    assert FormSchema.model_validate(twin.definition).problems() == []


def test_what_is_removed_is_gone_and_what_is_disabled_stays() -> None:
    assert keys(editing.remove(PLAN, at("work.weight")).definition, "work") == ["results", "total"]
    disabled = editing.disable(PLAN, at("work.weight"), True).definition
    assert part(disabled, "work.weight")["disabled"] is True
    assert editing.disable(disabled, at("work.weight"), False).definition == PLAN
    for place in ("work.no", "no", "work.results.no", "work.total.x"):
        with pytest.raises(Invalid):
            editing.remove(PLAN, at(place))


def test_another_kind_keeps_what_both_know() -> None:
    several = editing.change_kind(PLAN, at("end.mood"), "choices").definition
    assert part(several, "end.mood")["options"] == part(PLAN, "end.mood")["options"]
    long = editing.change_kind(several, at("end.mood"), "long_text").definition
    assert "options" not in part(long, "end.mood")
    assert part(long, "end.mood")["label"] == {"id": "Kesan"}


def test_a_changed_text_leaves_its_translations_behind_unless_they_change_too() -> None:
    changed = editing.set_form(PLAN, {"title": "Rencana kerja"}).definition
    assert changed["title"] == {"id": "Rencana kerja", "en": "Plan", "stale": ["en"]}
    both = editing.set_texts(PLAN, {("title",): {"id": "Rencana kerja", "en": "Work plan"}}).definition
    assert both["title"] == {"id": "Rencana kerja", "en": "Work plan"}
    confirmed = editing.set_texts(changed, {("title",): {"en": "Plan"}}).definition
    assert confirmed["title"] == {"id": "Rencana kerja", "en": "Plan"}
    moved = editing.shift(PLAN, at("work.results.what"), 1).definition
    assert part(moved, "work.results.what")["label"] == {"id": "Apa", "en": "What"}


def test_the_source_marks_translations_like_any_edit() -> None:
    new = {**PLAN, "title": {"id": "Rencana lain", "en": "Plan"}, "key": "other"}
    edit = editing.replace(PLAN, new)
    assert edit.definition["title"]["stale"] == ["en"]
    assert edit.definition["key"] == "plan"


def test_choices_are_written_one_a_line_and_keep_what_they_had() -> None:
    text = "Biasa\nbad = Kurang baik\nBaik\nx = a = b"
    options = part(editing.set_lines(PLAN, at("end.mood"), "options", Option, text).definition, "end.mood")["options"]
    assert [option["value"] for option in options] == ["biasa", "bad", "good", "x"]
    assert options[1]["show_when"] == "total > 3"
    assert options[2]["label"] == {"id": "Baik", "en": "Good"}
    assert options[3]["label"] == {"id": "a = b"}
    assert editing.to_lines(Option, options) == "Biasa\nbad = Kurang baik\ngood = Baik\nx = a = b"


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Kurang\nCukup", [("1", "1", "Kurang"), ("2", "2", "Cukup")]),
        ("0 = Tidak\n2,5\ntt: = Tidak tahu", [("0", "0", "Tidak"), ("2_5", "2.5", None), ("tt", None, "Tidak tahu")]),
        ("above: 3 = Di atas\nentah = Entah", [("above", "3", "Di atas"), ("entah", None, "Entah")]),
    ],
)
def test_a_scale_is_written_one_point_a_line(text: str, points: list[tuple[str, str | None, str | None]]) -> None:
    found = editing.from_lines(Point, text, [])
    assert [(one["key"], one.get("value"), one.get("label")) for one in found] == points
    assert editing.from_lines(Point, editing.to_lines(Point, found), []) == found


@pytest.mark.parametrize(("model", "text"), [(Point, "a: x = Y"), (Option, "x\n" * 1001)])
def test_a_line_that_cannot_be_read_is_refused(model: Any, text: str) -> None:
    with pytest.raises(Invalid):
        editing.from_lines(model, text, [])


def test_a_setting_that_does_not_fit_is_refused_by_its_name() -> None:
    for place, values, setting in (
        ("work.results.what", {"max": 0}, "max"),
        ("end.mood", {"options": [{"value": "a b", "label": "x"}]}, "options.0.value"),
        ("end", {"title": ""}, "title"),
        ("work.total", {"colour": "red"}, "colour"),
    ):
        with pytest.raises(Invalid) as refusal:
            editing.set_part(PLAN, at(place), values)
        assert list(refusal.value.errors) == [setting]


def test_a_broken_condition_is_kept_in_the_draft_and_stands_in_the_way_of_publishing() -> None:
    edit = editing.set_part(PLAN, at("end"), {"show_when": "wieght"})
    assert [problem.path for problem in FormSchema.model_validate(edit.definition).problems()] == [
        "sections.end.show_when"
    ]


def test_rows_in_rows_end_there() -> None:
    inner = editing.add_field(PLAN, "rows", at("work.results"))
    with pytest.raises(Invalid):
        editing.add_field(inner.definition, "rows", inner.place)
    assert editing.add_field(inner.definition, "number", inner.place).place.keys[-1] == "number"


def test_menus_offer_what_can_be_asked_at_a_place() -> None:
    schema = FormSchema.model_validate(PLAN)
    assert [one.name for one in named_at(schema, at("end.mood"))] == ["results", "weight", "total"]
    assert [one.name for one in named_at(schema, at("work.results.share"))] == [
        "what",
        "weight",
        "results",
        "total",
        "mood",
    ]
    assert labels(schema)["results.weight"].id == "Bobot"
    assert labels(schema)["mood.good"].id == "Baik"
