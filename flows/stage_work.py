"""What the flows of stages do: open, remind, close; the same work for plans and for feedback."""

from typing import Any

from sqlalchemy.orm import Session

from flows.runtime import taken
from models.cycles import Run
from models.operations import assigning, cycles
from models.permissions import CLOCK
from models.states import Stage as StageState


def work(run_id: int) -> dict[str, Any]:
    """Work off one run of a stage; gives what was done."""
    with taken(run_id, CLOCK) as job:
        if job is None:
            return {"skipped": True}
        job.result = job.step(_act, done=1, total=1)
        return job.result


def _act(session: Session, run: Run) -> dict[str, Any]:
    """One verb of one stage, in one transaction of set-based statements; already done is done."""
    stage = run.stage
    if stage is None:
        raise LookupError(f"run {run.id} has no stage")
    match run.action:
        case "open":
            made = (
                cycles.open_stage(session, CLOCK, stage)
                if stage.state == StageState.PLANNED
                else assigning.assign(session, CLOCK, stage)
            )
            return {"assigned": made}
        case "remind":
            if stage.state == StageState.OPEN:
                assigning.remind(session, CLOCK, stage, key=run.key)
            return {}
        case "close":
            if stage.state == StageState.PLANNED:
                return {"lapsed": 0}
            return {"lapsed": cycles.close_stage(session, CLOCK, stage) if stage.state == StageState.OPEN else 0}
    raise ValueError(f"a stage cannot {run.action!r}")
