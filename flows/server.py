"""The Prefect server as one process of the Procfile, on the address that PREFECT_API_URL names."""

import os
import sys
from urllib.parse import urlsplit

from flows import environment
from models.settings import Settings


def main() -> None:
    """Become the Prefect server.

    Raises SystemExit when PREFECT_API_URL names another machine: its server is started there.
    """
    settings = Settings()
    environment.apply(settings)
    address = urlsplit(os.environ["PREFECT_API_URL"])
    if address.hostname not in {"127.0.0.1", "localhost", "::1"}:
        sys.exit(f"PREFECT_API_URL points to {address.hostname}; start the Prefect server on that machine")
    command = [sys.executable, "-m", "prefect", "server", "start"]
    os.execv(command[0], [*command, "--host", address.hostname, "--port", str(address.port or 4200)])


if __name__ == "__main__":
    main()
