"""gunicorn as in the Procfile, with the whole application and, beside it, a bare Flask response."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from benchmarks.visitors import BARE_PATH, Connection, request
from webapp.demo.engine import free_port

WORKERS, THREADS = 2, 4
START_SECONDS = 120.0


@contextmanager
def serving(config: dict[str, str]) -> Iterator[tuple[tuple[str, int], int]]:
    """gunicorn as in the Procfile, on a free port of the loopback; gives its address and its process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--worker-class", "gthread", "--workers", str(WORKERS)]
    command += ["--threads", str(THREADS), "--no-control-socket", "--bind", f"127.0.0.1:{port}"]
    noise = Path(config["KINERJA_DATA"]) / "gunicorn.log"
    with noise.open("wb") as output:
        process = subprocess.Popen(
            [*command, "benchmarks.serving:app"],
            env=inherited() | config | {"KINERJA_PUBLIC_URL": f"http://127.0.0.1:{port}"},
            stdout=output,
            stderr=output,
        )
    try:
        _wait(process, port, noise)
        yield ("127.0.0.1", port), process.pid
    finally:
        process.terminate()
        process.wait(20)


def inherited() -> dict[str, str]:
    """What the server keeps of our own environment."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}


def _wait(process: subprocess.Popen[bytes], port: int, noise: Path) -> None:
    until = time.perf_counter() + START_SECONDS
    while time.perf_counter() < until and process.poll() is None:
        try:
            with Connection(("127.0.0.1", port)) as connection:
                status, _body = connection.send(request("GET", f"{BARE_PATH}/", f"127.0.0.1:{port}").content)
            if status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"gunicorn did not start: {noise.read_text()[-2000:]}")


def processor_seconds(server: int) -> float:
    """Processor time of gunicorn's workers; what this machine's other work costs is not in it."""
    times = [child.cpu_times() for child in psutil.Process(server).children()]
    return sum(one.user + one.system for one in times)
