"""Handing work to the flows: the row is written with the change, the engine is told once the change is kept."""

from flask import Response, after_this_request

from flows import launch
from models.cycles import Run
from models.operations import runs
from models.states import Run as RunState
from webapp.db import db
from webapp.visitor import current_actor


def hand_over(run: Run) -> Run:
    """Tell the engine of a run after the commit; work that had failed is asked for again.

    When the engine does not answer nothing is lost: the next tick takes the run.
    """
    if run.state == RunState.FAILED:
        runs.retry(db(), current_actor(), run)
    if run.state != RunState.REQUESTED:
        return run
    run_id = run.id

    @after_this_request
    def tell(response: Response) -> Response:
        if response.status_code < 400:
            launch.launch(run_id)
        return response

    return run
