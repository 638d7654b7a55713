"""What is due and not done: the tick asks for it, whoever comes first, as often as it likes."""

from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.cycle_design import FORM_MODES
from models.cycles import Cycle, Run, Stage
from models.messages import OutboxMessage
from models.operations.runs import MOST_ATTEMPTS, request
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
        .where(Cycle.state == CycleState.OPEN, Stage.opens_at <= now, Stage.state != StageState.CLOSED)
        .order_by(Stage.position)
        .options(joinedload(Stage.cycle).joinedload(Cycle.design_version))
    ).all()
    for stage in stages:
        if stage.mode not in FORM_MODES:
            if stage.mode == "score" and stage.state == StageState.PLANNED:
                asked.append(
                    request(
                        session,
                        actor,
                        ORGANISATION,
                        key=f"close:{stage.cycle_id}",
                        flow="close_and_score",
                        cycle=stage.cycle,
                        stage=stage,
                    )
                )
            continue
        flow = FLOW_OF_MODE[stage.mode]
        if stage.state == StageState.PLANNED and stage.closes_at > now:
            asked.append(_of_stage(session, actor, stage, flow, "open", stage.opens_at.isoformat()))
        elif stage.closes_at <= now:
            asked.append(_of_stage(session, actor, stage, flow, "close", stage.closes_at.isoformat()))
        else:
            asked += _reminders(session, actor, stage, flow)
    return asked


def _reminders(session: Session, actor: Actor, stage: Stage, flow: str) -> list[Run]:
    """The latest reminder whose day has come; earlier ones that were missed are not sent after it."""
    now = clock.now()
    last_day = stage.closes_at - timedelta(seconds=1)
    due = [
        offset for offset in stage_design(stage).reminders if stage.opens_at < last_day + timedelta(days=offset) <= now
    ]
    return (
        [_of_stage(session, actor, stage, flow, "remind", f"{stage.closes_at.isoformat()}{max(due):+d}")] if due else []
    )


def _of_stage(session: Session, actor: Actor, stage: Stage, flow: str, action: str, when: str) -> Run:
    key = f"{action}:{stage.id}:{when}"
    return request(session, actor, ORGANISATION, key=key, flow=flow, action=action, cycle=stage.cycle, stage=stage)


def to_launch(session: Session) -> list[Run]:
    """Runs that no worker is at: never handed over, not begun in time, or left by a dead worker."""
    now = clock.now()
    waiting = (Run.state == RunState.REQUESTED) & or_(
        Run.launched_at.is_(None), Run.launched_at <= now - timedelta(seconds=RELAUNCH_SECONDS)
    )
    orphaned = (Run.state == RunState.RUNNING) & (Run.lease_until <= now) & (Run.attempt < MOST_ATTEMPTS)
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
