"""Reading what one may see: the thing itself, or *not found*, for absent and for forbidden alike."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased, defer, joinedload

from models import clock
from models.assignments import Assignment, Draft, LogEntry, SignOff, Submission
from models.awards import Candidate, Certificate
from models.cycles import Cycle, Run, Stage
from models.designs import Design, DesignVersion
from models.documents import Document
from models.errors import NotFound
from models.evidence import EvidenceFile, FileState
from models.people import Person, Post, Supervision, Unit
from models.permissions import Actor, Role
from models.queries.evidence import handed_in
from models.scores import Score
from models.states import Assignment as State
from models.states import Cycle as CycleState

Row = TypeVar("Row")
HR = (Role.HR_ADMINISTRATOR, Role.AUDITOR)
"""Roles that read everything but ballots; `HR_UNIT` reads the same of its units."""
RELEASED = (CycleState.CLOSED, CycleState.FINISHED)


def _on() -> date:
    return clock.today("Asia/Jakarta")


def supervised_by(person_id: int, subject_id: Any, *, levels: int = 2) -> ColumnElement[bool]:
    """Whether the subject's supervisor today, or the supervisor of that one, is this person."""
    on = _on()
    first, second = aliased(Supervision), aliased(Supervision)
    direct = exists().where(first.person_id == subject_id, first.supervisor_id == person_id, _in_force(first, on))
    if levels == 1:
        return direct
    above = exists().where(
        first.person_id == subject_id,
        _in_force(first, on),
        second.person_id == first.supervisor_id,
        second.supervisor_id == person_id,
        _in_force(second, on),
    )
    return or_(direct, above)


def visible_assignments(actor: Actor) -> ColumnElement[bool]:
    """Which assignments an actor may open (the statement must join `Stage` and `Cycle`).

    Ballots are open to the colleague who fills them in and to nobody else. What a supervisor writes about a person is
    not open to that person before the cycle is closed.
    """
    if actor.system:
        return true()
    me = actor.person_id
    if me is None:
        return false()
    mine = Assignment.respondent_id == me
    released = and_(Assignment.subject_id == me, Assignment.state == State.COMPLETED, Cycle.state.in_(RELEASED))
    acted = exists().where(
        SignOff.submission_id == Submission.id, Submission.assignment_id == Assignment.id, SignOff.signer_id == me
    )
    others = or_(
        released,
        Assignment.signer_id == me,
        acted,
        and_(Assignment.subject_id != me, supervised_by(me, Assignment.subject_id)),
        and_(or_(Assignment.subject_id != me, Cycle.state.in_(RELEASED)), in_units(actor, Assignment.unit_id)),
    )
    return or_(mine, and_(Stage.mode != "ballot", others))


def in_units(actor: Actor, unit_id: Any) -> ColumnElement[bool]:
    """Whether the actor reads this unit as HR or auditor."""
    if actor.system or actor.has(*HR, Role.HR_UNIT):
        return true()
    paths = [path for path in actor.unit_paths(*HR, Role.HR_UNIT) if path != "/"]
    if not paths:
        return false()
    unit = aliased(Unit)  # of its own, so that a statement about units can ask too
    return exists().where(unit.id == unit_id, or_(*(unit.path.startswith(path, autoescape=True) for path in paths)))


# The definitions are large, and known by their digest once somebody has read them.
_WITHOUT_DEFINITION = defer(DesignVersion.definition)
_AT_HAND = (
    joinedload(Assignment.stage).joinedload(Stage.cycle).joinedload(Cycle.design_version).options(_WITHOUT_DEFINITION),
    joinedload(Assignment.stage).joinedload(Stage.form_version).options(_WITHOUT_DEFINITION),
    joinedload(Assignment.subject),
    joinedload(Assignment.respondent),
)


def assignments(actor: Actor) -> Select[Assignment]:
    """The assignments an actor may open, with stage, cycle and people at hand."""
    return (
        select(Assignment).join(Assignment.stage).join(Stage.cycle).where(visible_assignments(actor)).options(*_AT_HAND)
    )


_OWN = (
    select(Assignment)
    .where(Assignment.id == bindparam("assignment"), Assignment.respondent_id == bindparam("me"))
    .options(*_AT_HAND)
)
"""What everybody may open, whatever else the rule says; made once, because that costs more than asking."""


def assignment(session: Session, actor: Actor, assignment_id: int) -> Assignment:
    """One assignment."""
    if actor.person_id is not None:
        own = session.scalars(_OWN, {"assignment": assignment_id, "me": actor.person_id}).unique().one_or_none()
        if own is not None:
            return own
    return _one(session, assignments(actor).where(Assignment.id == assignment_id))


_DRAFT = select(Draft).where(Draft.assignment_id == bindparam("assignment"))
_ROUNDS = (
    select(Submission).where(Submission.assignment_id == bindparam("assignment")).order_by(Submission.round.desc())
)


