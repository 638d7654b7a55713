"""Invented answers pass the shipped forms, fit the position, and tell how a person fares."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from time import process_time
from typing import Any

import pytest

from forms import answers
from forms.catalogue import shipped
from forms.context import AnswerContext
from forms.errors import AnswersInvalid
from models.scoring.achievement import achieved
from webapp.demo import content
from webapp.demo.answers import QUALITIES, Inventor
from webapp.demo.organisation import generate_people

DAY = date(2026, 3, 17)
SEEDS = range(30)
SHIPPED = list(csv.DictReader((files("webapp.demo") / "organisation.csv").read_text(encoding="utf-8").splitlines()))
TITLES = sorted({(row["jabatan"], row["jenis_jabatan"]) for row in SHIPPED})
RESULT_WORDED = re.compile(r"(Ter|Meningkat|Menurun|Berkurang)\w*nya ")
UNKNOWN = [("Juru Ukur Angin", kind) for kind in ("leader", "administrator", "supervisor", "functional", "general")]


def stored(form: str, raw: Mapping[str, Any], rows: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """The answers as stored, or a failed test that says what the form refuses."""
    try:
        return answers.check(shipped()[form], raw, AnswerContext(DAY, sources={"planning.results": rows}))
    except AnswersInvalid as invalid:
        pytest.fail(f"{form}: { {path: str(message) for path, message in invalid.errors.items()} } in {raw}")


def a_year(inventor: Inventor, person: Mapping[str, str], leader_results: Sequence[str]) -> list[dict[str, Any]]:
    """Everything a person and those around him answer in a year; gives the rows of the signed plan."""
    title, kind = person["jabatan"], person["jenis_jabatan"]
    quality = inventor.quality(person["nip"])
    plan = inventor.plan(title, kind, person["unit_kerja"], leader_results)
    stored("skp-quantitative", plan)
    rows = stored("skp-quantitative", inventor.correction(plan))["results"]
    stored("progress-log", inventor.log_entry(title, kind, DAY))
    own = stored("self-assessment", inventor.self_assessment(rows, quality), rows)
    judged = stored("evaluation", inventor.evaluation(rows, quality), rows)
    names = [row["_id"] for row in rows]
    assert [row["_id"] for row in own["results"]] == [row["_id"] for row in judged["results"]] == names
    return rows


@pytest.mark.parametrize("seed", SEEDS)
def test_all_answers_of_the_shipped_organisation_are_accepted(seed: int) -> None:
    inventor = Inventor(seed)
    planned: dict[str, list[str]] = {}
    for person in SHIPPED:
        rows = a_year(inventor, person, planned.get(person["nip_atasan"], []))
        planned[person["nip"]] = [row["result"] for row in rows]


def test_all_answers_of_a_generated_organisation_are_accepted() -> None:
    inventor = Inventor(7)
    planned: dict[str, list[str]] = {}
    for person in generate_people(300, 11):
        rows = a_year(inventor, person, planned.get(person["nip_atasan"], []))
        planned[person["nip"]] = [row["result"] for row in rows]


def test_ballots_and_surveys_are_accepted() -> None:
    for seed in SEEDS:
        inventor = Inventor(seed)
        for quality in QUALITIES * 5:
            stored("peer-feedback", inventor.ballot(quality))
        for unit in sorted({row["unit_kerja"] for row in SHIPPED}):
            stored("public-survey", inventor.survey(unit))


def test_a_log_entry_of_every_position_is_accepted() -> None:
    inventor = Inventor(3)
    for title, kind in TITLES + UNKNOWN:
        for _ in range(40):
            stored("progress-log", inventor.log_entry(title, kind, DAY))


@pytest.mark.parametrize(("title", "kind"), UNKNOWN)
def test_a_title_never_heard_of_is_planned_by_its_kind(title: str, kind: str) -> None:
    assert not content.has_own_content(title)
    for seed in SEEDS:
        stored("skp-quantitative", Inventor(seed).plan(title, kind, "Kantor Cuaca", []))


def test_every_title_of_the_shipped_organisation_has_content_of_its_own() -> None:
    assert [title for title, _ in TITLES if not content.has_own_content(title)] == []


def test_every_title_of_a_large_organisation_has_content_of_its_own() -> None:
    titles = {row["jabatan"] for row in generate_people(2000, 5)}
    assert [title for title in sorted(titles) if not content.has_own_content(title)] == []


def test_different_posts_of_the_kecamatan_plan_different_results() -> None:
    titles = {title.split(" ")[0] if title.startswith("Lurah") else title: kind for title, kind in TITLES}
    own = {title: content.position(title, kind).results for title, kind in titles.items()}
    said = Counter(result.say for results in own.values() for result in results)
    assert [say for say, count in said.items() if count > 1] == []


def test_a_plan_has_two_to_four_results_worded_as_results() -> None:
    for seed in SEEDS:
        inventor = Inventor(seed)
        for title, kind in TITLES + UNKNOWN:
            rows = inventor.plan(title, kind, "Kelurahan Kampung Olo", [])["results"]
            per_result = Counter(row["result"] for row in rows)
            assert 2 <= len(per_result) <= 4, title
            assert max(per_result.values()) <= 3, title
            assert all(RESULT_WORDED.match(result) and "{" not in result for result in per_result)
            assert rows[0]["kind"] == "utama"


def test_no_target_is_nothing_so_that_achievement_can_be_counted() -> None:
    assert all(indicator.least > 0 for indicator in content.indicators().values())
    assert all((i.most - i.least) % i.step == 0 for i in content.indicators().values())
    assert all(i.cap is None or i.most <= i.cap for i in content.indicators().values())


def test_main_results_contribute_to_a_result_of_the_leader() -> None:
    offered = ["Meningkatnya kualitas pelayanan publik kecamatan", "Meningkatnya akuntabilitas kinerja kecamatan"]
    rows = [
        row
        for seed in SEEDS
        for row in Inventor(seed).plan("Kepala Seksi Pelayanan Umum", "Pengawas", "Kecamatan Nanggalo", offered)[
            "results"
        ]
    ]
    assert {row.get("leader_result") for row in rows if row["kind"] == "utama"} == {offered[0]}
    assert {row.get("leader_result") for row in rows if row["kind"] == "tambahan"} == {None}


def test_without_results_of_a_leader_the_column_stays_empty() -> None:
    assert not any(
        "leader_result" in row for row in Inventor(1).plan("Camat", "administrator", "Kecamatan X", [])["results"]
    )


def test_a_corrected_plan_differs_in_one_place_and_keeps_its_rows() -> None:
    schema = shipped()["skp-quantitative"]
    for seed in SEEDS:
        inventor = Inventor(seed)
        for title, kind in TITLES:
            typed = inventor.plan(title, kind, "Kecamatan Nanggalo", [])
            before = stored("skp-quantitative", typed)
            # What was typed is corrected, or what was stored is opened again: both keep the names of the rows.
            again = typed if seed % 2 else answers.edit(schema, before)
            after = stored("skp-quantitative", inventor.correction(again))
            assert [row["_id"] for row in after["results"]] == [row["_id"] for row in before["results"]]
            changed = {
                (key, old["result"] if key == "result" else old["_id"])
                for old, new in zip(before["results"], after["results"], strict=True)
                for key in old
                if old[key] != new[key]
            }
            assert len(changed) == 1, (title, changed)
            assert {key: value for key, value in after.items() if key != "results"} == {
                key: value for key, value in before.items() if key != "results"
            }


def test_a_plan_returned_again_and_again_is_still_accepted() -> None:
    inventor = Inventor(5)
    raw = inventor.plan("Operator Layanan Operasional", "general", "Kecamatan Nanggalo", [])
    for _ in range(60):
        raw = inventor.correction(raw)
        stored("skp-quantitative", raw)


def test_officers_at_the_counter_count_eight_to_thirty_five_services_a_day() -> None:
    inventor = Inventor(9)
    entries = [inventor.log_entry("Operator Layanan Operasional", "general", DAY) for _ in range(300)]
    assert {entry["activity"] for entry in entries} == {"pelayanan"}
    assert all(8 <= int(entry["count"]) <= 35 for entry in entries)
    assert len({entry["service"] for entry in entries}) >= 6
    assert {inventor.log_entry("Polisi Pamong Praja Terampil", "functional", DAY)["activity"] for _ in range(60)} == {
        "lapangan",
        "pelayanan",
    }


def test_how_people_fare_is_settled_and_spread_as_intended() -> None:
    numbers = [f"1980010120050110{number:02d}" for number in range(100)] + [str(number) for number in range(9900)]
    fares = Counter(Inventor(2026).quality(number) for number in numbers)
    for quality, share in zip(QUALITIES, (22, 66, 9, 3), strict=True):
        assert abs(fares[quality] / 100 - share) < 1.5
    inventor = Inventor(2026)
    inventor.plan("Camat", "administrator", "Kecamatan Nanggalo", [])
    assert [inventor.quality(n) for n in numbers[:50]] == [Inventor(2026).quality(n) for n in reversed(numbers[:50])][
        ::-1
    ]


def test_who_fares_better_achieves_more_and_is_rated_higher() -> None:
    inventor = Inventor(4)
    achievement, ratings = {}, {}
    for quality in QUALITIES:
        rates: list[Decimal] = []
        ratings[quality] = Counter[str]()
        for title, kind in TITLES * 6:
            rows = stored("skp-quantitative", inventor.plan(title, kind, "Kecamatan Nanggalo", []))["results"]
            own = stored("self-assessment", inventor.self_assessment(rows, quality), rows)["results"]
            rates += [rate_of(row, done) for row, done in zip(rows, own, strict=True)]
            judged = inventor.evaluation(rows, quality)
            ratings[quality].update((judged["results_rating"], judged["behaviour_rating"]))
        achievement[quality] = sum(rates) / len(rates)
    assert achievement["outstanding"] > achievement["good"] + 3 > achievement["weak"] + 9 > achievement["poor"] + 15
    assert achievement["good"] > 98
    assert ratings["outstanding"].most_common(1)[0][0] == "above"
    assert ratings["good"].most_common(1)[0][0] == "meets"
    assert ratings["poor"].most_common(1)[0][0] == "below"


def rate_of(row: Mapping[str, Any], done: Mapping[str, Any]) -> Decimal:
    """Achievement of one row in percent, as it is counted for the results."""
    rate = achieved(
        Fraction(row["target"]), Fraction(done["realisation"]), lower=row["direction"] == "lower", cap=Fraction(120)
    )
    return Decimal(rate.numerator) / rate.denominator


def test_nothing_impossible_is_achieved() -> None:
    inventor = Inventor(6)
    for title, kind in TITLES * 8:
        rows = stored("skp-quantitative", inventor.plan(title, kind, "Kecamatan Nanggalo", []))["results"]
        for quality in QUALITIES:
            own = stored("self-assessment", inventor.self_assessment(rows, quality), rows)["results"]
            for row, done in zip(rows, own, strict=True):
                reached = Decimal(done["realisation"])
                if row["unit"] in ("persen", "nilai"):
                    assert reached <= 100, row
                if row["unit"] in ("laporan", "kelurahan", "dokumen", "surat", "layanan", "patroli"):
                    assert reached == reached.to_integral_value(), row
                    assert reached > 0, row


def test_ballots_lean_towards_how_the_person_fares() -> None:
    inventor = Inventor(8)
    values = list(content.words("judgement_words")["behaviour"])
    counts = {}
    for quality in QUALITIES:
        ticks = Counter(ballot[value] for ballot in (inventor.ballot(quality) for _ in range(150)) for value in values)
        assert ticks["cannot_judge"] > 0
        counts[quality] = (ticks["above"] - ticks["below"]) / sum(ticks.values())
    assert counts["outstanding"] > counts["good"] > counts["weak"] > counts["poor"]


def test_units_are_liked_differently_but_always_alike_for_one_seed() -> None:
    def index(unit: str, seed: int) -> float:
        inventor = Inventor(seed)
        visits = [inventor.survey(unit) for _ in range(200)]
        return sum(int(visit[f"u{element}"]) for visit in visits for element in range(1, 10)) / 1800 * 25

    found = {unit: index(unit, 2026) for unit in sorted({row["unit_kerja"] for row in SHIPPED})}
    assert max(found.values()) - min(found.values()) > 5
    assert all(60 < value < 97 for value in found.values())
    unit = next(iter(found))
    assert index(unit, 2026) == found[unit]


def test_the_same_seed_and_calls_give_the_same_answers() -> None:
    def told(seed: int) -> list[Any]:
        inventor = Inventor(seed)
        return [
            inventor.plan("Camat", "leader", "Kecamatan Nanggalo", []),
            inventor.ballot("good"),
            inventor.survey("Kecamatan Nanggalo"),
            inventor.return_comment(),
        ]

    assert told(1) == told(1)
    assert told(1) != told(2)


def test_a_thousand_plans_take_less_than_a_second() -> None:
    inventor = Inventor(1)
    offered = ["Meningkatnya kualitas pelayanan publik kecamatan", "Meningkatnya akuntabilitas kinerja kecamatan"]
    inventor.plan("Camat", "administrator", "Kecamatan Nanggalo", offered)
    started = process_time()
    for number in range(1000):
        title, kind = TITLES[number % len(TITLES)]
        inventor.plan(title, kind, "Kecamatan Nanggalo", offered)
    assert process_time() - started < 1
