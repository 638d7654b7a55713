"""What depends on a unit alone is derived once for all its people, and comes out exact."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from forms.text import Text
from models.scoring.base import Inputs, StepResult
from models.scoring.steps import derive
from models.scoring.survey_index import Grade, SurveyIndexStep

STEP = SurveyIndexStep(
    key="public",
    title=Text(id="IKM"),
    stage="survey",
    elements=["u1", "u2"],
    grades=[Grade(grade="A", minimum=Decimal("88.31"), meaning=Text(id="Sangat baik"))],
)


def inputs(answers: list[dict[str, Any]], unit_results: dict[str, StepResult]) -> Inputs:
    return Inputs(surveys={"survey": answers}, unit_results=unit_results, schemas={"survey": _NoFields()})  # type: ignore[dict-item]


class _NoFields:
    def field(self, _key: str) -> None:
        return None


def test_people_of_a_unit_share_its_index() -> None:
    unit: dict[str, StepResult] = {}
    answers = [{"u1": "4", "u2": "3"}]
    first, second = derive([STEP], inputs(answers, unit))[0], derive([STEP], inputs(answers, unit))[0]
    assert first is second
    assert first.value["index"] == "87.50"


def test_people_of_another_unit_have_their_own_index() -> None:
    here = derive([STEP], inputs([{"u1": "4", "u2": "4"}], {}))[0]
    there = derive([STEP], inputs([{"u1": "2", "u2": "2"}], {}))[0]
    assert (here.value["index"], there.value["index"]) == ("100.00", "50.00")


def test_the_mean_leaves_out_who_did_not_answer_and_is_exact() -> None:
    answers = [{"u1": "3"}, {"u1": "4"}, {"u1": "4"}, {"u2": "1"}, {"u1": None}]
    assert STEP.mean(answers, "u1") == Fraction(11, 3)
    assert STEP.mean(answers, "u3") is None
