"""Scoring: each person's result derived from what was signed, kept with its whole derivation."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.cycle_design import Scoring
from models.cycles import Cycle
from models.errors import Conflict
from models.operations.messages import notify_each
from models.operations.moves import record_many
from models.people import Person
from models.permissions import Action, Actor, needs
from models.queries.designs import cycle_design
from models.queries.results import subjects_of
from models.queries.scoring_inputs import inputs_for
from models.scores import Score
from models.scoring.base import StepResult
from models.scoring.steps import derive
from models.states import Cycle as CycleState


@needs(Action.SCORE_COMPUTE)
def score(session: Session, actor: Actor, cycle: Cycle, *, subject_ids: Sequence[int]) -> int:
    """Derive the results of these people; gives how many are new or changed.

    The same inputs give the same result, which is then left alone; other inputs give a new version, and the old one
    stays to be read.
    """
    if cycle.state != CycleState.CLOSED:
        raise Conflict(msg("Hasil dihitung setelah siklus ditutup."))
    scoring = cycle_design(cycle.design_version).scoring
    if scoring is None:
        raise Conflict(msg("Rancangan siklus ini tidak memiliki penilaian."))
    units = subjects_of(session, cycle, among=subject_ids)
    # Every version, not only the current one: so both databases go by the person and not through the whole cycle.
    versions = session.execute(
        select(Score.id, Score.subject_id, Score.version, Score.inputs_digest, Score.current).where(
            Score.cycle_id == cycle.id, Score.subject_id.in_(units)
        )
    )
    before = {row.subject_id: row for row in versions if row.current}
    rows: list[dict[str, Any]] = []
    replaced = []
    for person, (steps, outcome, digest) in derivations(session, cycle, scoring, units).items():
        old = before.get(person)
        if old is not None and old.inputs_digest == digest:
            continue
        if old is not None:
            replaced.append(old.id)
        rows.append(
            {
                "cycle_id": cycle.id,
                "subject_id": person,
                "unit_id": units[person],
                "version": old.version + 1 if old else 1,
                "current": True,
                "outcome": outcome,
                "steps": steps,
                "inputs_digest": digest,
                "computed_at": clock.now(),
            }
        )
    if replaced:
        session.execute(
            update(Score)
            .where(Score.id.in_(replaced))
            .values(current=False)
            .execution_options(synchronize_session=False)
        )
    if rows:
        session.execute(insert(Score), rows)
        people = [row["subject_id"] for row in rows]
        record_many(session, actor, "score", "person", people, "", cycle.key[:64])
        for version in sorted({row["version"] for row in rows}):
            with_result = [
                row["subject_id"] for row in rows if row["version"] == version and row["outcome"] is not None
            ]
            told = select(Person.id).where(Person.id.in_(with_result))
            notify_each(
                session,
                told,
                "result_available",
                f"result:{cycle.id}:{version}",
                {"cycle": cycle.title},
                f"/results/{cycle.key}",
            )
    return len(rows)


def derivations(
    session: Session, cycle: Cycle, scoring: Scoring, units: dict[int, int]
) -> dict[int, tuple[list[dict[str, Any]], str | None, str]]:
    """Person → steps, outcome and digest as the rule gives them from what lies there now; nothing is written."""
    found = {}
    for person, inputs in inputs_for(session, cycle, units).items():
        steps = [step.stored() for step in derive(list(scoring.steps), inputs)]
        found[person] = (steps, _outcome(inputs.results[scoring.outcome]), _digest(steps, cycle.design_version.digest))
    return found


def _outcome(result: StepResult) -> str | None:
    return None if result.value is None else str(result.value)


def _digest(steps: list[dict[str, Any]], design_digest: str) -> str:
    """What the result depends on: every step with its sources, and the rule."""
    text = json.dumps([design_digest, steps], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
