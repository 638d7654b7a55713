"""What Prefect is told by environment variables: a closed network, one data folder, a database of its own."""

import os

from models.settings import Settings


def prefect_environment(settings: Settings) -> dict[str, str]:
    """The variables for the Prefect server, the runner and the runs it starts; none of them reaches the internet.

    Prefect reads its environment while it is imported, so this module imports nothing of it.
    """
    home = settings.subfolder("prefect")
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.sqlite3'}",
        "PREFECT_API_URL": settings.prefect_api_url,
        # Without a server a flow must fail, not start a hidden server of its own on the same file.
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_RUNNER_POLL_FREQUENCY": "2",
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    }


def apply(settings: Settings) -> None:
    """Set the variables for this process and its children; what the operator has set himself stays."""
    for name, value in prefect_environment(settings).items():
        os.environ.setdefault(name, value)
