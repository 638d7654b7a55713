"""Work for flows: asked for once by key, taken under a lease, safe to be taken again when a worker dies."""

from datetime import timedelta
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from forms.text import msg
from models import clock
from models.cycles import Cycle, Run, Stage
from models.errors import Conflict
from models.operations.messages import notify_each
from models.operations.moves import move
from models.people import RoleGrant
from models.permissions import Action, Actor, Organisation, Role, needs
from models.states import Run as RunState

LEASE_SECONDS = 60
"""A worker that has not been heard of for so long is taken for dead."""
MOST_ATTEMPTS = 5


@needs(Action.RUN_REQUEST)
def request(
    session: Session,
    actor: Actor,
    subject: Organisation,
    *,
    key: str,
    flow: str,
    action: str = "",
    cycle: Cycle | None = None,
    stage: Stage | None = None,
) -> Run:
    """Ask for a piece of work; asking again under the same key gives the same run."""
    known = session.scalar(select(Run).where(Run.key == key))
    if known is not None:
        return known
    run = Run(
        key=key,
        flow=flow,
        action=action,
        cycle_id=cycle.id if cycle else None,
        stage_id=stage.id if stage else None,
        state=RunState.REQUESTED,
        requested_by_id=actor.person_id,
        requested_at=clock.now(),
    )
    session.add(run)
    session.flush()
    return run


@needs(Action.RUN_WORK)
def start(session: Session, actor: Actor, run: Run, *, lease_seconds: int = LEASE_SECONDS) -> int | None:
    """Take the work; gives the number of this attempt, or nothing when it is done or another worker holds it."""
    now = clock.now()
    lease = now + timedelta(seconds=lease_seconds)
    if run.state == RunState.REQUESTED:
        move(session, actor, run, "start", attempt=run.attempt + 1, started_at=now, lease_until=lease)
    elif run.state == RunState.RUNNING and run.lease_until is not None and run.lease_until <= now:
        if run.attempt >= MOST_ATTEMPTS:
            problem = f"stopped {MOST_ATTEMPTS} times without an answer"
            move(session, actor, run, "fail", finished_at=now, lease_until=None, problem=problem)
            return None
        taken = session.execute(
            update(Run)
            .where(Run.id == run.id, Run.attempt == run.attempt, Run.state == RunState.RUNNING)
            .values(attempt=run.attempt + 1)
        )
        if cast(CursorResult[Any], taken).rowcount != 1:
            return None
        session.refresh(run)
        move(session, actor, run, "resume", lease_until=lease, started_at=now)
    else:
        return None
    return run.attempt


@needs(Action.RUN_WORK)
def keep(
    session: Session,
    actor: Actor,
    run: Run,
    *,
    attempt: int,
    done: int | None = None,
    total: int | None = None,
    lease_seconds: int = LEASE_SECONDS,
) -> None:
    """Renew the lease and tell the progress, in the same transaction as the work it covers.

    Raises `Conflict` for a worker that was taken for dead and replaced: what it wrote late is rolled back.
    """
    values: dict[str, Any] = {"lease_until": clock.now() + timedelta(seconds=lease_seconds)}
    values |= {} if done is None else {"done": done}
    values |= {} if total is None else {"total": total}
    session.flush()
    statement = (
        update(Run)
        .where(Run.id == run.id, Run.attempt == attempt, Run.state == RunState.RUNNING)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if cast(CursorResult[Any], session.execute(statement)).rowcount != 1:
        raise Conflict(msg("Pekerjaan ini sudah diambil alih oleh proses lain."))
    session.refresh(run)


@needs(Action.RUN_WORK)
def finish(session: Session, actor: Actor, run: Run, *, attempt: int, result: dict[str, Any]) -> None:
    """The work is done."""
    keep(session, actor, run, attempt=attempt)
    move(session, actor, run, "finish", finished_at=clock.now(), lease_until=None, result=result, problem="")


@needs(Action.RUN_WORK)
def fail(session: Session, actor: Actor, run: Run, *, attempt: int, problem: str) -> None:
    """The work cannot be done as things are: HR sees the reason and may have it tried again."""
    keep(session, actor, run, attempt=attempt)
    move(session, actor, run, "fail", finished_at=clock.now(), lease_until=None, problem=problem[:2000])
    administrators = select(RoleGrant.person_id).where(RoleGrant.role == Role.HR_ADMINISTRATOR).distinct()
    notify_each(session, administrators, "run_failed", f"run:{run.id}:{attempt}", {}, "/flows")


@needs(Action.RUN_REQUEST)
def retry(session: Session, actor: Actor, run: Run) -> None:
    """Have failed work tried again."""
    move(session, actor, run, "retry", launched_at=None, finished_at=None)


def launched(session: Session, run_id: int) -> None:
    """The engine has been told of the run."""
    session.execute(update(Run).where(Run.id == run_id).values(launched_at=clock.now()))
