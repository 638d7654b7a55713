"""The step that looks two earlier results up in a table, as the 3×3 matrix of PermenPANRB 6/2022 does."""

from typing import Literal

from forms.text import Message, Text, msg
from models.scoring.base import NOTHING, Inputs, StepBase, StepResult


class MatrixStep(StepBase):
    kind: Literal["matrix"] = "matrix"
    rows: str
    columns: str
    table: dict[str, dict[str, str]]
    """Row value → column value → outcome."""
    outcomes: dict[str, Text]

    def needs(self) -> list[str]:
        return [self.rows, self.columns]

    def problems(self) -> list[Message]:
        found = [
            msg("Tabel menyebut hasil %(outcome)s yang tidak dijelaskan.", outcome=outcome)
            for outcome in sorted({cell for row in self.table.values() for cell in row.values()} - set(self.outcomes))
        ]
        if len({frozenset(row) for row in self.table.values()}) > 1:
            found.append(msg("Setiap baris tabel harus memiliki kolom yang sama."))
        return found

    def compute(self, inputs: Inputs) -> StepResult:
        row, column = inputs.results[self.rows], inputs.results[self.columns]
        missing = [one for one in (row, column) if one.value is None]
        if missing:
            names = [one.title for one in missing]
            return self.result(
                None, NOTHING, *(msg("Tidak dapat ditetapkan karena %(what)s belum ada.", what=n) for n in names)
            )
        outcome = self.table.get(row.value, {}).get(column.value)
        if outcome is None:
            return self.result(None, NOTHING, msg("Pasangan nilai ini tidak ada dalam tabel."))
        shown = self.outcomes[outcome]
        sentence = msg(
            "%(row_title)s %(row)s dan %(column_title)s %(column)s bersama-sama menghasilkan %(outcome)s.",
            row_title=row.title,
            row=row.shown,
            column_title=column.title,
            column=column.shown,
            outcome=shown,
        )
        return self.result(outcome, shown, sentence)