def draft(session: Session, actor: Actor, assignment: Assignment) -> Draft | None:
    """What the respondent has typed so far; nobody else reads a draft."""
    if actor.person_id is None or assignment.respondent_id != actor.person_id:
        return None
    return session.scalar(_DRAFT, {"assignment": assignment.id})


def submissions(session: Session, assignment: Assignment) -> list[Submission]:
    """All rounds of an assignment that the actor was allowed to open, the latest first."""
    return list(session.scalars(_ROUNDS, {"assignment": assignment.id}))


def sign_offs(session: Session, assignment: Assignment) -> list[SignOff]:
    """Every signature and return on an assignment that the actor was allowed to open, in order."""
    rows = (
        select(SignOff)
        .join(Submission)
        .where(Submission.assignment_id == assignment.id)
        .order_by(Submission.round, SignOff.step)
        .options(joinedload(SignOff.signer), joinedload(SignOff.submission))
    )
    return list(session.scalars(rows))


def log_entries(actor: Actor) -> Select[LogEntry]:
    """The log entries an actor may read."""
    return (
        select(LogEntry)
        .join(LogEntry.assignment)
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(visible_assignments(actor))
        .options(joinedload(LogEntry.assignment).joinedload(Assignment.stage).joinedload(Stage.cycle))
    )


def log_entry(session: Session, actor: Actor, entry_id: int) -> LogEntry:
    """One log entry."""
    return _one(session, log_entries(actor).where(LogEntry.id == entry_id))


def evidence_files(actor: Actor) -> Select[EvidenceFile]:
    """The evidence an actor may open: one's own, and that of answers one may read once they are handed in.

    What has not yet been searched for malware opens for its sender only, what holds some for nobody.
    """
    found = (
        select(EvidenceFile)
        .join(EvidenceFile.assignment)
        .join(Assignment.stage)
        .join(Stage.cycle)
        .where(visible_assignments(actor))
        .options(
            joinedload(EvidenceFile.assignment).joinedload(Assignment.stage).joinedload(Stage.cycle),
        )
    )
    others = and_(EvidenceFile.state == FileState.READY, handed_in())
    mine = and_(EvidenceFile.state != FileState.INFECTED, EvidenceFile.uploaded_by_id == actor.person_id)
    return found.where(others if actor.person_id is None else or_(mine, others))


def evidence_file(session: Session, actor: Actor, token: str) -> EvidenceFile:
    """One file by its token."""
    return _one(session, evidence_files(actor).where(EvidenceFile.token == token))


def cycles(actor: Actor) -> Select[Cycle]:
    """The cycles an actor may know of: HR, the committee and auditors all, everybody else those that have begun."""
    found = select(Cycle).order_by(Cycle.starts_on.desc(), Cycle.id.desc()).options(joinedload(Cycle.design_version))
    if actor.system or actor.has_anywhere(*HR, Role.HR_UNIT, Role.AWARD_COMMITTEE):
        return found
    if actor.person_id is None:
        return found.where(false())
    return found.where(Cycle.state != CycleState.DRAFT)


def cycle(session: Session, actor: Actor, key: str) -> Cycle:
    """One cycle by its key."""
    return _one(session, cycles(actor).where(Cycle.key == key))


def stage(session: Session, actor: Actor, cycle_key: str, stage_key: str) -> Stage:
    """One stage of a cycle."""
    parent = cycle(session, actor, cycle_key)
    return _one(session, select(Stage).where(Stage.cycle_id == parent.id, Stage.key == stage_key))


def design_version(session: Session, actor: Actor, kind: str, key: str, number: int) -> DesignVersion:
    """One version of a design; for HR and auditors."""
    found = (
        select(DesignVersion).join(Design).where(Design.kind == kind, Design.key == key, DesignVersion.number == number)
    )
    return _one(session, found if _reads_designs(actor) else found.where(false()))


def design_versions(actor: Actor, kind: str) -> Select[DesignVersion]:
    """All versions of designs of a kind; for HR and auditors."""
    found = (
        select(DesignVersion)
        .join(DesignVersion.design)
        .where(Design.kind == kind)
        .order_by(Design.key, DesignVersion.number.desc())
        .options(joinedload(DesignVersion.design))
    )
    return found if _reads_designs(actor) else found.where(false())


def _reads_designs(actor: Actor) -> bool:
    return bool(actor.system) or actor.has_anywhere(*HR, Role.HR_UNIT)


def units(actor: Actor) -> Select[Unit]:
    """The units an actor reads as HR or auditor, from the top down."""
    return select(Unit).where(in_units(actor, Unit.id)).order_by(Unit.path)


def unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    """One unit."""
    return _one(session, units(actor).where(Unit.id == unit_id))


