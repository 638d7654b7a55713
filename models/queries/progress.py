"""How far a cycle has come: counts by stage and state, who waits for whom, the journal; every count can be listed."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from models import clock
from models.assignments import Assignment
from models.cycles import Cycle, Stage
from models.feedback import SurveyAnswer
from models.journal import JournalEntry
from models.people import Person, Unit
from models.permissions import OPERATOR, Actor, Role
from models.queries.access import in_units, visible_assignments
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


def counted(actor: Actor) -> ColumnElement[bool]:
    """Which assignments count on an actor's board: of the units he watches, what he may open, and ballots as numbers.

    The statement must join `Stage` and `Cycle`.
    """
    if actor.system:
        return true()
    return and_(in_units(actor, Assignment.unit_id), or_(visible_assignments(actor), Stage.mode == "ballot"))


def by_stage(session: Session, cycle: Cycle, actor: Actor = OPERATOR) -> list[StageProgress]:
    """The progress of every stage as far as the actor sees it, in three statements whatever the size."""
    now = clock.now()
    found = {stage.id: StageProgress(stage) for stage in cycle.stages}
    rows = session.execute(
        select(Assignment.stage_id, Assignment.state, func.count())
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(Stage.cycle_id == cycle.id, counted(actor))
        .group_by(Assignment.stage_id, Assignment.state)
    )
    for stage_id, state, count in rows:
        found[stage_id].counts[state] = count
    late = session.execute(
        select(Assignment.stage_id, func.count())
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(Stage.cycle_id == cycle.id, counted(actor))
        .where(Assignment.state.in_(OPEN_ASSIGNMENT), Assignment.due_at <= now)
        .group_by(Assignment.stage_id)
    )
    for stage_id, count in late:
        found[stage_id].overdue = count
    answers = session.execute(
        select(SurveyAnswer.stage_id, func.count())
        .where(SurveyAnswer.stage_id.in_(found), in_units(actor, SurveyAnswer.unit_id))
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
    signer_id: int | None = None
    """For whose signature the answers wait; 0 means nobody's: no supervisor is known."""


def listed(actor: Actor, cycle: Cycle, narrowed: Filter) -> Select[Assignment]:
    """The assignments of a cycle that a filter leaves over; ballots are never listed, only counted."""
    now = clock.now()
    subject = aliased(Person)
    found = (
        select(Assignment)
        .join(Assignment.stage)
        .join(Stage.cycle)
        .join(subject, subject.id == Assignment.subject_id)
        .where(Stage.cycle_id == cycle.id, Stage.mode != "ballot", counted(actor))
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
    if narrowed.signer_id is not None:
        nobody = and_(Assignment.signer_id.is_(None), Assignment.state == State.SUBMITTED)
        found = found.where(nobody if narrowed.signer_id == 0 else Assignment.signer_id == narrowed.signer_id)
    if words := narrowed.text.split():
        by_name = and_(*(subject.name.icontains(word, autoescape=True) for word in words))
        found = found.where(or_(by_name, subject.employee_number.startswith("".join(words), autoescape=True)))
    return found


SORTS = ("name", "unit", "state", "due", "since")
"""By what a list may be sorted; with a minus before it, the other way round."""


def ordered(found: Select[Assignment], sort: str) -> Select[Assignment]:
    """The list in another order; an unknown word leaves it by name."""
    key = sort.removeprefix("-")
    if key not in SORTS or sort == "name":
        return found
    person, unit = aliased(Person), aliased(Unit)
    found = found.join(person, person.id == Assignment.subject_id).join(unit, unit.id == Assignment.unit_id)
    column: Any = {
        "name": person.name,
        "unit": unit.name,
        "state": Assignment.state,
        "due": Assignment.due_at,
        "since": Assignment.state_since,
    }[key]
    return found.order_by(None).order_by(column.desc() if sort.startswith("-") else column, person.name, Assignment.id)


@dataclass(frozen=True)
class Waiting:
    """Somebody for whom answers wait, since when, how many; nobody when no supervisor is known."""

    person: Person | None
    count: int
    since: datetime


def waiting_for(session: Session, cycle: Cycle, limit: int = 20, actor: Actor = OPERATOR) -> list[Waiting]:
    """For whom submitted answers wait, the longest first."""
    rows = session.execute(
        select(Assignment.signer_id, func.count(), func.min(Assignment.state_since))
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(Stage.cycle_id == cycle.id, Assignment.state == State.SUBMITTED, counted(actor))
        .group_by(Assignment.signer_id)
        .order_by(func.min(Assignment.state_since))
        .limit(limit)
    ).all()
    people = {
        person.id: person
        for person in session.scalars(select(Person).where(Person.id.in_([r[0] for r in rows if r[0]])))
    }
    return [Waiting(people.get(signer or 0), count, since) for signer, count, since in rows]


def by_unit(
    session: Session, cycle: Cycle, stage: Stage | None, actor: Actor = OPERATOR
) -> list[tuple[Unit, dict[str, int]]]:
    """States of a stage by unit; without a stage, of all that are listed."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    rows = session.execute(
        select(Assignment.unit_id, Assignment.state, func.count())
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(Stage.cycle_id == cycle.id, counted(actor))
        .where(Stage.mode != "ballot" if stage is None else Assignment.stage_id == stage.id)
        .group_by(Assignment.unit_id, Assignment.state)
    )
    for unit_id, state, count in rows:
        counts[unit_id][state] = count
    units = session.scalars(select(Unit).where(Unit.id.in_(counts)).order_by(Unit.path))
    return [(unit, counts[unit.id]) for unit in units]


def journal_of(subject_kind: str, subject_id: int) -> Select[JournalEntry]:
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
