"""Flow: open, remind of and close the stages in which colleagues and the public give feedback."""

from typing import Any

from prefect import flow

from flows.stage_work import work


@flow(name="gather-feedback")
def gather_feedback(run_id: int) -> dict[str, Any]:
    """Gather ballots of colleagues and answers of the public."""
    return work(run_id)