def people(actor: Actor) -> Select[Person]:
    """The people an actor may look up: HR and auditors all or those of their units, a supervisor his own staff."""
    found = select(Person)
    if actor.system or actor.has(*HR, Role.HR_UNIT):
        return found
    if actor.person_id is None:
        return found.where(false())
    on = _on()
    there = exists().where(Post.person_id == Person.id, _in_force(Post, on), in_units(actor, Post.unit_id))
    return found.where(or_(Person.id == actor.person_id, supervised_by(actor.person_id, Person.id), there))


def person(session: Session, actor: Actor, person_id: int) -> Person:
    """One person."""
    return _one(session, people(actor).where(Person.id == person_id))


def visible_scores(actor: Actor) -> ColumnElement[bool]:
    """Which results an actor may read (the statement must join `Cycle`)."""
    if actor.system:
        return true()
    if actor.person_id is None:
        return false()
    own = or_(Score.subject_id == actor.person_id, supervised_by(actor.person_id, Score.subject_id))
    return or_(and_(Cycle.state.in_(RELEASED), own), in_units(actor, Score.unit_id))


def scores(actor: Actor) -> Select[Score]:
    """The results an actor may read; one's own and those of one's staff once the cycle is closed."""
    return (
        select(Score)
        .join(Score.cycle)
        .where(Score.current, visible_scores(actor))
        .options(joinedload(Score.subject), joinedload(Score.cycle))
    )


def score(session: Session, actor: Actor, cycle_key: str, subject_id: int) -> Score:
    """The result of one person in one cycle."""
    return _one(session, scores(actor).where(Cycle.key == cycle_key, Score.subject_id == subject_id))


def documents(actor: Actor) -> Select[Document]:
    """The papers an actor may download: one's own, those of one's staff, as HR those of one's units."""
    found = select(Document).join(Cycle, Cycle.id == Document.cycle_id)
    if actor.system or actor.has(*HR):
        return found
    if actor.person_id is None:
        return found.where(false())
    on = _on()
    there = exists().where(Post.person_id == Document.subject_id, _in_force(Post, on), in_units(actor, Post.unit_id))
    mine = or_(Document.subject_id == actor.person_id, supervised_by(actor.person_id, Document.subject_id), there)
    return found.where(Cycle.state.in_(RELEASED), mine)


def document(session: Session, actor: Actor, code: str) -> Document:
    """One paper by its code."""
    return _one(session, documents(actor).where(Document.code == code))


def candidates(actor: Actor, cycle: Cycle) -> Select[Candidate]:
    """The candidates of a cycle; for HR, the committee and auditors."""
    found = (
        select(Candidate)
        .where(Candidate.cycle_id == cycle.id)
        .order_by(Candidate.category, Candidate.rank.is_(None), Candidate.rank, Candidate.subject_id)
        .options(joinedload(Candidate.subject), joinedload(Candidate.cycle))
    )
    return found if _reads_awards(actor) else found.where(false())


def candidate(session: Session, actor: Actor, candidate_id: int) -> Candidate:
    """One candidate."""
    found = select(Candidate).where(Candidate.id == candidate_id)
    return _one(session, found if _reads_awards(actor) else found.where(false()))


def certificates(actor: Actor) -> Select[Certificate]:
    """The certificates an actor may read: HR, the committee and auditors all, everybody his own."""
    found = (
        select(Certificate)
        .join(Certificate.cycle)
        .options(joinedload(Certificate.holder), joinedload(Certificate.cycle))
    )
    if _reads_awards(actor):
        return found
    return (
        found.where(Certificate.holder_id == actor.person_id) if actor.person_id is not None else found.where(false())
    )


def certificate(session: Session, actor: Actor, certificate_id: int) -> Certificate:
    """One certificate."""
    return _one(session, certificates(actor).where(Certificate.id == certificate_id))


def _reads_awards(actor: Actor) -> bool:
    return bool(actor.system) or actor.has(*HR, Role.AWARD_COMMITTEE)


def runs(actor: Actor) -> Select[Run]:
    """The work of flows; for HR and auditors."""
    found = (
        select(Run)
        .order_by(Run.requested_at.desc(), Run.id.desc())
        .options(joinedload(Run.cycle), joinedload(Run.stage))
    )
    return found if actor.system or actor.has(*HR) else found.where(false())


def run(session: Session, actor: Actor, run_id: int) -> Run:
    """One piece of work."""
    return _one(session, runs(actor).where(Run.id == run_id))


def _in_force(relation: Any, on: date) -> ColumnElement[bool]:
    return and_(relation.starts_on <= on, or_(relation.ends_on.is_(None), relation.ends_on >= on))


def _one(session: Session, statement: Select[Row]) -> Row:
    found: Row | None = session.scalars(statement.limit(1)).unique().first()
    if found is None:
        raise NotFound
    return found
