"""The picture of the matrix that gave a result, with the cell it fell into."""

from typing import Any

from forms.text import Text
from models.cycle_design import CycleDesign
from models.cycles import Cycle
from models.queries.beside import offered
from models.queries.designs import form_schema
from models.scores import Score
from models.scoring.answer import AnswerStep
from models.scoring.matrix import MatrixStep
from webapp.i18n import say


def picture(cycle: Cycle, design: CycleDesign, score: Score) -> dict[str, Any] | None:
    """Rows, columns and cells for `charts.matrix`, best at the top right; nothing when no matrix decides."""
    steps = {step.key: step for step in design.scoring.steps} if design.scoring else {}
    step = steps.get(design.scoring.outcome) if design.scoring else None
    if not isinstance(step, MatrixStep):
        return None
    values = {one["key"]: one["value"] for one in score.steps}
    down = _words(cycle, steps.get(step.rows), list(step.table))
    across = list(
        reversed(_words(cycle, steps.get(step.columns), sorted({key for row in step.table.values() for key in row})))
    )
    return {
        "title": say(step.title),
        "columns": [say(label) for _key, label in across],
        "rows": [say(label) for _key, label in down],
        "cells": [
            [
                {
                    "label": say(step.outcomes[step.table[row][column]]),
                    "here": values.get(step.rows) == row and values.get(step.columns) == column,
                }
                for column, _column_label in across
            ]
            for row, _row_label in down
        ],
        "across": say(steps[step.columns].title),
        "down": say(steps[step.rows].title),
    }


def _words(cycle: Cycle, step: Any, keys: list[str]) -> list[tuple[str, Text]]:
    """Keys of one side with their words, in the order in which the form offers them, the best first."""
    if isinstance(step, AnswerStep):
        stage = next((one for one in cycle.stages if one.key == step.stage), None)
        field = form_schema(stage.form_version).field(step.field) if stage and stage.form_version else None
        words = [(key, label) for key, label in offered(field) if key in keys]
        if len(words) == len(keys):
            return words
    return [(key, Text(id=key)) for key in keys]
