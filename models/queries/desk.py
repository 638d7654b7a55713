"""What waits for one person: forms to fill in, answers to sign, news."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.assignments import Assignment
from models.cycles import Cycle, Stage
from models.messages import OutboxMessage
from models.people import Supervision
from models.permissions import Actor
from models.queries.access import assignments
from models.states import OPEN_ASSIGNMENT
from models.states import Assignment as State
from models.states import Cycle as CycleState
from models.states import Stage as StageState


def to_answer(actor: Actor) -> Select[Assignment]:
    """Forms this person still has to fill in, the nearest deadline first; a log stays while it is open."""
    return (
        assignments(actor)
        .where(Assignment.respondent_id == actor.person_id, Assignment.state.in_(OPEN_ASSIGNMENT))
        .order_by(Assignment.due_at, Assignment.id)
    )


def to_sign(actor: Actor) -> Select[Assignment]:
    """Answers that wait for this person's signature, the longest waiting first."""
    return (
        assignments(actor)
        .where(Assignment.signer_id == actor.person_id, Assignment.state == State.SUBMITTED)
        .order_by(Assignment.state_since, Assignment.id)
    )


def handed_in(actor: Actor, cycle_id: int | None = None) -> Select[Assignment]:
    """Forms this person has finished or let lapse, the latest first."""
    found = (
        assignments(actor)
        .where(Assignment.respondent_id == actor.person_id, Assignment.state.not_in(OPEN_ASSIGNMENT))
        .order_by(Assignment.state_since.desc(), Assignment.id.desc())
    )
    return found if cycle_id is None else found.where(Stage.cycle_id == cycle_id)


def upcoming(session: Session, limit: int = 5) -> list[Stage]:
    """The stages that open next in running cycles: what happens next."""
    rows = (
        select(Stage)
        .join(Stage.cycle)
        .where(Stage.state == StageState.PLANNED, Cycle.state == CycleState.OPEN)
        .order_by(Stage.opens_at, Stage.position)
        .limit(limit)
        .options(joinedload(Stage.cycle).joinedload(Cycle.design_version))
    )
    return list(session.scalars(rows))


def unread(session: Session, person_id: int) -> int:
    """How many messages this person has not seen."""
    return (
        session.scalar(
            select(func.count())
            .select_from(OutboxMessage)
            .where(OutboxMessage.person_id == person_id, OutboxMessage.read_at.is_(None))
        )
        or 0
    )


def message_count(session: Session, person_id: int) -> int:
    """How many messages this person has ever been sent."""
    count = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.person_id == person_id)
    return session.scalar(count) or 0


def messages(person_id: int) -> Select[OutboxMessage]:
    """This person's messages, the latest first."""
    return (
        select(OutboxMessage)
        .where(OutboxMessage.person_id == person_id)
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id.desc())
    )


def has_staff(session: Session, person_id: int) -> bool:
    """Whether anybody has ever been supervised by this person."""
    return session.scalar(select(Supervision.id).where(Supervision.supervisor_id == person_id).limit(1)) is not None
