"""The step that compares realised figures with their targets over the rows of a signed form."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from forms.text import Text, msg
from models.scoring.arithmetic import figure, half_up
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class AchievementStep(StepBase):
    """Mean achievement of the rows in percent (PP 30/2019, PermenPANRB 8/2021: normal and special indicators).

    Higher is better: realised ÷ target. Lower is better: 1 + (1 − realised ÷ target). Floor 0, `cap` at the top.
    """

    kind: Literal["achievement"] = "achievement"
    plan: str
    """Stage and rows field with the targets, `planning.results`."""
    realised: str
    """Stage and rows field with the realisations of the same rows, `self_assessment.results`."""
    target: str = "target"
    direction: str = "direction"
    lower_is_better: str = "lower"
    value: str = "realisation"
    cap: Decimal = Field(default=Decimal(120), gt=0)

    def reads(self) -> list[tuple[str, str | None]]:
        return [_split(self.plan), _split(self.realised)]

    def compute(self, inputs: Inputs) -> StepResult:
        plan_stage, plan_field = _split(self.plan)
        real_stage, real_field = _split(self.realised)
        plan, real = inputs.forms.get(plan_stage), inputs.forms.get(real_stage)
        if plan is None or real is None:
            return self.result(None, NOTHING, msg("Rencana dan realisasi belum lengkap."))
        reached = {row["_id"]: row.get(self.value) for row in real.answers.get(real_field) or []}
        rates = []
        for row in plan.answers.get(plan_field) or []:
            target, value = row.get(self.target), reached.get(row["_id"])
            if target is not None and value is not None and Fraction(str(target)) != 0:
                lower = row.get(self.direction) == self.lower_is_better
                rates.append(achieved(Fraction(str(target)), Fraction(str(value)), lower=lower, cap=Fraction(self.cap)))
        if not rates:
            return self.result(None, NOTHING, msg("Belum ada realisasi yang dapat dibandingkan dengan target."))
        mean = half_up(sum(rates, Fraction(0)) / len(rates))
        shown = Text(id=f"{figure(mean)['id']}%", en=f"{figure(mean)['en']}%")
        sentence = msg(
            "Rata-rata capaian %(n)s indikator terhadap targetnya %(mean)s%%, masing-masing paling tinggi %(cap)s%%.",
            n=len(rates),
            mean=mean,
            cap=self.cap,
        )
        return self.result(str(mean), shown, sentence)


def achieved(target: Fraction, value: Fraction, *, lower: bool, cap: Fraction) -> Fraction:
    """Achievement of one indicator in percent, between 0 and the cap."""
    rate = (2 - value / target if lower else value / target) * 100
    return max(Fraction(0), min(rate, cap))


def _split(path: str) -> tuple[str, str]:
    stage, _, field = path.partition(".")
    return stage, field
