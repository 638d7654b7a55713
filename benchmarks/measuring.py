"""How things are measured: in processes of their own, in rounds that alternate, told by the median."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Any, TypeVar

import psutil

T = TypeVar("T")


def apart(environment: dict[str, str], work: Callable[..., T], *arguments: Any) -> T:
    """Do the work in a fresh process with this environment, so that memory and caches are its own."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, initializer=_settle, initargs=(environment,)) as process:
        return process.submit(work, *arguments).result()


def _settle(environment: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith(("KINERJA_", "PREFECT_", "DATABASE_URL"))]:
        del os.environ[name]
    os.environ.update(environment)


def environment(url: str, folder: Path) -> dict[str, str]:
    """What a process of the program is told: which database, which folder, and that no engine is near."""
    folder.mkdir(parents=True, exist_ok=True)
    return {"DATABASE_URL": url, "KINERJA_DATA": str(folder), "PREFECT_HOME": str(folder / "prefect")} | {
        "PREFECT_API_URL": "http://127.0.0.1:9/api",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
    }


class Stopwatch(AbstractContextManager["Stopwatch"]):
    """Seconds of a block, on the wall and of this process's processor time."""

    def __enter__(self) -> "Stopwatch":
        self._began = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.wall = time.perf_counter() - self._began[0]
        self.cpu = time.process_time() - self._began[1]


def peak_mb(process: int | str = "self") -> int:
    """The most memory a process has held since its program began, in MB (0 when it is gone).

    Not `ru_maxrss`, which begins with what the parent held.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0)


class ChildrenWatched(AbstractContextManager["ChildrenWatched"]):
    """The most memory any child process holds during a block, looked at ten times a second."""

    def __enter__(self) -> "ChildrenWatched":
        self.peak_mb = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.1):
            for child in psutil.Process().children():
                self.peak_mb = max(self.peak_mb, peak_mb(child.pid))


def middle(values: list[float]) -> float:
    """The median."""
    return float(median(values))


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def load() -> float:
    """How many processes wanted a core over the last minute."""
    return os.getloadavg()[0]
