"""The step that takes the weighted mean of earlier figures; a missing part gives no value unless HR says otherwise."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.text import Message, Text, msg
from models.scoring.arithmetic import figure, half_up
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class Weighted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    step: str
    weight: Decimal = Field(gt=0)


class WeightedMeanStep(StepBase):
    kind: Literal["weighted_mean"] = "weighted_mean"
    parts: list[Weighted] = Field(min_length=1)
    missing: Literal["none", "renormalise"] = "none"
    """`none`: without one part there is no value; `renormalise`: the weights of the others are scaled up."""
    places: int = Field(default=2, ge=0, le=4)

    def needs(self) -> list[str]:
        return [part.step for part in self.parts]

    def problems(self) -> list[Message]:
        total = sum(part.weight for part in self.parts)
        return [] if total == 100 else [msg("Jumlah bobot harus 100, sekarang %(total)s.", total=Decimal(total))]

    def compute(self, inputs: Inputs) -> StepResult:
        present = [
            (part, inputs.results[part.step]) for part in self.parts if inputs.results[part.step].value is not None
        ]
        absent = [inputs.results[part.step] for part in self.parts if inputs.results[part.step].value is None]
        gone = [msg("%(what)s belum ada.", what=result.title) for result in absent]
        if not present or (absent and self.missing == "none"):
            return self.result(None, NOTHING, *gone)
        weights = sum((Fraction(part.weight) for part, _ in present), Fraction(0))
        total = sum((Fraction(part.weight) * Fraction(result.value) for part, result in present), Fraction(0))
        value = half_up(total / weights, self.places)
        sentences = [
            msg(
                "%(what)s: %(value)s dengan bobot %(weight)s%%.",
                what=result.title,
                value=result.shown,
                weight=half_up(Fraction(part.weight) * 100 / weights),
            )
            for part, result in present
        ]
        sentences.append(msg("Rata-rata tertimbang: %(value)s.", value=value))
        return self.result(str(value), Text(**figure(value)), *gone, *sentences)
