"""The step that takes one answer from a signed form, such as a rating."""

from typing import Any, Literal

from forms.context import AnswerContext
from forms.text import Text, msg
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class AnswerStep(StepBase):
    kind: Literal["answer"] = "answer"
    stage: str
    field: str

    def reads(self) -> list[tuple[str, str | None]]:
        return [(self.stage, self.field)]

    def compute(self, inputs: Inputs) -> StepResult:
        form = inputs.forms.get(self.stage)
        stage = inputs.titles[self.stage]
        if form is None or form.answers.get(self.field) is None:
            return self.result(
                None, NOTHING, msg("Belum ada jawaban yang ditandatangani pada tahap %(stage)s.", stage=stage)
            )
        value = form.answers[self.field]
        definition = (form.schema or inputs.schemas[self.stage]).field(self.field)
        if definition is None:
            raise LookupError(f"step {self.key} reads {self.stage}.{self.field}, which does not exist")
        loaded: Any = definition.load(value)
        context = AnswerContext(today=form.final_at.date())
        shown = Text(id=definition.display(loaded, "id", context), en=definition.display(loaded, "en", context))
        source = {
            "stage": stage,
            "assignment": form.assignment_id,
            "answered_by": form.answered_by,
            "signed_by": list(form.signed_by),
            "at": form.final_at.isoformat(),
        }
        sentence = msg(
            "%(by)s memberi %(what)s pada tahap %(stage)s: %(shown)s.",
            by=form.answered_by,
            what=definition.label,
            stage=stage,
            shown=shown,
        )
        return self.result(value, shown, sentence, sources=[source])
