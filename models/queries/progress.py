"""How far a cycle has come: counts by stage and state, who waits for whom, the journal; every count can be listed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased, joinedload

from models import clock
from models.assignments import Assignment
from models.cycles import Cycle, Stage
from models.feedback import SurveyAnswer
from models.journal import JournalEntry
from models.people import Person, Unit
from models.permissions import Actor, Role
from models.queries.access import visible_assignments
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State

SOON_DAYS = 3


@dataclass
class StageProgress:
    """Counts of one stage by state; a survey counts answers."""

    stage: Stage
    counts: dict[str, int] = field(default_factory=dict)
    overdue: int = 0
    answers: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def finished(self) -> int:
        return self.counts.get(State.COMPLETED, 0)


def by_stage(session: Session, cycle: Cycle) -> list[StageProgress]:
    """The progress of every stage, in three statements whatever the size."""
    now = clock.now()
    found = {stage.id: StageProgress(stage) for stage in cycle.stages}
    rows = session.execute(
        select(Assignment.stage_id, Assignment.state, func.count())
        .where(Assignment.stage_id.in_(found))
        .group_by(Assignment.stage_id, Assignment.state)
    )
    for stage_id, state, count in rows:
        found[stage_id].counts[state] = count
    late = session.execute(
        select(Assignment.stage_id, func.count())
        .where(Assignment.stage_id.in_(found), Assignment.state.in_(OPEN_ASSIGNMENT), Assignment.due_at <= now)
        .group_by(Assignment.stage_id)
    )
    for stage_id, count in late:
        found[stage_id].overdue = count
    answers = session.execute(
        select(SurveyAnswer.stage_id, func.count())
        .where(SurveyAnswer.stage_id.in_(found))
        .group_by(SurveyAnswer.stage_id)
    )
    for stage_id, count in answers:
        found[stage_id].answers = count
    return list(found.values())


@dataclass(frozen=True)
class Filter:
    """What a list of assignments is narrowed to; the same words stand in the address of the page."""

    stage: str = ""
    state: str = ""
    unit_id: int | None = None
    late: bool = False
    soon: bool = False
    text: str = ""


def listed(actor: Actor, cycle: Cycle, narrowed: Filter) -> Select[tuple[Assignment]]:
    """The assignments of a cycle that a filter leaves over; ballots are never listed, only counted."""
    now = clock.now()
    subject = aliased(Person)
    found = (
        select(Assignment)
        .join(Assignment.stage)
        .join(Stage.cycle)
        .join(subject, subject.id == Assignment.subject_id)
        .where(Stage.cycle_id == cycle.id, Stage.mode != "ballot", visible_assignments(actor))
        .order_by(subject.name, Assignment.id)
        .options(
            joinedload(Assignment.stage),
            joinedload(Assignment.subject),
            joinedload(Assignment.respondent),
            joinedload(Assignment.signer),
            joinedload(Assignment.unit),
        )
    )
    if narrowed.stage:
        found = found.where(Stage.key == narrowed.stage)
    if narrowed.state:
        found = found.where(Assignment.state == narrowed.state)
    if narrowed.unit_id is not None:
        found = found.where(Assignment.unit_id == narrowed.unit_id)
    if narrowed.late:
        found = found.where(Assignment.state.in_(OPEN_ASSIGNMENT), Assignment.due_at <= now)
    if narrowed.soon:
        limit = now + timedelta(days=SOON_DAYS)
        found = found.where(Assignment.state.in_(OPEN_ASSIGNMENT), Assignment.due_at > now, Assignment.due_at <= limit)
    if narrowed.text:
        like = f"%{narrowed.text}%"
        found = found.where(subject.name.ilike(like) | subject.employee_number.like(like))
    return found


@dataclass(frozen=True)
class Waiting:
    """Somebody for whom answers wait, since when, how many; nobody when no supervisor is known."""

    person: Person | None
    count: int
    since: object


def waiting_for(session: Session, cycle: Cycle, limit: int = 20) -> list[Waiting]:
    """For whom submitted answers wait, the longest first."""
    rows = session.execute(
        select(Assignment.signer_id, func.count(), func.min(Assignment.state_since))
        .join(Stage)
        .where(Stage.cycle_id == cycle.id, Assignment.state == State.SUBMITTED)
        .group_by(Assignment.signer_id)
        .order_by(func.min(Assignment.state_since))
        .limit(limit)
    ).all()
    people = {
        person.id: person
        for person in session.scalars(select(Person).where(Person.id.in_([r[0] for r in rows if r[0]])))
    }
    return [Waiting(people.get(signer), count, since) for signer, count, since in rows]


def by_unit(session: Session, cycle: Cycle, stage: Stage) -> list[tuple[Unit, dict[str, int]]]:
    """States of a stage by unit."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(Assignment.unit_id, Assignment.state, func.count())
        .where(Assignment.stage_id == stage.id)
        .group_by(Assignment.unit_id, Assignment.state)
    )
    for unit_id, state, count in rows:
        counts[unit_id][state] = count
    units = session.scalars(select(Unit).where(Unit.id.in_(counts)).order_by(Unit.path))
    return [(unit, counts[unit.id]) for unit in units]


def journal_of(subject_kind: str, subject_id: int) -> Select[tuple[JournalEntry]]:
    """What happened to one thing, in order."""
    return (
        select(JournalEntry)
        .where(JournalEntry.subject_kind == subject_kind, JournalEntry.subject_id == subject_id)
        .order_by(JournalEntry.id)
        .options(joinedload(JournalEntry.actor))
    )


def may_watch(actor: Actor) -> bool:
    """Whether an actor has the board of a cycle."""
    return actor.has_anywhere(Role.HR_ADMINISTRATOR, Role.HR_UNIT, Role.AUDITOR)
