"""The step that adds up a measured figure, such as the services logged over the year."""

from typing import Literal

from forms.text import Text, msg
from models.scoring.arithmetic import figure
from models.scoring.base import Inputs, StepBase, StepResult


class MeasureTotalStep(StepBase):
    kind: Literal["measure_total"] = "measure_total"
    stage: str
    measure: str
    unit: Text

    def reads(self) -> list[tuple[str, str | None]]:
        return [(self.stage, None)]

    def compute(self, inputs: Inputs) -> StepResult:
        total = inputs.measures.get((self.stage, self.measure))
        stage = inputs.titles[self.stage]
        if total is None:
            shown = Text(id="Tidak ada catatan", en="Nothing logged")
            return self.result(None, shown, msg("Tidak ada catatan pada tahap %(stage)s.", stage=stage))
        number = figure(total)
        shown = Text(id=f"{number['id']} {self.unit.say('id')}", en=f"{number['en']} {self.unit.say('en')}")
        sentence = msg("Jumlah seluruh catatan pada tahap %(stage)s: %(total)s.", stage=stage, total=shown)
        return self.result(str(total), shown, sentence)
