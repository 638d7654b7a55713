"""Flow: open a cycle; its stages follow as their days come."""

from typing import Any

from prefect import flow
from sqlalchemy.orm import Session

from flows.runtime import cycle_of, taken
from models.cycles import Run
from models.operations import cycles
from models.permissions import CLOCK
from models.states import Cycle as CycleState


def work(run_id: int) -> dict[str, Any]:
    """Open the cycle of a run."""
    with taken(run_id, CLOCK) as job:
        if job is None:
            return {"skipped": True}
        job.step(_open, done=1, total=1)
        return job.result


def _open(session: Session, run: Run) -> None:
    cycle = cycle_of(run)
    if cycle.state == CycleState.DRAFT:
        cycles.open_cycle(session, CLOCK, cycle)


@flow(name="open-period")
def open_period(run_id: int) -> dict[str, Any]:
    """Open the period of a cycle."""
    return work(run_id)
