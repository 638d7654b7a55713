"""A Prefect server for the length of the demo's year, started and stopped by the demo."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

PATIENCE_SECONDS = 120


def free_port(wanted: int = 0) -> int:
    """A free port on the loopback interface; the wanted one if nobody has it."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no free port on the loopback interface")


@contextmanager
def prefect_server(log: Path) -> Iterator[Callable[[], None]]:
    """The server of PREFECT_API_URL for the length of the block; calling the given function waits until it is healthy.

    It takes some ten seconds to start, in which the block may do something else. Its output goes to a file.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flows.server"], stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield lambda: _wait(process, log)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the Prefect server ended at once; see {log}")
        try:
            if httpx.get(f"{os.environ['PREFECT_API_URL']}/health", timeout=1).status_code == httpx.codes.OK:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise RuntimeError(f"the Prefect server did not become healthy; see {log}")
