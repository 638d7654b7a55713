"""Flow: every minute, look for what is due and not done, and have it done; a lost run costs minutes, never data."""

from typing import Any

from prefect import flow

from flows import launch
from flows.runtime import factory
from models.operations.reconciling import request_due, to_launch, unsent_messages
from models.permissions import CLOCK, ORGANISATION
from models.session import reading, writing


def due() -> tuple[list[int], bool]:
    """Ask for what is due; gives the runs to launch and whether there are messages to deliver."""
    with writing(factory()) as session:
        request_due(session, CLOCK, ORGANISATION)
    with reading(factory()) as session:
        return [run.id for run in to_launch(session)], unsent_messages(session)


@flow(name="tick")
def tick() -> dict[str, Any]:
    """Hand everything that is due to the engine."""
    run_ids, mail = due()
    launched = sum(launch.launch(run_id) for run_id in run_ids)
    if mail:
        launch.launch_delivery()
    return {"due": len(run_ids), "launched": launched, "mail": mail}
