"""The step that turns a figure into a word by lower bounds, without holes or overlaps."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from forms.text import Message, Text, msg
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class Band(BaseModel):
    """A word and the smallest figure that earns it; a band ends where the next higher one begins."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: str
    minimum: Decimal
    label: Text


class BandStep(StepBase):
    kind: Literal["band"] = "band"
    of: str
    bands: list[Band] = Field(min_length=1)

    def needs(self) -> list[str]:
        return [self.of]

    def problems(self) -> list[Message]:
        minima = [band.minimum for band in self.bands]
        if minima != sorted(set(minima), reverse=True):
            return [msg("Rentang harus diurutkan dari batas tertinggi ke terendah tanpa batas yang sama.")]
        return []

    def compute(self, inputs: Inputs) -> StepResult:
        source = inputs.results[self.of]
        if source.value is None:
            return self.result(None, NOTHING, msg("%(what)s belum ada.", what=source.title))
        value = Decimal(source.value)
        band = next((band for band in self.bands if value >= band.minimum), None)
        if band is None:
            return self.result(None, NOTHING, msg("Nilai %(value)s di bawah rentang terendah.", value=value))
        sentence = msg(
            "%(value)s mencapai batas %(minimum)s, yaitu %(label)s.",
            value=value,
            minimum=band.minimum,
            label=band.label,
        )
        return self.result(band.outcome, band.label, sentence)
