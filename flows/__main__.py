"""The runner: serves all flows from one process, ticks, and tidies up after a runner that was killed."""

import time
from typing import Any

from flows import environment
from flows.runtime import settings

PATIENCE_SECONDS = 120


def main() -> None:
    """Wait for the Prefect server, sweep runs that a dead runner left behind, and serve."""
    environment.apply(settings())
    from prefect import serve

    from flows import sweep, ticker
    from flows.close_and_score import close_and_score
    from flows.collect_plans import collect_plans
    from flows.deliver_messages import deliver_messages
    from flows.gather_feedback import gather_feedback
    from flows.issue_certificates import issue_certificates
    from flows.open_period import open_period
    from flows.tick import tick

    _wait_for_server()
    if settings().only_runner:
        sweep.crash_orphans()
    flows = (open_period, collect_plans, gather_feedback, close_and_score, issue_certificates, deliver_messages, tick)
    deployments: list[Any] = [flow.to_deployment(name=flow.name) for flow in flows]
    ticker.start()
    serve(*deployments, pause_on_shutdown=False, limit=4)


def _wait_for_server() -> None:
    """The server takes some ten seconds to start; all processes start together."""
    from flows.launch import is_up

    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_up():
        if time.monotonic() > deadline:
            raise SystemExit(f"the Prefect server does not answer at {settings().prefect_api_url}")
        time.sleep(0.5)


if __name__ == "__main__":
    main()
