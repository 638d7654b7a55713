"""What the shipped forms ask, compute and refuse as answers come in."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from forms import answers
from forms.catalogue import shipped
from forms.settling import settle
from tests.forms.kinds import CONTEXT

TODAY = date(2026, 11, 20)
WORLD = replace(CONTEXT, today=TODAY, units={"3": "Kecamatan Nanggalo"})
ALL = {"always": "4", "often": "3"}
DIALOGUE: dict[str, Any] = {
    "held_on": "20/11/2026",
    "held_as": "online",
    "topics": ["progress"],
    "progress": [{"_id": "a1", "state": "on_track"}, {"_id": "b2", "state": "late", "obstacle": "Kurang petugas"}],
    "about_me": {"understood": "5", "valued": "4", "free": "4"},
    "about_leader": {"accurate": "4", "positive": "4", "asks": "4"},
    "about_both": {"solutions": "5", "next": "5", "purpose": "5"},
    "actions": [{"action": "Menambah petugas", "for_result": "b2", "owner": "leader", "due": "1/12/2026"}],
}
PLAN: dict[str, Any] = {
    "predicate": "needs_improvement",
    "causes": ["competence", "resources"],
    "resources_needed": "Satu komputer",
    "analysis": "Belum menguasai aplikasi.",
    "starts_on": "1/12/2026",
    "ends_on": "31/5/2027",
    "actions": [
        {
            "problem": "Aplikasi",
            "action": {"choice": "training"},
            "indicator": "Lulus",
            "weight": "60",
            "deadline": "1/2/2027",
            "cost": "1.500.000",
        },
        {
            "problem": "Antrean",
            "action": {"choice": "other", "other": "Magang"},
            "indicator": "10 menit",
            "weight": "40",
            "deadline": "1/4/2027",
        },
    ],
    "checkpoints": [{"month": "2026-12", "expected": "Jadwal"}],
    "agreed": "yes",
}
NOMINATION: dict[str, Any] = {
    "nominee": "7",
    "nominee_unit": "3",
    "category": "executor",
    "service_start": "1/3/2015",
    "predicate_last": "very_good",
    "predicate_before": "good",
    "attendance": "98,5",
    "discipline": "no",
    "strongest": ["honesty", "performance", "skill"],
    "achievements": [{"achievement": "Loket tanpa antre", "reached": "2026-05", "proof": "https://contoh.go.id/1"}],
    "story": "Cerita.",
    "documents": ["PDF1"],
    "declared": "yes",
}
SCORES = {"performance": "90", "behaviour": "80", "innovation": "70", "discipline": "60", "public": "85"}
SHEET: dict[str, Any] = {"nominee": "9", "conflict": "no", **SCORES, "recommend": "yes", "impartial": "yes"}


def said(key: str, raw: dict[str, Any]) -> dict[str, Any]:
    return answers.check(shipped()[key], raw, WORLD)


def refused(key: str, raw: dict[str, Any]) -> dict[str, str]:
    found = settle(shipped()[key], raw, WORLD)
    assert found.errors
    return {path: str(message) for path, message in found.errors.items()}


def test_a_qualitative_plan_holds_several_measures_for_each_result_and_one_main_result():
    result = {
        "result": "Terlaksananya layanan",
        "kind": "utama",
        "measures": [{"measure": "90%"}, {"measure": "Tepat"}],
    }
    plan = {
        "dialogue_date": "5/1/2026",
        "assignment": "leader",
        "results": [result],
        "resources": "Dua petugas",
        "accountability": "Setiap bulan",
        "consequences": "Penghargaan",
        "agreed": "yes",
    }
    assert said("skp-qualitative", plan)["main_results"] == {"number": "1"}
    assert len(said("skp-qualitative", plan)["results"][0]["measures"]) == 2
    only_more = [result | {"kind": "tambahan"}]
    assert refused("skp-qualitative", plan | {"results": only_more}) == {
        "results": "Cantumkan sedikitnya satu hasil kerja utama."
    }
    assert list(refused("skp-qualitative", plan | {"assignment": "team"})) == ["team"]


def test_the_words_to_a_leader_are_asked_where_something_is_seldom():
    fields = ("direction", "coaching", "values")
    form = shipped()["subordinate-feedback"]
    good = {key: {one.key: "always" for one in form.field(key).statements} for key in fields}
    assert "improve" in settle(form, good, WORLD).hidden
    bad = good | {"coaching": good["coaching"] | {"supports": "seldom"}}
    assert "improve" not in settle(form, bad, WORLD).hidden
    unknown = good | {"coaching": good["coaching"] | {"supports": "cannot_judge"}}
    assert "improve" in settle(form, unknown, WORLD).hidden
    assert said("subordinate-feedback", unknown)


def test_a_dialogue_goes_through_every_result_of_the_plan():
    stored = said("coaching-feedback", DIALOGUE)
    assert [row["_id"] for row in stored["progress"]] == ["a1", "b2"]
    assert stored["coaching_mean"] == {"number": "4.44"}
    assert answers.measures(shipped()["coaching-feedback"], stored)[0][0] == "coaching_mean"
    assert list(refused("coaching-feedback", DIALOGUE | {"progress": DIALOGUE["progress"][:1]})) == ["progress.1.state"]
    early = [DIALOGUE["actions"][0] | {"due": "1/11/2026"}]
    assert refused("coaching-feedback", DIALOGUE | {"actions": early}) == {
        "actions.0.due": "Pilih tanggal setelah dialog."
    }
    unhappy = DIALOGUE | {"about_me": DIALOGUE["about_me"] | {"free": "1"}}
    assert list(refused("coaching-feedback", unhappy)) == ["better"]


def test_the_weights_of_an_improvement_plan_add_up_to_a_hundred_within_six_months():
    stored = said("improvement-plan", PLAN)
    assert (stored["weight_total"], stored["cost_total"]) == ({"number": "100"}, {"number": "1500000"})
    assert stored["length"] == {"number": "182"}
    light = [PLAN["actions"][0], PLAN["actions"][1] | {"weight": "30"}]
    assert refused("improvement-plan", PLAN | {"actions": light}) == {
        "actions": "Bobot seluruh tindakan harus berjumlah 100."
    }
    late = [PLAN["actions"][0], PLAN["actions"][1] | {"deadline": "1/6/2027"}]
    assert refused("improvement-plan", PLAN | {"actions": late}) == {
        "actions.1.deadline": "Pilih tanggal di dalam masa rencana."
    }
    assert refused("improvement-plan", PLAN | {"ends_on": "1/12/2027"})["ends_on"] == (
        "Rencana perbaikan paling lama enam bulan."
    )
    cheap = [{**PLAN["actions"][0], "cost": ""}, PLAN["actions"][1]]
    assert list(refused("improvement-plan", PLAN | {"actions": cheap})) == ["actions.0.cost"]
    other = {**PLAN, "causes": ["other"]}
    assert list(refused("improvement-plan", other)) == ["other_cause"]
    assert "resources_needed" not in said("improvement-plan", {**other, "other_cause": "Jarak rumah"})


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"service_start": "1/3/2025"}, "service_start"),
        ({"attendance": "94,99"}, "attendance"),
        ({"discipline": "yes"}, "discipline"),
        ({"predicate_before": "lower"}, "predicate_last"),
        ({"predicate_last": "good"}, "predicate_before"),
        ({"strongest": ["honesty", "honesty", "skill"]}, "strongest"),
        ({"category": "innovator"}, "innovation_name"),
        ({"declared": ""}, "declared"),
    ],
)
def test_a_nomination_is_held_to_its_requirements_at_once(change, place):
    assert said("award-nomination", NOMINATION)["service_years"] == {"number": "11"}
    assert place in refused("award-nomination", NOMINATION | change)


def test_a_juror_with_an_interest_gives_no_scores():
    stored = said("jury-sheet", SHEET)
    assert (stored["total"], stored["band"]) == ({"number": "80.5"}, "Baik")
    assert list(refused("jury-sheet", SHEET | {"public": "59"})) == ["reason"]
    conflicted = said("jury-sheet", SHEET | {"conflict": "yes", "conflict_reason": "Satu unit kerja"})
    assert set(conflicted) == {"nominee", "conflict", "conflict_reason", "impartial"}
