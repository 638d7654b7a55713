"""The step that computes the public satisfaction index of a unit (IKM, PermenPANRB 14/2017)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from forms.text import Message, Text, msg
from models.scoring.arithmetic import figure, half_up
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class Grade(BaseModel):
    """A grade and the smallest index, already rounded to two places, that earns it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    grade: str
    minimum: Decimal
    meaning: Text


class SurveyIndexStep(StepBase):
    """Mean of each element over those who answered it, each element weighing 1/n exactly, times `factor`."""

    of_unit: ClassVar[bool] = True

    kind: Literal["survey_index"] = "survey_index"
    stage: str
    elements: list[str]
    factor: Decimal = Decimal(25)
    grades: list[Grade]
    minimum_answers: int = 1

    def reads(self) -> list[tuple[str, str | None]]:
        return [(self.stage, element) for element in self.elements]

    def problems(self) -> list[Message]:
        minima = [grade.minimum for grade in self.grades]
        if not minima or minima != sorted(set(minima), reverse=True):
            return [msg("Mutu harus diurutkan dari batas tertinggi ke terendah tanpa batas yang sama.")]
        return []

    def compute(self, inputs: Inputs) -> StepResult:
        answers = inputs.surveys.get(self.stage, ())
        index = self.index(answers) if len(answers) >= self.minimum_answers else None
        if index is None:
            return self.result(None, NOTHING, msg("Belum ada data survei untuk unit kerja ini."))
        grade = next((grade for grade in self.grades if index >= grade.minimum), self.grades[-1])
        means = {element: mean for element in self.elements if (mean := self.mean(answers, element)) is not None}
        lowest = min(means, key=lambda element: (means[element], element))
        label = inputs.schemas[self.stage].field(lowest)
        value = {
            "index": str(index),
            "grade": grade.grade,
            "answers": len(answers),
            "means": {element: str(half_up(mean)) for element, mean in means.items()},
        }
        shown = Text(
            id=f"{figure(index)['id']} ({grade.grade}, {grade.meaning.say('id')})",
            en=f"{figure(index)['en']} ({grade.grade}, {grade.meaning.say('en')})",
        )
        sentences = [
            msg("%(n)s orang dari masyarakat mengisi survei tentang unit kerja ini.", n=len(answers)),
            msg(
                "Rata-rata %(count)s unsur dengan bobot sama, dikalikan %(factor)s, menghasilkan indeks %(index)s.",
                count=len(means),
                factor=self.factor,
                index=index,
            ),
            msg("Indeks %(index)s berarti mutu %(grade)s.", index=index, grade=grade.grade),
        ]
        if label is not None:
            sentences.append(
                msg("Unsur terendah: %(element)s (%(mean)s).", element=label.label, mean=half_up(means[lowest]))
            )
        return self.result(value, shown, *sentences)

    def index(self, answers: Sequence[Mapping[str, Any]]) -> Decimal | None:
        """The index, rounded to two places; nothing without a single answer to any element."""
        means = [mean for element in self.elements if (mean := self.mean(answers, element)) is not None]
        if not means:
            return None
        return half_up(sum(means, Fraction(0)) / len(means) * Fraction(self.factor))

    def mean(self, answers: Sequence[Mapping[str, Any]], element: str) -> Fraction | None:
        """The mean of one element over those who answered it."""
        # Few different answers are given very often: each is read once, however many people gave it.
        given = Counter(str(answer[element]) for answer in answers if answer.get(element) is not None)
        total = sum((Fraction(value) * times for value, times in given.items()), Fraction(0))
        return total / given.total() if given else None
