"""What stands beside a form while it is filled in or signed: signed answers, the log in figures, feedback in sum."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.context import AnswerContext
from forms.schema import FormSchema
from forms.text import Message, Text
from models.assignments import Assignment, LogEntry, Submission
from models.cycle_design import StageDesign
from models.cycles import Stage
from models.permissions import Actor
from models.queries import access, logs
from models.queries.answer_context import context_for
from models.queries.designs import answered_form, cycle_design, form_schema
from models.queries.scoring_inputs import inputs_for
from models.scoring.ballot_counts import BallotCountsStep
from models.states import Assignment as State
from models.states import Stage as StageState


@dataclass(frozen=True)
class Beside:
    """One earlier stage about the same person; which parts are filled depends on its mode."""

    design: StageDesign
    assignment: Assignment | None = None
    schema: FormSchema | None = None
    answers: Mapping[str, Any] | None = None
    context: AnswerContext | None = None
    totals: tuple[tuple[Text, Decimal], ...] = ()
    entries: int = 0
    sentences: tuple[Message, ...] = ()
    counts: tuple[tuple[Text, tuple[tuple[Text, int], ...]], ...] = ()
    """Question → (answer, how many gave it)."""


def beside(session: Session, actor: Actor, assignment: Assignment) -> list[Beside]:
    """What the design puts beside this form, as far as the actor may see it."""
    design = cycle_design(assignment.stage.cycle.design_version)
    own = design.stage(assignment.stage.key)
    if own is None or not own.beside:
        return []
    stages = {stage.key: stage for stage in assignment.stage.cycle.stages}
    found = []
    for key in own.beside:
        other = design.stage(key)
        if other is None or key not in stages:
            continue
        if other.mode == "once":
            found.append(_answers(session, actor, assignment, stages[key], other))
        elif other.mode == "log":
            found.append(_log(session, actor, assignment, stages[key], other))
        elif other.mode == "ballot":
            found.append(_ballots(session, actor, assignment, stages[key], other))
    return found


def _of_subject(session: Session, actor: Actor, assignment: Assignment, stage: Stage) -> Assignment | None:
    statement = access.assignments(actor).where(
        Assignment.stage_id == stage.id, Assignment.subject_id == assignment.subject_id
    )
    found: Assignment | None = session.scalars(statement.limit(1)).unique().first()
    return found


def _answers(session: Session, actor: Actor, assignment: Assignment, stage: Stage, design: StageDesign) -> Beside:
    earlier = _of_subject(session, actor, assignment, stage)
    if earlier is None or earlier.state != State.COMPLETED or stage.form_version is None:
        return Beside(design)
    submission = session.scalar(
        select(Submission).where(Submission.assignment_id == earlier.id, Submission.round == earlier.round)
    )
    if submission is None:
        return Beside(design)
    schema = answered_form(session, submission)
    return Beside(design, earlier, schema, submission.answers, context_for(session, earlier, schema))


def _log(session: Session, actor: Actor, assignment: Assignment, stage: Stage, design: StageDesign) -> Beside:
    log = _of_subject(session, actor, assignment, stage)
    if log is None or stage.form_version is None:
        return Beside(design)
    schema = form_schema(stage.form_version)
    count = session.scalar(
        select(func.count()).select_from(LogEntry).where(LogEntry.assignment_id == log.id, LogEntry.struck_at.is_(None))
    )
    return Beside(design, log, schema, totals=tuple(logs.totals(session, log, schema)), entries=count or 0)


def _ballots(session: Session, actor: Actor, assignment: Assignment, stage: Stage, design: StageDesign) -> Beside:
    """Counts from the threshold on, and only when the box is closed: whoever watches it fill learns who said what."""
    cycle = assignment.stage.cycle
    scoring = cycle_design(cycle.design_version).scoring
    steps = [
        step
        for step in (scoring.steps if scoring else ())
        if isinstance(step, BallotCountsStep) and step.stage == stage.key
    ]
    about_oneself = assignment.subject_id == actor.person_id and cycle.state not in access.RELEASED
    if not steps or stage.state != StageState.CLOSED or about_oneself or stage.form_version is None:
        return Beside(design)
    inputs = inputs_for(session, cycle, {assignment.subject_id: assignment.unit_id})[assignment.subject_id]
    result = steps[0].compute(inputs)
    counts = []
    for key, given in (result.value or {}).get("counts", {}).items():
        field = form_schema(stage.form_version).field(key)
        if field is not None:
            counts.append((field.label, tuple((label, given.get(value, 0)) for value, label in offered(field))))
    return Beside(design, sentences=result.sentences, counts=tuple(counts))


def offered(field: Any) -> list[tuple[str, Text]]:
    """Value and words of everything a choice or a rating offers, in order."""
    if hasattr(field, "options"):
        return [(option.value, option.label) for option in field.options]
    return [(point.key, point.label or Text(id=point.key)) for point in getattr(field, "points", ())]
