"""What is due and not done: the tick asks for it, whoever comes first, as often as it likes."""

from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.cycle_design import FORM_MODES
from models.cycles import Cycle, Run, Stage
from models.messages import OutboxMessage
from models.operations.runs import request
from models.permissions import ORGANISATION, Action, Actor, Organisation, needs
from models.queries.designs import stage_design
from models.states import Cycle as CycleState
from models.states import Run as RunState
from models.states import Stage as StageState

RELAUNCH_SECONDS = 90
"""A run that was handed to the engine and not begun after so long is handed to it again."""
FLOW_OF_MODE = {
    "once": "collect_plans",
    "log": "collect_plans",
    "ballot": "gather_feedback",
    "survey": "gather_feedback",
}


@needs(Action.RUN_REQUEST)
def request_due(session: Session, actor: Actor, subject: Organisation) -> list[Run]:
    """Ask for everything that is due: stages to open, to remind of, to close; forms to lapse; cycles to score.

    Each piece has a key made of what and when, so that asking twice is asking once.
    """
    now = clock.now()
    asked = []
    stages = session.scalars(
        select(Stage)
        .join(Stage.cycle)
        .where(
            Cycle.state.in_((CycleState.OPEN, CycleState.CLOSED)),
            Stage.opens_at <= now,
            Stage.state != StageState.CLOSED,
        )
        .order_by(Stage.position)
        .options(joinedload(Stage.cycle).joinedload(Cycle.design_version))
    ).all()
    for stage in stages:
        if stage.mode in FORM_MODES and stage.cycle.state == CycleState.OPEN:
            asked += _of_form_stage(session, actor, stage, now)
        elif stage.mode == "score" and stage.cycle.state == CycleState.OPEN:
            asked.append(close_and_score(session, actor, stage.cycle))
        elif stage.mode == "certificates" and stage.cycle.state == CycleState.CLOSED:
            asked.append(issue_certificates(session, actor, stage.cycle, when=f"due:{stage.opens_at.isoformat()}"))
    return asked


def close_and_score(session: Session, actor: Actor, cycle: Cycle) -> Run:
    """Ask for the cycle to be closed and scored; however often it is asked, it is one run."""
    return request(session, actor, ORGANISATION, key=f"close:{cycle.id}", flow="close_and_score", cycle=cycle)


def issue_certificates(session: Session, actor: Actor, cycle: Cycle, *, when: str) -> Run:
    """Ask for the certificates of all confirmed winners; `when` tells one request from a later one."""
    return request(
        session, actor, ORGANISATION, key=f"certificates:{cycle.id}:{when}", flow="issue_certificates", cycle=cycle
    )


def open_period(session: Session, actor: Actor, cycle: Cycle) -> Run:
    """Ask for the cycle to be opened, with the stages whose day has come."""
    return request(session, actor, ORGANISATION, key=f"open-period:{cycle.id}", flow="open_period", cycle=cycle)


def stage_work(session: Session, actor: Actor, stage: Stage, action: str, *, when: str) -> Run:
    """Ask for a stage to be opened, closed or reminded of; `when` tells one request from a later one."""
    key = f"{action}:{stage.id}:{when}"
    flow = FLOW_OF_MODE[stage.mode]
    return request(session, actor, ORGANISATION, key=key, flow=flow, action=action, cycle=stage.cycle, stage=stage)


def _of_form_stage(session: Session, actor: Actor, stage: Stage, now: datetime) -> list[Run]:
    if stage.closes_at <= now:
        return [stage_work(session, actor, stage, "close", when=stage.closes_at.isoformat())]
    if stage.state == StageState.PLANNED:
        return [stage_work(session, actor, stage, "open", when=stage.opens_at.isoformat())]
    return _reminders(session, actor, stage)


def _reminders(session: Session, actor: Actor, stage: Stage) -> list[Run]:
    """The latest reminder whose day has come; earlier ones that were missed are not sent after it."""
    now = clock.now()
    last_day = clock.start_of(
        clock.local_day(stage.closes_at - timedelta(seconds=1), stage.cycle.zone), stage.cycle.zone
    )
    due = [
        offset for offset in stage_design(stage).reminders if stage.opens_at < last_day + timedelta(days=offset) <= now
    ]
    return (
        [stage_work(session, actor, stage, "remind", when=f"{stage.closes_at.isoformat()}{max(due):+d}")] if due else []
    )


def to_launch(session: Session) -> list[Run]:
    """Runs that no worker is at: never handed over, not begun in time, or left by a dead worker."""
    now = clock.now()
    waiting = (Run.state == RunState.REQUESTED) & or_(
        Run.launched_at.is_(None), Run.launched_at <= now - timedelta(seconds=RELAUNCH_SECONDS)
    )
    orphaned = (Run.state == RunState.RUNNING) & (Run.lease_until <= now)
    return list(session.scalars(select(Run).where(or_(waiting, orphaned)).order_by(Run.requested_at, Run.id)))


def unsent_messages(session: Session) -> bool:
    """Whether the postman has anything to do."""
    return (
        session.scalar(
            select(OutboxMessage.id)
            .where(OutboxMessage.sent_at.is_(None), OutboxMessage.next_try_at <= clock.now())
            .limit(1)
        )
        is not None
    )
