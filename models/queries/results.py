"""Questions about results: who has one in a cycle, how they are spread, and whether the spread is as the rule asks."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from forms.text import Message, Text
from models.assignments import Assignment
from models.cycle_design import CycleDesign
from models.cycles import Cycle, Stage, UnitRating
from models.people import Unit
from models.permissions import OPERATOR, Actor
from models.queries.access import in_units, visible_scores
from models.queries.designs import cycle_design
from models.scores import Score
from models.scoring.matrix import MatrixStep


def subjects_of(session: Session, cycle: Cycle, among: Collection[int] | None = None) -> dict[int, int]:
    """Everybody who is evaluated in the cycle, with the unit at the time of the earliest stage; in order of id.

    `among`: only those of these people.
    """
    rows = (
        select(Assignment.subject_id, func.min(Assignment.unit_id))
        .join(Stage)
        .where(Stage.cycle_id == cycle.id, Stage.mode == "once")
        .group_by(Assignment.subject_id)
        .order_by(Assignment.subject_id)
    )
    if among is not None:
        rows = rows.where(Assignment.subject_id.in_(among))
    return dict(session.execute(rows).all())


def current_score(session: Session, cycle_id: int, subject_id: int) -> Score | None:
    """The result that stands."""
    return session.scalar(
        select(Score).where(Score.cycle_id == cycle_id, Score.subject_id == subject_id, Score.current)
    )


def outcome_labels(design: CycleDesign) -> dict[str, Text]:
    """The words for the outcomes of the step that gives the result."""
    step = (
        next((step for step in design.scoring.steps if step.key == design.scoring.outcome), None)
        if design.scoring
        else None
    )
    if isinstance(step, MatrixStep):
        return dict(step.outcomes)
    bands = getattr(step, "bands", ())
    return {band.outcome: band.label for band in bands}


MISSING = "-"
"""Where an outcome would stand, for who has none because an input is missing."""


@dataclass(frozen=True)
class UnitSpread:
    """How the results of a unit are spread, what the unit itself achieved, and what does not fit the rule."""

    unit: Unit
    rating: str | None
    counts: dict[str, int]
    warnings: list[Message]
    missing: int = 0
    """People whose result could not be derived because an input is missing."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def spread_by_unit(session: Session, cycle: Cycle, actor: Actor = OPERATOR) -> list[UnitSpread]:
    """The spread of each unit that takes part in the cycle, as far as the actor reads results."""
    design = cycle_design(cycle.design_version)
    labels = outcome_labels(design)
    rule = design.scoring.distribution if design.scoring else None
    ratings = dict(
        session.execute(select(UnitRating.unit_id, UnitRating.rating).where(UnitRating.cycle_id == cycle.id)).all()
    )
    counts: dict[int, Counter[str]] = {}
    rows = session.execute(
        select(Score.unit_id, Score.outcome, func.count())
        .join(Score.cycle)
        .where(Score.cycle_id == cycle.id, Score.current, visible_scores(actor))
        .group_by(Score.unit_id, Score.outcome)
    )
    for unit_id, outcome, count in rows:
        counts.setdefault(unit_id, Counter())[outcome or MISSING] = count
    concerned = select(Assignment.unit_id).join(Stage).where(Stage.cycle_id == cycle.id, Stage.mode == "once")
    of_cycle = Unit.id.in_(concerned) & in_units(actor, Unit.id)
    units = session.scalars(select(Unit).where(or_(of_cycle, Unit.id.in_(counts))).order_by(Unit.path)).all()
    spreads = []
    for unit in units:
        rating = ratings.get(unit.id)
        counter = counts.get(unit.id, Counter())
        spread = {outcome: counter.get(outcome, 0) for outcome in labels}
        warnings = rule.warnings(rating, spread, labels) if rule and rating else []
        spreads.append(UnitSpread(unit, rating, spread, warnings, counter.get(MISSING, 0)))
    return spreads
