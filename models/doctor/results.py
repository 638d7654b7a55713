"""Checks of results: computed again from what was signed, they come out the same."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from forms.text import msg
from models.cycles import Cycle
from models.doctor.base import SAMPLE, Examination, Finding, finding
from models.operations.scores import derivations
from models.queries.designs import cycle_design
from models.scores import Score

COMPUTED_AT_ONCE = 200


def results_follow_from_inputs(examination: Examination) -> Iterator[Finding]:
    """I9: the stored outcome and derivation are what the rule gives now; of each cycle a sample unless everything."""
    yield finding(
        "I9", msg("Setiap hasil sama bila dihitung ulang dari data yang ditandatangani."), _different(examination)
    )


def _different(examination: Examination) -> Iterator[str]:
    session = examination.session
    cycles = session.scalars(
        select(Cycle).where(Cycle.id.in_(select(Score.cycle_id))).options(joinedload(Cycle.design_version))
    ).all()
    for cycle in cycles:
        scoring = cycle_design(cycle.design_version).scoring
        current = select(Score).where(Score.cycle_id == cycle.id, Score.current).order_by(Score.subject_id)
        ids = session.scalars(current.with_only_columns(Score.subject_id)).all()
        if not examination.everything and len(ids) > SAMPLE:
            ids = ids[:: -(-len(ids) // SAMPLE)]
        for start in range(0, len(ids), COMPUTED_AT_ONCE):
            some = session.scalars(current.where(Score.subject_id.in_(ids[start : start + COMPUTED_AT_ONCE]))).all()
            units = {score.subject_id: score.unit_id for score in some}
            again = derivations(session, cycle, scoring, units) if scoring else {}
            for score in some:
                steps, outcome, digest = again.get(score.subject_id, ([], None, ""))
                if (score.outcome, score.inputs_digest, score.steps) != (outcome, digest, steps):
                    yield f"score {score.id}"
                session.expunge(score)
