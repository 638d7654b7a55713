"""A real Prefect server and runner for tests, each in a process group of its own that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

PATIENCE_SECONDS = 300


@dataclass
class Engine:
    """The environment of the processes, and the processes that were started with it."""

    folder: Path
    environment: dict[str, str]
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def api(self) -> str:
        return self.environment["PREFECT_API_URL"]

    def start(self, module: str) -> subprocess.Popen[bytes]:
        """Start `python -m module` in a process group of its own."""
        with (self.folder / f"{module}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", module], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.processes.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """End a process and all it started, as a power cut would."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        process.wait(10)

    def stop(self) -> None:
        for process in reversed(self.processes):
            self.kill(process)

    def logs(self) -> str:
        """The ends of the logs, for a test that fails."""
        return "\n".join(f"== {path.name}\n{path.read_text()[-2000:]}" for path in sorted(self.folder.glob("*.log")))


@contextmanager
def running_engine(folder: Path, database_url: str, **more: str) -> Iterator[Engine]:
    """A healthy server on a free port, on a data folder and an application database of the test's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {
        "KINERJA_DATA": str(folder / "data"),
        "DATABASE_URL": database_url,
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "KINERJA_LEASE_SECONDS": "4",
        "KINERJA_TICK_SECONDS": "2",
        **more,
    }
    engine = Engine(folder, environment)
    try:
        engine.start("flows.server")
        until(lambda: healthy(engine.api), "the Prefect server is healthy", engine)
        yield engine
    finally:
        engine.stop()


def healthy(api: str) -> bool:
    try:
        return httpx.get(f"{api}/health", timeout=1).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


def until(holds: Callable[[], Any], what: str, engine: Engine, seconds: float = PATIENCE_SECONDS) -> Any:
    """Wait until something holds, and give it back; a test that waits too long fails with the logs."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.2)
    raise AssertionError(f"waited {seconds} s in vain until {what}\n{engine.logs()}")
