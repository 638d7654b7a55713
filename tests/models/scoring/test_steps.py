"""Each kind of scoring step against worked figures of the regulations; every kind has its cases here."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.catalogue import shipped
from forms.text import Text
from models.exchange.designs import shipped_cycles
from models.scoring.achievement import AchievementStep, achieved
from models.scoring.arithmetic import half_up
from models.scoring.band import Band, BandStep
from models.scoring.base import Inputs, SignedForm, StepResult
from models.scoring.matrix import MatrixStep
from models.scoring.steps import STEPS, derive
from models.scoring.weighted_mean import Weighted, WeightedMeanStep
from models.words import restored

TITLE = Text(id="Langkah", en="Step")
DESIGN = shipped_cycles()["asn-annual"]
SCORING = DESIGN.scoring
assert SCORING is not None
STEP = {step.key: step for step in SCORING.steps}
SCHEMAS = {stage.key: shipped()[stage.form] for stage in DESIGN.stages if stage.form}
TITLES = {stage.key: stage.title for stage in DESIGN.stages}


def inputs(**more: Any) -> Inputs:
    return Inputs(schemas=SCHEMAS, titles=TITLES, thresholds={"peer-feedback": 3}, **more)


def signed(answers: Mapping[str, Any]) -> SignedForm:
    return SignedForm(answers, 1, "Budi Santoso", ("Fitri Handayani",), datetime(2027, 1, 20, tzinfo=UTC))


def given_value(key: str, value: Any) -> StepResult:
    shown = Text(id=str(value), en=str(value))
    return StepResult(key, "answer", TITLE, value, shown, ())


MATRIX = [
    ("above", "above", "very_good"),
    ("above", "meets", "good"),
    ("above", "below", "poor"),
    ("meets", "above", "good"),
    ("meets", "meets", "good"),
    ("meets", "below", "poor"),
    ("below", "above", "needs_improvement"),
    ("below", "meets", "needs_improvement"),
    ("below", "below", "very_poor"),
]


@pytest.mark.parametrize(("results", "behaviour", "predicate"), MATRIX)
def test_the_matrix_gives_the_predicate_of_the_regulation(results: str, behaviour: str, predicate: str) -> None:
    found = inputs()
    found.results |= {
        "results_rating": given_value("results_rating", results),
        "behaviour_rating": given_value("behaviour_rating", behaviour),
    }
    assert STEP["predicate"].compute(found).value == predicate


@pytest.mark.parametrize("missing", ["results_rating", "behaviour_rating"])
def test_without_one_rating_there_is_no_predicate(missing: str) -> None:
    found = inputs()
    found.results |= {
        "results_rating": given_value("results_rating", "above"),
        "behaviour_rating": given_value("behaviour_rating", "above"),
    }
    found.results[missing] = given_value(missing, None)
    result = STEP["predicate"].compute(found)
    assert result.value is None
    assert "belum ada" in str(result.sentences[0])


def test_a_rating_is_taken_from_the_signed_form_with_who_gave_and_who_signed_it() -> None:
    result = STEP["results_rating"].compute(inputs(forms={"evaluation": signed({"results_rating": "above"})}))
    assert result.value == "above"
    assert result.sources[0]["answered_by"] == "Budi Santoso"
    assert result.sources[0]["signed_by"] == ["Fitri Handayani"]


def test_an_evaluation_that_was_not_signed_gives_no_rating() -> None:
    assert STEP["results_rating"].compute(inputs()).value is None


RESPONDENTS = [
    (3, 3, 3, 4, 3, 3, 4, 3, 3),
    (4, 3, 3, 4, 4, 4, 4, 4, 3),
    (3, 2, 2, 4, 3, 3, 3, 2, 3),
    (3, 3, 3, 4, 3, 3, 3, 3, 2),
    (4, 4, 3, 4, 3, 4, 4, 3, 4),
]


def survey(rows: list[tuple[int, ...]]) -> list[dict[str, str]]:
    return [{f"u{number}": str(value) for number, value in enumerate(row, start=1)} for row in rows]


def test_the_satisfaction_index_of_five_respondents_is_81_67() -> None:
    result = STEP["public"].compute(inputs(surveys={"public-survey": survey(RESPONDENTS)}))
    assert (result.value["index"], result.value["grade"], result.value["answers"]) == ("81.67", "B", 5)
    assert result.value["means"]["u3"] == "2.80"


@pytest.mark.parametrize(("mark", "index", "grade"), [(4, "100.00", "A"), (1, "25.00", "D"), (3, "75.00", "C")])
def test_the_index_reaches_both_ends_exactly(mark: int, index: str, grade: str) -> None:
    result = STEP["public"].compute(inputs(surveys={"public-survey": survey([(mark,) * 9])}))
    assert (result.value["index"], result.value["grade"]) == (index, grade)


def test_an_element_nobody_answered_is_left_out_of_the_index() -> None:
    answers = [{key: value for key, value in row.items() if key != "u4"} for row in survey(RESPONDENTS)]
    result = STEP["public"].compute(inputs(surveys={"public-survey": answers}))
    assert result.value["index"] == str(half_up(Fraction(147 - 20, 5) / 8 * 25))


def test_without_respondents_there_is_no_index_rather_than_nought() -> None:
    assert STEP["public"].compute(inputs()).value is None


def ballot(mark: str) -> dict[str, str]:
    keys = ("berorientasi_pelayanan", "akuntabel", "kompeten", "harmonis", "loyal", "adaptif", "kolaboratif")
    return dict.fromkeys(keys, mark)


def test_ballots_are_counted_from_the_threshold_on() -> None:
    cast = [ballot("above"), ballot("above"), ballot("meets")]
    result = STEP["peers"].compute(inputs(ballots={"peer-feedback": cast}))
    assert result.value["answers"] == 3
    assert result.value["counts"]["akuntabel"] == {"above": 2, "meets": 1}
    assert result.value["best_share"] == "66.67"


def test_too_few_ballots_look_the_same_as_none() -> None:
    none = STEP["peers"].compute(inputs())
    few = STEP["peers"].compute(inputs(ballots={"peer-feedback": [ballot("above"), ballot("below")]}))
    assert none.stored() == few.stored()
    assert none.value is None


def test_who_cannot_judge_does_not_count_in_the_share() -> None:
    cast = [ballot("above"), ballot("cannot_judge"), ballot("meets")]
    assert STEP["peers"].compute(inputs(ballots={"peer-feedback": cast})).value["best_share"] == "50.00"


def test_logged_services_are_added_up() -> None:
    result = STEP["services"].compute(inputs(measures={("progress", "services"): Decimal(1234)}))
    assert (result.value, result.shown.say("id"), result.shown.say("en")) == (
        "1234",
        "1.234 layanan/kegiatan",
        "1,234 services/activities",
    )


def test_nothing_logged_is_not_nought() -> None:
    assert STEP["services"].compute(inputs()).value is None


ACHIEVED = [
    ("80", "70", False, "87.50"),
    ("90", "92", False, "102.22"),
    ("7", "6.5", True, "107.14"),
    ("5", "3", True, "120.00"),
    ("5", "11", True, "0.00"),
    ("100", "100", False, "100.00"),
    ("10", "30", False, "120.00"),
]


@pytest.mark.parametrize(("target", "value", "lower", "percent"), ACHIEVED)
def test_achievement_follows_the_formulas_of_the_regulation(target: str, value: str, lower: bool, percent: str) -> None:
    found = achieved(Fraction(target), Fraction(value), lower=lower, cap=Fraction(120))
    assert half_up(found) == Decimal(percent)


def test_achievement_compares_rows_by_their_identity() -> None:
    plan = [
        {"_id": "a", "target": "100", "direction": "higher"},
        {"_id": "b", "target": "10", "direction": "lower"},
        {"_id": "c", "target": "0", "direction": "higher"},
    ]
    real = [{"_id": "b", "realisation": "8"}, {"_id": "a", "realisation": "90"}, {"_id": "c", "realisation": "5"}]
    forms = {"planning": signed({"results": plan}), "self-assessment": signed({"results": real})}
    # (90 + 120) / 2: b is 2 - 0.8 = 120 %; a target of nought cannot be compared.
    assert STEP["achievement"].compute(inputs(forms=forms)).value == "105.00"


def test_without_a_signed_plan_nothing_is_achieved_or_missed() -> None:
    assert STEP["achievement"].compute(inputs()).value is None


def mean(missing: str, *weights: str) -> WeightedMeanStep:
    parts = [Weighted(step=f"p{number}", weight=Decimal(weight)) for number, weight in enumerate(weights)]
    return WeightedMeanStep.model_validate({"key": "mean", "title": TITLE, "parts": parts, "missing": missing})


def parts(*values: str | None) -> Inputs:
    found = inputs()
    found.results |= {f"p{number}": given_value(f"p{number}", value) for number, value in enumerate(values)}
    return found


FINAL_VALUES = [
    (("70", "30"), ("100", "90"), "97.00"),
    (("60", "40"), ("112", "108"), "110.40"),
    (("70", "30"), ("111", "41"), "90.00"),
    (("70", "30"), ("71", "1"), "50.00"),
    (("40", "20", "20", "10", "10"), ("90", "85", "70", "100", "82"), "85.20"),
    (("40", "20", "20", "10", "10"), ("85", "90", "80", "95", "84"), "85.90"),
]


@pytest.mark.parametrize(("weights", "values", "final"), FINAL_VALUES)
def test_the_weighted_mean_is_exact_where_floats_are_not(
    weights: tuple[str, ...], values: tuple[str, ...], final: str
) -> None:
    assert mean("none", *weights).compute(parts(*values)).value == final


def test_a_missing_part_gives_no_mean_unless_the_design_says_so() -> None:
    assert mean("none", "70", "30").compute(parts("100", None)).value is None
    assert mean("renormalise", "70", "30").compute(parts("100", None)).value == "100.00"
    assert mean("renormalise", "70", "30").compute(parts(None, None)).value is None


def test_weights_that_do_not_add_up_to_100_are_a_problem() -> None:
    assert mean("none", "70", "20").problems()
    assert not mean("none", "70", "30").problems()


BANDS = BandStep(
    key="band",
    title=TITLE,
    of="p0",
    bands=[
        Band(outcome="good", minimum=Decimal(90), label=Text(id="Baik")),
        Band(outcome="fair", minimum=Decimal(70), label=Text(id="Cukup")),
    ],
)


@pytest.mark.parametrize(("value", "outcome"), [("90", "good"), ("89.99", "fair"), ("70", "fair"), ("69.99", None)])
def test_a_band_begins_at_its_lower_bound(value: str, outcome: str | None) -> None:
    assert BANDS.compute(parts(value)).value == outcome


def test_bands_out_of_order_are_a_problem() -> None:
    assert BANDS.model_copy(update={"bands": list(reversed(BANDS.bands))}).problems()


def test_every_kind_of_step_is_told_of_in_words_that_can_be_kept() -> None:
    covered = {type(step) for step in SCORING.steps} | {WeightedMeanStep, BandStep}
    assert covered == set(STEPS)
    for step in derive(list(SCORING.steps), inputs()):
        assert step.sentences
        for sentence in step.stored()["sentences"]:
            assert str(restored(sentence))


@given(st.fractions(min_value=-10_000, max_value=10_000), st.integers(0, 4))
def test_half_up_is_never_further_than_half_a_step_away(value: Fraction, places: int) -> None:
    rounded = Fraction(half_up(value, places))
    assert abs(rounded - value) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("value", "rounded"), [("5.625", "5.63"), ("2.8125", "2.81"), ("28.125", "28.13"), ("-0.005", "-0.01")]
)
def test_a_half_is_rounded_away_from_zero(value: str, rounded: str) -> None:
    assert half_up(Decimal(value)) == Decimal(rounded)


def test_a_table_with_ragged_rows_or_unknown_outcomes_is_a_problem() -> None:
    matrix = STEP["predicate"]
    assert isinstance(matrix, MatrixStep)
    assert not matrix.problems()
    assert matrix.model_copy(update={"table": {"above": {"above": "splendid"}}}).problems()
    assert isinstance(STEP["achievement"], AchievementStep)
