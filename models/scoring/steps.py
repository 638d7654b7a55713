"""The kinds of scoring steps: the one list to extend."""

from typing import Annotated

from pydantic import Field

from models.scoring.achievement import AchievementStep
from models.scoring.answer import AnswerStep
from models.scoring.ballot_counts import BallotCountsStep
from models.scoring.band import BandStep
from models.scoring.base import Inputs, StepResult
from models.scoring.matrix import MatrixStep
from models.scoring.measure_total import MeasureTotalStep
from models.scoring.survey_index import SurveyIndexStep
from models.scoring.weighted_mean import WeightedMeanStep

STEPS = (
    AchievementStep,
    AnswerStep,
    BallotCountsStep,
    BandStep,
    MatrixStep,
    MeasureTotalStep,
    SurveyIndexStep,
    WeightedMeanStep,
)

Step = Annotated[
    AchievementStep
    | AnswerStep
    | BallotCountsStep
    | BandStep
    | MatrixStep
    | MeasureTotalStep
    | SurveyIndexStep
    | WeightedMeanStep,
    Field(discriminator="kind"),
]


def derive(steps: list[Step], inputs: Inputs) -> list[StepResult]:
    """Compute the steps in order; each sees what the earlier ones gave."""
    for step in steps:
        if not step.of_unit:
            inputs.results[step.key] = step.compute(inputs)
            continue
        if step.key not in inputs.unit_results:
            inputs.unit_results[step.key] = step.compute(inputs)
        inputs.results[step.key] = inputs.unit_results[step.key]
    return list(inputs.results.values())
