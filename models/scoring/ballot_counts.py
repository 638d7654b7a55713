"""The step that counts ballots of colleagues, and says nothing at all below the threshold."""

from collections import Counter
from fractions import Fraction
from typing import Literal

from forms.text import Text, msg
from models.scoring.arithmetic import half_up
from models.scoring.base import Inputs, StepBase, StepResult

HIDDEN = Text(id="Belum cukup responden", en="Not enough respondents")


class BallotCountsStep(StepBase):
    kind: Literal["ballot_counts"] = "ballot_counts"
    stage: str
    best: str
    """The answer whose share is worth a figure, such as `above`."""
    left_out: list[str] = []
    """Answers that are no opinion, such as `cannot_judge`; counted, but not in shares."""

    def reads(self) -> list[tuple[str, str | None]]:
        return [(self.stage, None)]

    def compute(self, inputs: Inputs) -> StepResult:
        ballots = inputs.ballots.get(self.stage, ())
        threshold = inputs.thresholds.get(self.stage, 3)
        rule = msg(
            "Umpan balik hanya ditampilkan secara gabungan bila terdapat sedikitnya %(k)s responden.", k=threshold
        )
        if len(ballots) < threshold:
            return self.result(None, HIDDEN, rule)
        fields = [one for one in inputs.schemas[self.stage].fields() if one.kind in ("rating", "choice")]
        counts = {one.key: Counter(str(b[one.key]) for b in ballots if b.get(one.key) is not None) for one in fields}
        opinions = [a for counter in counts.values() for a in counter.elements() if a not in self.left_out]
        share = half_up(Fraction(100 * opinions.count(self.best), len(opinions))) if opinions else None
        value = {
            "answers": len(ballots),
            "counts": {key: dict(sorted(counter.items())) for key, counter in counts.items()},
            "best_share": None if share is None else str(share),
        }
        shown = Text(id=f"{len(ballots)} responden", en=f"{len(ballots)} respondents")
        sentences = [rule, msg("%(n)s rekan kerja memberikan umpan balik.", n=len(ballots))]
        if share is not None:
            sentences.append(msg("%(share)s%% dari penilaian mereka adalah yang tertinggi.", share=share))
        sentences.append(
            msg("Umpan balik menjadi masukan bagi pejabat penilai dan tidak mengubah predikat dengan sendirinya.")
        )
        return self.result(value, shown, *sentences)
