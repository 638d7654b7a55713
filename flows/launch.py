"""The web's only door to the flows: hand a run to the engine by HTTP, without importing it, without waiting."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from typing import Any

import httpx

from flows import environment
from flows.runtime import factory, settings
from models import clock
from models.cycles import Run
from models.operations import runs
from models.session import reading, writing

TIMEOUT_SECONDS = 1.5
FLOWS = ("open_period", "collect_plans", "gather_feedback", "close_and_score", "issue_certificates")
"""The flows that work off a run of the table; each is a module of this package with `work(run_id)`."""
log = logging.getLogger(__name__)


def launch(run_id: int) -> bool:
    """Hand a requested run to the engine; gives whether it took it. If not, the next tick tries again.

    The key is made of run and attempt, so that a click and a tick at the same time start one run.
    """
    with reading(factory()) as session:
        run = session.get_one(Run, run_id)
        flow, key = run.flow, f"run-{run.id}-{run.attempt}-{run.state}-{run.finished_at or ''}"
    if not _start(flow, {"run_id": run_id}, key):
        return False
    with writing(factory()) as session:
        runs.launched(session, run_id)
    return True


def launch_delivery() -> bool:
    """Have the messages delivered; at most one such run begins in a minute."""
    return _start("deliver_messages", {}, f"deliver-{clock.now():%Y%m%d%H%M}")


def is_up() -> bool:
    """Whether the engine answers."""
    try:
        return httpx.get(f"{settings().prefect_api_url}/health", timeout=TIMEOUT_SECONDS).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def _start(flow: str, parameters: dict[str, Any], key: str) -> bool:
    """Create a flow run of the deployment that serves this flow."""
    name = flow.replace("_", "-")
    try:
        with httpx.Client(base_url=settings().prefect_api_url, timeout=TIMEOUT_SECONDS) as engine:
            found = engine.get(f"/deployments/name/{name}/{name}")
            found.raise_for_status()
            body = {"parameters": parameters, "idempotency_key": key, "state": {"type": "SCHEDULED"}}
            engine.post(f"/deployments/{found.json()['id']}/create_flow_run", json=body).raise_for_status()
    except httpx.HTTPError as unreachable:
        log.warning("the flow engine did not take %s (%s); the next tick tries again", name, type(unreachable).__name__)
        return False
    return True


def run_due_here(call: Callable[[str, dict[str, Any]], Any] | None = None) -> dict[str, int]:
    """Do everything that is due in this process, without an engine: for small installations, tests and rehearsals.

    `call` may run a flow in another way; it gets its name and parameters. Failures stay with their runs.
    """
    call = call or _call_plainly
    counts = {"runs": 0, "failed": 0}
    due = import_module("flows.tick").due
    while True:
        run_ids, mail = due()
        if mail:
            call("deliver_messages", {})
        if not run_ids:
            return counts
        for run_id in run_ids:
            with reading(factory()) as session:
                flow = session.get_one(Run, run_id).flow
            counts["runs"] += 1
            counts["failed"] += _failed(call, flow, run_id)
            with writing(factory()) as session:
                runs.launched(session, run_id)


def _failed(call: Callable[[str, dict[str, Any]], Any], flow: str, run_id: int) -> bool:
    """Run a flow; gives whether it failed: the table says why."""
    try:
        call(flow, {"run_id": run_id})
    except Exception:
        log.exception("run %s of %s failed", run_id, flow)
        return True
    return False


def _call_plainly(flow: str, parameters: dict[str, Any]) -> Any:
    """The work of a flow as a plain function."""
    return import_module(f"flows.{flow}").work(**parameters)


def prepare() -> None:
    """Tell this process, before it imports Prefect, where the engine is and that it stays in its closed network."""
    environment.apply(settings())


SECONDS: defaultdict[str, float] = defaultdict(float)
"""How long the flows took that `run_through_engine` ran, by flow."""


def run_through_engine(flow: str, parameters: dict[str, Any]) -> Any:
    """The flow itself, recorded by the engine, in this process; for the demo and rehearsals on a virtual clock."""
    began = time.monotonic()
    try:
        return getattr(import_module(f"flows.{flow}"), flow)(**parameters)
    finally:
        SECONDS[flow] += time.monotonic() - began
