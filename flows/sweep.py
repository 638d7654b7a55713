"""Tidying the engine: runs that a killed runner left `Running` are marked crashed. Our own tables need no tidying."""

import asyncio

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed


def crash_orphans() -> int:
    """Mark as crashed what runs without a runner; called when the only runner starts. Gives the number."""
    return asyncio.run(_crash_orphans())


async def _crash_orphans() -> int:
    unfinished = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
    running = FlowRunFilter.model_validate({"state": {"type": {"any_": unfinished}}})
    async with get_client() as client:
        orphans = await client.read_flow_runs(flow_run_filter=running, limit=200)
        for orphan in orphans:
            await client.set_flow_run_state(orphan.id, Crashed(message="its runner was killed"), force=True)
    return len(orphans)
