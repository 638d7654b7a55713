"""Flow: open, remind of and close the stages in which people fill in forms that are signed, and logs."""

from typing import Any

from prefect import flow

from flows.stage_work import work


@flow(name="collect-plans")
def collect_plans(run_id: int) -> dict[str, Any]:
    """Collect plans, logs, self-assessments and evaluations."""
    return work(run_id)
